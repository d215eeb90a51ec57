package org.ganvas.inference.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that cannot be written; the message is one line for the user. */
public final class ImageWriteException extends IOException {
  private static final long serialVersionUID = 1L;

  public ImageWriteException(String message, Throwable cause) {
    super(message, cause);
  }

  /** For a stream or an open file that fails, such as on a full disk. */
  static ImageWriteException of(IOException cause) {
    if (cause instanceof ImageWriteException known) {
      return known;
    }
    return new ImageWriteException(
        "the picture cannot be written (%s); make room or choose another place"
            .formatted(reason(cause)),
        cause);
  }

  /** For a file that cannot be created in a folder, or not be renamed within it. */
  static ImageWriteException in(Path folder, IOException cause) {
    return new ImageWriteException(
        "a picture is written into a folder that exists and can be written to, found %s (%s); choose another folder"
            .formatted(folder, reason(cause)),
        cause);
  }

  /** For a file that shall replace a folder. */
  static ImageWriteException folder(Path found) {
    return new ImageWriteException(
        "a picture is written as a file, found the folder %s; choose another name".formatted(found),
        new FileSystemException(found.toString(), null, "it is a folder"));
  }

  /** What a file system says, without the name of the file. */
  static String reason(IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "it does not exist";
    }
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    String found =
        cause instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : cause.getMessage();
    return found == null || found.isBlank()
        ? cause.getClass().getSimpleName()
        : found.lines().findFirst().orElse(found);
  }
}
