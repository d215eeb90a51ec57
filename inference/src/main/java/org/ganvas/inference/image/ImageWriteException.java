package org.ganvas.inference.image;

import java.io.IOException;

/** A file that cannot be written; the message is one line for the user. */
public final class ImageWriteException extends IOException {
  private static final long serialVersionUID = 1L;

  public ImageWriteException(String message, Throwable cause) {
    super(message, cause);
  }
}
