package org.ganvas.training.gan;

/**
 * A number that the next step depends on and that is no tensor, such as how often a network was
 * updated. Live: a checkpoint is read from it and written into it.
 */
public final class LiveNumber {
  private double value;

  public double get() {
    return value;
  }

  public void set(double newValue) {
    value = newValue;
  }

  /** Adds one, and gives the result. */
  public long increment() {
    value++;
    return (long) value;
  }
}
