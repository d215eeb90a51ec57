package org.ganvas.training.data;

import java.io.IOException;

/** A photo that cannot be used; the message says why in one line and doesn't name the file. */
public final class UnreadablePhotoException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadablePhotoException(String message) {
    super(message);
  }
}
