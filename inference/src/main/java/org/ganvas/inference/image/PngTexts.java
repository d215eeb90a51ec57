package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What chunks of text say in a PNG (PNG specification, 11.3.3), which XMP and IPTC stand in too.
 */
final class PngTexts {
  private static final String XMP = "XML:com.adobe.xmp";

  /** ImageMagick's way, which others have too: name, length, and bytes as hexadecimal digits. */
  private static final String PROFILE = "Raw profile type ";

  private static final String IPTC = PROFILE + "iptc";
  private static final int DIGITS_PER_LINE = 72;
  private static final HexFormat HEX = HexFormat.of();

  private final PhotoTexts texts = new PhotoTexts();
  private byte @Nullable [] xmp;
  private byte @Nullable [] iptc;

  /** A chunk that is to be written. */
  @SuppressWarnings("ArrayRecordComponent") // Chunks are not compared.
  record Chunk(String type, byte[] data) {}

  /** Takes what a chunk says; others than those of text say nothing. */
  void read(String type, byte[] data) {
    int end = PngChunks.indexOfZero(data, 0);
    if (end < 0) {
      return;
    }
    String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
    switch (type) {
      case "tEXt" -> take(keyword, false, behind(end, data));
      // The compression method is passed over: there is one.
      case "zTXt" -> take(keyword, true, behind(end + 1, data));
      case "iTXt" -> readInternational(keyword, behind(end, data));
      default -> {}
    }
  }

  /** Compression flag and method, language, zero, translated keyword, zero, text. */
  private void readInternational(String keyword, byte[] data) {
    int language = PngChunks.indexOfZero(data, 2);
    int translation = language < 0 ? -1 : PngChunks.indexOfZero(data, language + 1);
    if (translation >= 0) {
      take(keyword, data[0] == 1, behind(translation, data));
    }
  }

  /** Only the first of a kind counts: thousands that inflate to megabytes take little room. */
  private void take(String keyword, boolean deflated, byte[] data) {
    if (keyword.equals(XMP)) {
      xmp = xmp == null ? inflated(deflated, data) : xmp;
    } else if (keyword.equals(IPTC)) {
      iptc = iptc == null ? inflated(deflated, data) : iptc;
    } else if (texts.hasRoom() && isOfThePhoto(keyword)) {
      byte[] text = inflated(deflated, data);
      // Latin letters, or UTF-8, which stands in tEXt too though it should not.
      texts.add(keyword, text);
      if (deflated && text.length == 0) {
        texts.close();
      }
    }
  }

  /**
   * Other profiles, and what programs copy from them, such as exif:Orientation, are of its file.
   */
  private static boolean isOfThePhoto(String keyword) {
    return !keyword.isEmpty() && !keyword.contains(":") && !keyword.startsWith(PROFILE);
  }

  private static byte[] inflated(boolean deflated, byte[] data) {
    return deflated ? PngChunks.inflate(data) : data;
  }

  private static byte[] behind(int index, byte[] data) {
    return Arrays.copyOfRange(data, Math.min(index + 1, data.length), data.length);
  }

  /** All of it, with what the file states elsewhere. */
  PhotoMetadata with(byte @Nullable [] exif, @Nullable Density density) {
    byte[] packet = xmp == null || xmp.length == 0 ? null : xmp;
    return PhotoMetadata.of(exif, packet, density)
        .captioned(iptc == null ? null : profile(iptc), texts);
  }

  private static @Nullable IptcBlock profile(byte[] text) {
    String[] lines = new String(text, StandardCharsets.ISO_8859_1).strip().split("\n", 3);
    try {
      byte[] profile = HEX.parseHex(lines[lines.length - 1].replaceAll("\\s", ""));
      @Nullable IptcBlock block = IptcBlock.ofResources(profile);
      return block == null ? IptcBlock.of(profile) : block;
    } catch (IllegalArgumentException e) {
      return null; // other letters than digits
    }
  }

  /** The chunks that say it all. */
  static List<Chunk> of(PhotoMetadata metadata) {
    List<Chunk> chunks = new ArrayList<>();
    if (metadata.xmp() != null) {
      chunks.add(international(XMP, metadata.xmp()));
    }
    if (metadata.iptc() != null) {
      byte[] resources = metadata.iptc().resources();
      String lines =
          HEX.formatHex(resources).replaceAll(".{%d}".formatted(DIGITS_PER_LINE), "$0\n");
      chunks.add(latin(IPTC, "\niptc\n%8d\n%s\n".formatted(resources.length, lines)));
    }
    for (PhotoMetadata.Text text : metadata.texts()) {
      boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(text.text());
      chunks.add(
          latin ? latin(text.keyword(), text.text()) : international(text.keyword(), text.text()));
    }
    return chunks;
  }

  private static Chunk latin(String keyword, String text) {
    return chunk("tEXt", keyword + "\0", text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Not compressed; no language, no translated keyword. */
  private static Chunk international(String keyword, String text) {
    return chunk("iTXt", keyword + "\0\0\0\0\0", text.getBytes(StandardCharsets.UTF_8));
  }

  private static Chunk chunk(String type, String start, byte[] text) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(start.getBytes(StandardCharsets.ISO_8859_1));
    data.writeBytes(text);
    return new Chunk(type, data.toByteArray());
  }
}
