package org.ganvas.inference.image;

import java.io.IOException;

/**
 * A picture that is not read, or cannot be written in the wanted format. The message is one line
 * for the user: the rule, what was found, the remedy; it does not name the file.
 */
public final class ImageRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why, for those who map it to an exit code or an HTTP status. */
  public enum Reason {
    /** The file does not exist or may not be read. */
    UNREADABLE,
    /** The file has no bytes. */
    EMPTY,
    /** The first bytes belong to no format that is read. */
    NOT_A_PICTURE,
    /** The file ends before its picture does. */
    TRUNCATED,
    /** The file contradicts itself or its format. */
    DAMAGED,
    /** A correct file of a kind that is not read, or a picture that the format cannot hold. */
    UNSUPPORTED,
    /** More pixels, longer sides or more work than the limits allow. */
    TOO_LARGE
  }

  private final Reason reason;

  public ImageRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ImageRefusedException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  static ImageRefusedException truncated(String message) {
    return new ImageRefusedException(
        Reason.TRUNCATED, message + "; the file is cut off: copy or download it again");
  }

  static ImageRefusedException damaged(String message) {
    return new ImageRefusedException(
        Reason.DAMAGED, message + "; the file is damaged: use another copy");
  }

  static ImageRefusedException unsupported(String message) {
    return new ImageRefusedException(
        Reason.UNSUPPORTED, message + "; save it as 8-bit RGB JPEG or PNG first");
  }

  public Reason reason() {
    return reason;
  }
}
