package org.ganvas.training.script;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor that a program keeps: a weight, or a buffer such as a running mean.
 *
 * @param name dotted path, such as {@code model.1.weight}: each part but the last is a submodule
 * @param shape its dimensions
 * @param initializer how it is drawn before training
 * @param trained true for a weight, false for a buffer
 */
public record Parameter(String name, List<Long> shape, Initializer initializer, boolean trained) {

  /** How many numbers it holds. */
  public int size() {
    return Math.toIntExact(
        shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact));
  }

  static Parameter weight(String name, Initializer initializer, long... shape) {
    return new Parameter(name, Arrays.stream(shape).boxed().toList(), initializer, true);
  }

  static Parameter buffer(String name, Initializer initializer, long... shape) {
    return new Parameter(name, Arrays.stream(shape).boxed().toList(), initializer, false);
  }
}
