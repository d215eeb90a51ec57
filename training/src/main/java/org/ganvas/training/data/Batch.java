package org.ganvas.training.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one step trains on: tensors by name. Which names there are is up to the source, and each
 * training method asks for its own: {@code low} and {@code high} for super-resolution.
 *
 * @param tensors at least one, by name
 */
public record Batch(Map<String, Tensor> tensors) {
  public Batch {
    tensors = Map.copyOf(tensors);
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("a batch has at least one tensor, found none");
    }
  }

  /**
   * Numbers in the order of a tensor's memory.
   *
   * @param shape its dimensions, such as (N, C, H, W)
   * @param values the last dimension fastest
   */
  public record Tensor(List<Long> shape, float[] values) {
    public Tensor {
      shape = List.copyOf(shape);
      long expected = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
      if (values.length != expected) {
        throw new IllegalArgumentException(
            "a tensor of shape %s has %d numbers, found %d"
                .formatted(shape, expected, values.length));
      }
    }

    /** A tensor of these dimensions, such as N, C, H, W. */
    public static Tensor of(float[] values, long... shape) {
      return new Tensor(Arrays.stream(shape).boxed().toList(), values);
    }
  }

  /** The tensor of that name; an unknown name is an error that lists the known ones. */
  public Tensor tensor(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "the batch has the tensors %s, found no %s"
              .formatted(String.join(", ", new TreeMap<>(tensors).keySet()), name));
    }
    return tensor;
  }
}
