package org.ganvas.inference.model;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model that cannot be used. The message is one line for the user: the rule, what was found, the
 * remedy.
 */
public final class ModelException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why, for those who map it to an exit code or an HTTP status. */
  public enum Reason {
    /** No model is called so. */
    UNKNOWN,
    /** The file contradicts itself, or libtorch refuses it. */
    DAMAGED,
    /** The model, or this machine, cannot do what was asked. */
    UNSUITABLE,
    /** It failed while running. */
    FAILED
  }

  private final Reason reason;

  public ModelException(Reason reason, String message) {
    this(reason, message, null);
  }

  public ModelException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Never null, other than that of other exceptions. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  public Reason reason() {
    return reason;
  }
}
