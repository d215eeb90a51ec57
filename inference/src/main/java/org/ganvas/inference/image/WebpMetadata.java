package org.ganvas.inference.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts metadata into a WebP that has none: the extended file format of RFC 9649, section 2.7. */
final class WebpMetadata {
  private static final int SIGNATURE = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int CANVAS = 10;
  private static final int ALPHA_FLAG = 0x10;
  private static final int EXIF_FLAG = 0x08;
  private static final int XMP_FLAG = 0x04;

  private WebpMetadata() {}

  /** The same WebP with the metadata, of a picture as large as the rows. */
  static byte[] added(byte[] webp, PhotoMetadata metadata, PictureRows rows) {
    byte[] exif = metadata.exif() == null ? null : metadata.exif().bytes();
    byte[] xmp = metadata.xmp() == null ? null : metadata.xmp().getBytes(StandardCharsets.UTF_8);
    // With alpha the encoder begins with a canvas, else with the pixels.
    boolean extended = new String(webp, SIGNATURE, 4, StandardCharsets.ISO_8859_1).equals("VP8X");
    int pixels = SIGNATURE + (extended ? CHUNK_HEADER + CANVAS : 0);
    int flags =
        (rows.layout().hasAlpha() ? ALPHA_FLAG : 0)
            | (exif == null ? 0 : EXIF_FLAG)
            | (xmp == null ? 0 : XMP_FLAG);
    int length =
        SIGNATURE + CHUNK_HEADER + CANVAS + (webp.length - pixels) + length(exif) + length(xmp);
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(length - CHUNK_HEADER).put(ascii("WEBP"));
    out.put(ascii("VP8X")).putInt(CANVAS).putInt(flags);
    putSide(out, rows.width());
    putSide(out, rows.height());
    out.put(webp, pixels, webp.length - pixels);
    putChunk(out, "EXIF", exif);
    putChunk(out, "XMP ", xmp);
    return out.array();
  }

  private static int length(byte @Nullable [] data) {
    return data == null ? 0 : CHUNK_HEADER + data.length + data.length % 2;
  }

  private static void putSide(ByteBuffer out, int side) {
    out.putShort((short) (side - 1)).put((byte) ((side - 1) >> 16));
  }

  private static void putChunk(ByteBuffer out, String type, byte @Nullable [] data) {
    if (data != null) {
      out.put(ascii(type)).putInt(data.length).put(data).put(new byte[data.length % 2]);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
