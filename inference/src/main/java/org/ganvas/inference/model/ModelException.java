package org.ganvas.inference.model;

import java.io.IOException;

/**
 * A model that cannot be used: unknown, damaged, or not able to do what was asked. The message is one
 * line for the user: the rule, what was found, the remedy.
 */
public final class ModelException extends IOException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
