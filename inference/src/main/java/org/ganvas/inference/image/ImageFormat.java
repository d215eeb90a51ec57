package org.ganvas.inference.image;

import org.jspecify.annotations.Nullable;

/** The kinds of picture file that can be read; told apart by their first bytes, never by name. */
public enum ImageFormat {
  JPEG,
  PNG,
  TIFF,
  WEBP,
  BMP,
  GIF;

  /** How many bytes at the start of a file {@link #of} looks at. */
  static final int SIGNATURE_LENGTH = 12;

  /** The format of a file that begins with these bytes, or null if it is none of ours. */
  static @Nullable ImageFormat of(byte[] start) {
    if (begins(start, 0, 0xFF, 0xD8, 0xFF)) {
      return JPEG;
    }
    if (begins(start, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return PNG;
    }
    if (begins(start, 0, 'I', 'I', 42, 0) || begins(start, 0, 'M', 'M', 0, 42)) {
      return TIFF;
    }
    if (begins(start, 0, 'R', 'I', 'F', 'F') && begins(start, 8, 'W', 'E', 'B', 'P')) {
      return WEBP;
    }
    if (begins(start, 0, 'G', 'I', 'F', '8', '7', 'a')
        || begins(start, 0, 'G', 'I', 'F', '8', '9', 'a')) {
      return GIF;
    }
    return begins(start, 0, 'B', 'M') ? BMP : null;
  }

  private static boolean begins(byte[] bytes, int offset, int... expected) {
    if (bytes.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[offset + i] & 0xFF) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
