package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of a WebP (RFC 9649), of an animation those of the first frame. What a decoder needs
 * for the pixels is collected apart: metadata never reaches it.
 */
final class WebpChunks {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEADER = 8;

  /** The reader fetches the bytes of a long ahead, and so must find some behind the last chunk. */
  private static final int READ_AHEAD = 16;

  private static final int ANIMATION_FLAG = 0x02;
  private static final int ALPHA_FLAG = 0x10;
  private static final int LOSSLESS_SIGNATURE = 0x2F;
  private static final int CANVAS_LENGTH = 10;
  private static final int FRAME_HEADER = 16;

  private final byte[] file;
  private final DecodeLimits limits;
  private final ByteBuffer bytes;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int canvasWidth;
  private int canvasHeight;
  private boolean animated;
  private int frames;
  private int left;
  private int top;
  private int width;
  private int height;
  private boolean alpha;
  private byte @Nullable [] icc;
  private byte @Nullable [] exif;
  private byte @Nullable [] xmp;

  private WebpChunks(byte[] file, DecodeLimits limits) {
    this.file = file;
    this.limits = limits;
    this.bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Walks a file that begins with the signature. */
  static WebpChunks of(byte[] file, DecodeLimits limits) throws ImageRefusedException {
    WebpChunks chunks = new WebpChunks(file, limits);
    chunks.walk();
    return chunks;
  }

  /** Pixels per row of the picture with what is around its pixels, if they are a frame's. */
  int canvasWidth() {
    return canvasWidth;
  }

  int canvasHeight() {
    return canvasHeight;
  }

  /** Where on the canvas the pixels begin. */
  int left() {
    return left;
  }

  int top() {
    return top;
  }

  /** Whether there is something transparent, be it around the pixels. */
  boolean hasAlpha() {
    return alpha || width != canvasWidth || height != canvasHeight;
  }

  boolean hasOthers() {
    return frames > 1;
  }

  byte @Nullable [] icc() {
    return icc;
  }

  byte @Nullable [] exif() {
    return exif;
  }

  byte @Nullable [] xmp() {
    return xmp;
  }

  /** A still WebP of the same pixels that has nothing but what they need. */
  byte[] bytesForPixels() {
    byte[] chunks = kept.toByteArray();
    int canvas = CHUNK_HEADER + CANVAS_LENGTH;
    ByteBuffer out =
        ByteBuffer.allocate(FIRST_CHUNK + canvas + chunks.length + READ_AHEAD)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(4 + canvas + chunks.length).put(ascii("WEBP"));
    out.put(ascii("VP8X")).putInt(CANVAS_LENGTH).putInt(alpha ? ALPHA_FLAG : 0);
    out.putInt(width - 1).position(out.position() - 1); // three bytes
    out.putInt(height - 1).position(out.position() - 1);
    return out.put(chunks).array();
  }

  private void walk() throws ImageRefusedException {
    long stated = CHUNK_HEADER + Integer.toUnsignedLong(bytes.getInt(4));
    if (stated > file.length) {
      throw ImageRefusedException.truncated(
          "a WebP has the %,d bytes that it states, found %,d".formatted(stated, file.length));
    }
    readChunks(FIRST_CHUNK, stated);
    if (width == 0) {
      throw ImageRefusedException.damaged("a WebP holds a picture, found none");
    }
    if (canvasWidth == 0) {
      canvasWidth = width;
      canvasHeight = height;
    }
    requireOnCanvas();
  }

  private void requireOnCanvas() throws ImageRefusedException {
    boolean fills = width == canvasWidth && height == canvasHeight;
    if (animated ? left + width > canvasWidth || top + height > canvasHeight : !fills) {
      throw ImageRefusedException.damaged(
          "a WebP's picture %s its canvas, found %dx%d at %d,%d on %dx%d"
              .formatted(
                  animated ? "lies on" : "fills",
                  width,
                  height,
                  left,
                  top,
                  canvasWidth,
                  canvasHeight));
    }
  }

  private void readChunks(int start, long end) throws ImageRefusedException {
    int position = start;
    while (position + CHUNK_HEADER <= end) {
      String type = new String(file, position, 4, StandardCharsets.ISO_8859_1);
      long length = Integer.toUnsignedLong(bytes.getInt(position + 4));
      int data = position + CHUNK_HEADER;
      if (data + length > end) {
        throw ImageRefusedException.truncated(
            "a WebP's chunks lie within the file, found one of %,d bytes".formatted(length));
      }
      readChunk(type, data, (int) length);
      position = (int) Math.min(end, data + length + (length & 1));
    }
  }

  private void readChunk(String type, int data, int length) throws ImageRefusedException {
    switch (type) {
      case "VP8X" -> readCanvas(data, length);
      case "VP8 " -> readLossy(data, length);
      case "VP8L" -> readLossless(data, length);
      case "ANMF" -> readFrame(data, length);
      case "ALPH" -> {
        alpha |= animated; // of a still the canvas has said so
        keep(type, Arrays.copyOfRange(file, data, data + length));
      }
      case "ICCP" -> icc = Arrays.copyOfRange(file, data, data + length);
      case "EXIF" -> exif = Arrays.copyOfRange(file, data, data + length);
      case "XMP " -> xmp = Arrays.copyOfRange(file, data, data + length);
      default -> {}
    }
  }

  private void readCanvas(int data, int length) throws ImageRefusedException {
    require(length >= CANVAS_LENGTH && canvasWidth == 0, "VP8X", length);
    int flags = file[data];
    animated = (flags & ANIMATION_FLAG) != 0;
    alpha = !animated && (flags & ALPHA_FLAG) != 0;
    canvasWidth = 1 + (bytes.getInt(data + 4) & 0xFFFFFF);
    canvasHeight = 1 + (bytes.getInt(data + 6) >>> 8);
    limits.check(canvasWidth, canvasHeight);
  }

  /** Halves of its place, size, time; chunks of its pixels. */
  private void readFrame(int data, int length) throws ImageRefusedException {
    frames++;
    if (frames == 1) {
      require(animated && length >= FRAME_HEADER, "ANMF", length);
      left = 2 * (bytes.getInt(data) & 0xFFFFFF);
      top = 2 * (bytes.getInt(data + 3) & 0xFFFFFF);
      readChunks(data + FRAME_HEADER, (long) data + length);
    }
  }

  private void readLossy(int data, int length) throws ImageRefusedException {
    require(length >= 10 && width == 0, "VP8", length);
    width = bytes.getShort(data + 6) & 0x3FFF;
    height = bytes.getShort(data + 8) & 0x3FFF;
    require(width > 0 && height > 0, "VP8", length);
    limits.check(width, height);
    keep("VP8 ", Arrays.copyOfRange(file, data, data + length));
  }

  private void readLossless(int data, int length) throws ImageRefusedException {
    require(length >= 5 && width == 0 && file[data] == LOSSLESS_SIGNATURE, "VP8L", length);
    int header = bytes.getInt(data + 1);
    width = 1 + (header & 0x3FFF);
    height = 1 + (header >> 14 & 0x3FFF);
    limits.check(width, height);
    alpha |= (header >> 28 & 1) != 0;
    keep("VP8L", Arrays.copyOfRange(file, data, data + length));
  }

  private void keep(String type, byte[] data) {
    byte[] header =
        ByteBuffer.allocate(CHUNK_HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(ascii(type))
            .putInt(data.length)
            .array();
    kept.writeBytes(header);
    kept.writeBytes(data);
    if (data.length % 2 == 1) {
      kept.write(0);
    }
  }

  private static void require(boolean valid, String chunk, int length)
      throws ImageRefusedException {
    if (!valid) {
      throw ImageRefusedException.damaged(
          "a WebP has one picture with a valid header, found a %s chunk of %,d bytes"
              .formatted(chunk, length));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
