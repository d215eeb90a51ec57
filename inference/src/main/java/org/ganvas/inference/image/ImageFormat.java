package org.ganvas.inference.image;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
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
  public static final int SIGNATURE_LENGTH = 12;

  /** The last four cannot be read; such files are tried all the same, so that none is missed. */
  private static final Set<String> ENDINGS =
      Set.of(
          "jpg", "jpeg", "png", "tif", "tiff", "webp", "bmp", "gif", "heic", "heif", "avif", "jxl");

  /** The format of a file that begins with these bytes, or null if it is none of ours. */
  public static @Nullable ImageFormat of(byte[] start) {
    if (begins(start, 0, 0xFF, 0xD8, 0xFF)) {
      return JPEG;
    }
    if (begins(start, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return PNG;
    }
    if (begins(start, 0, 'I', 'I', 42, 0) || begins(start, 0, 'M', 'M', 0, 42)) {
      return TIFF;
    }
    if (begins(start, 0, 'I', 'I', 43, 0, 8, 0) || begins(start, 0, 'M', 'M', 0, 43, 0, 8)) {
      return TIFF; // a BigTIFF
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

  /** What the first bytes say of a file that is none of ours, as people call it. */
  static String foreignName(byte[] start) {
    if (begins(start, 4, 'f', 't', 'y', 'p')) {
      if (begins(start, 8, 'c', 'r', 'x', ' ')) {
        return "a camera's raw file";
      }
      return begins(start, 8, 'a', 'v', 'i') ? "AVIF" : "HEIC or a video";
    }
    if (begins(start, 0, 0xFF, 0x0A) || begins(start, 4, 'J', 'X', 'L', ' ')) {
      return "JPEG XL";
    }
    if (begins(start, 0, 0xFF, 0x4F, 0xFF, 0x51) || begins(start, 4, 'j', 'P', ' ', ' ')) {
      return "JPEG 2000";
    }
    if (begins(start, 0, '8', 'B', 'P', 'S')) {
      return "a Photoshop document";
    }
    return begins(start, 0, '%', 'P', 'D', 'F') ? "PDF" : "none of them";
  }

  /**
   * Whether a file in a folder is called as a picture is, and not hidden. That tells which files to
   * try; what one is, its content decides.
   */
  public static boolean isPictureName(Path file) {
    return ENDINGS.contains(ending(file)) && !file.getFileName().toString().startsWith(".");
  }

  /** What follows the last dot of a file's name, in small letters; empty if there is no dot. */
  public static String ending(Path file) {
    String name = String.valueOf(file.getFileName()); // a root has none
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** A file's name up to its last dot; all of it if there is none behind its first character. */
  public static String stem(Path file) {
    String name = String.valueOf(file.getFileName()); // a root has none
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
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
