package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a PNG, walked from the first to IEND. What a decoder needs for the pixels is
 * collected apart: metadata never reaches it.
 */
final class PngChunks {
  private static final int SIGNATURE_LENGTH = 8;
  private static final int CHUNK_OVERHEAD = 12;
  private static final int MAX_INFLATED = 4 << 20;
  static final double METRES_PER_INCH = 0.0254;

  /** Chunks whose loss changes pixels; for the others a wrong checksum does not matter. */
  private static final Set<String> PIXEL_CHUNKS = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS");

  private final byte[] file;
  private final DecodeLimits limits;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int width;
  private int height;
  private int bitDepth;
  private int colorType;
  private boolean hasData;
  private boolean animated;
  private byte[] palette = {};
  private byte[] transparency = {};
  private final PngColors colors = new PngColors();
  private byte @Nullable [] exif;
  private final PngTexts texts = new PngTexts();
  private @Nullable Density density;

  private PngChunks(byte[] file, DecodeLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /** Walks a file that begins with the signature. */
  static PngChunks of(byte[] file, DecodeLimits limits) throws ImageRefusedException {
    PngChunks chunks = new PngChunks(file, limits);
    chunks.walk();
    return chunks;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** Bits per stored sample: 1, 2, 4, 8 or 16. */
  int bitDepth() {
    return bitDepth;
  }

  int colorType() {
    return colorType;
  }

  /** RGB entries. */
  byte[] palette() {
    return palette;
  }

  /**
   * The tRNS chunk: alphas of the palette, or 16-bit samples of the transparent colour; may be
   * empty.
   */
  byte[] transparency() {
    return transparency;
  }

  /** Whether there are further pictures in chunks that a viewer of stills passes over. */
  boolean isAnimated() {
    return animated;
  }

  PngColors colors() {
    return colors;
  }

  /** As it stands in the file. */
  PhotoMetadata metadata() {
    return texts.with(exif, density);
  }

  /** A PNG of the same raw samples that has nothing else. */
  byte[] bytesForPixels() {
    return kept.toByteArray();
  }

  private void walk() throws ImageRefusedException {
    kept.write(file, 0, SIGNATURE_LENGTH);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    int position = SIGNATURE_LENGTH;
    for (String type = ""; !type.equals("IEND"); ) {
      if (position + CHUNK_OVERHEAD > file.length) {
        throw cutOff();
      }
      long length = Integer.toUnsignedLong(bytes.getInt(position));
      if (length > file.length - position - CHUNK_OVERHEAD) {
        throw cutOff();
      }
      type = new String(file, position + 4, 4, StandardCharsets.ISO_8859_1);
      int end = position + CHUNK_OVERHEAD + (int) length;
      if (PIXEL_CHUNKS.contains(type)) {
        checkSum(type, position + 4, end - 4);
      }
      if (type.equals("IDAT")) {
        requireHeaderAndPalette();
      } else {
        readChunk(type, Arrays.copyOfRange(file, position + 8, end - 4));
      }
      if (PIXEL_CHUNKS.contains(type) && !type.equals("tRNS")) {
        kept.write(file, position, end - position);
      }
      position = end;
    }
    if (!hasData) {
      throw ImageRefusedException.damaged("a PNG has a picture in IDAT chunks, found none");
    }
  }

  private ImageRefusedException cutOff() {
    return ImageRefusedException.truncated(
        "a PNG ends with an IEND chunk, found none in %,d bytes".formatted(file.length));
  }

  private void checkSum(String type, int start, int end) throws ImageRefusedException {
    CRC32 sum = new CRC32();
    sum.update(file, start, end - start);
    if ((int) sum.getValue() != ByteBuffer.wrap(file).getInt(end)) {
      throw ImageRefusedException.damaged(
          "a PNG's chunks match their checksums, found another in " + type);
    }
  }

  private void readChunk(String type, byte[] data) throws ImageRefusedException {
    if (width == 0 && !type.equals("IHDR")) {
      throw ImageRefusedException.damaged("a PNG begins with IHDR, found " + printable(type));
    }
    switch (type) {
      case "IHDR" -> readHeader(data);
      case "PLTE" -> palette = data;
      case "tRNS" -> readTransparency(data);
      case "eXIf" -> exif = data;
      case "tEXt", "zTXt", "iTXt" -> texts.read(type, data);
      case "acTL" -> animated = data.length >= 4 && ByteBuffer.wrap(data).getInt() > 1;
      case "pHYs" -> density = density(data);
      default -> colors.read(type, data);
    }
  }

  private void readHeader(byte[] data) throws ImageRefusedException {
    if (width != 0 || data.length != 13) {
      throw ImageRefusedException.damaged("a PNG has one IHDR chunk of 13 bytes, found another");
    }
    ByteBuffer header = ByteBuffer.wrap(data);
    width = header.getInt(0);
    height = header.getInt(4);
    bitDepth = data[8];
    colorType = data[9];
    boolean valid =
        switch (colorType) {
          case PngFile.GRAY -> Set.of(1, 2, 4, 8, 16).contains(bitDepth);
          case PngFile.PALETTE -> Set.of(1, 2, 4, 8).contains(bitDepth);
          case PngFile.RGB, PngFile.GRAY_ALPHA, PngFile.RGB_ALPHA ->
              bitDepth == 8 || bitDepth == 16;
          default -> false;
        };
    if (width <= 0 || height <= 0 || !valid) {
      throw ImageRefusedException.damaged(
          "a PNG has at least one pixel and a defined kind, found %dx%d, colour type %d of %d bits"
              .formatted(width, height, colorType, bitDepth));
    }
    limits.check(width, height);
  }

  private void readTransparency(byte[] data) throws ImageRefusedException {
    if (colorType == PngFile.PALETTE) {
      transparency = data;
    } else if (colorType == PngFile.GRAY || colorType == PngFile.RGB) {
      int length = colorType == PngFile.GRAY ? 2 : 6;
      if (data.length != length) {
        throw ImageRefusedException.damaged(
            "a PNG's tRNS chunk has %d bytes, found %d".formatted(length, data.length));
      }
      transparency = data;
    }
  }

  private void requireHeaderAndPalette() throws ImageRefusedException {
    hasData = true;
    if (width == 0) {
      throw ImageRefusedException.damaged("a PNG begins with IHDR, found IDAT");
    }
    if (colorType == PngFile.PALETTE && (palette.length == 0 || palette.length % 3 != 0)) {
      throw ImageRefusedException.damaged(
          "a PNG with a palette has RGB entries before its data, found %d bytes"
              .formatted(palette.length));
    }
  }

  private static @Nullable Density density(byte[] data) {
    if (data.length != 9 || data[8] != 1) {
      return null;
    }
    ByteBuffer values = ByteBuffer.wrap(data);
    return Density.of(values.getInt(0) * METRES_PER_INCH, values.getInt(4) * METRES_PER_INCH);
  }

  static int indexOfZero(byte[] data, int from) {
    for (int i = from; i < data.length; i++) {
      if (data[i] == 0) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The inflated bytes; none if they are broken or too many, since a few bytes can ask for
   * gigabytes.
   */
  static byte[] inflate(byte[] deflated) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 14];
      while (!inflater.finished() && out.size() <= MAX_INFLATED) {
        int count = inflater.inflate(buffer);
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return new byte[0];
        }
        out.write(buffer, 0, count);
      }
      return out.size() > MAX_INFLATED ? new byte[0] : out.toByteArray();
    } catch (DataFormatException e) {
      return new byte[0];
    } finally {
      inflater.end();
    }
  }

  private static String printable(String type) {
    return type.replaceAll("[^A-Za-z]", "?");
  }
}
