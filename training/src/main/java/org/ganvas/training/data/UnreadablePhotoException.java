package org.ganvas.training.data;

import java.io.IOException;

/** A photo that cannot be used; the message says why in one line and doesn't name the file. */
public final class UnreadablePhotoException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  public UnreadablePhotoException(String reason) {
    super(reason);
    this.reason = reason;
  }

  /** Why: the message. */
  public String reason() {
    return reason;
  }
}
