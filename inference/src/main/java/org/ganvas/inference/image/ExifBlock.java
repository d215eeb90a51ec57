package org.ganvas.inference.image;

/** The bytes of an EXIF block, from its byte-order mark on; immutable. */
public final class ExifBlock {
  private final byte[] bytes;

  ExifBlock(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A copy of the bytes, beginning with {@code II} or {@code MM}. */
  public byte[] bytes() {
    return bytes.clone();
  }
}
