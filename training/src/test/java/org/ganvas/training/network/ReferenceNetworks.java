package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ganvas.training.script.OracleCase;
import org.ganvas.training.script.StateDict;

/** What networks.py wrote: names and shapes, and results of weights that follow from a formula. */
public final class ReferenceNetworks {
  private ReferenceNetworks() {}

  public static OracleCase named(String name) {
    return OracleCase.read("/org/ganvas/training/network/networks.txt").stream()
        .filter(oracle -> oracle.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The shape of every tensor by its name. */
  public static Map<String, List<Long>> shapes(OracleCase oracle) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    oracle
        .tensors()
        .forEach(
            (name, entry) -> {
              if (!name.startsWith("y.")) {
                float[] numbers = entry.data();
                shapes.put(
                    name,
                    IntStream.range(0, numbers.length).mapToObj(i -> (long) numbers[i]).toList());
              }
            });
    return shapes;
  }

  /** As {@code fill} in networks.py. */
  public static StateDict weights(OracleCase oracle) {
    StateDict state = new StateDict();
    shapes(oracle)
        .forEach(
            (name, shape) -> {
              int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
              float factor = 0.1f;
              float shift = 0;
              if (name.endsWith("running_var") || name.endsWith("weight") && shape.size() == 1) {
                factor = 0.3f;
                shift = 1;
              } else if (name.endsWith("weight")) {
                factor = (float) Math.sqrt(6.0 * shape.get(0) / size);
              }
              float[] data = FormulaWeights.numbers(name, size, factor, shift);
              state.put(name, new StateDict.Entry(shape, data));
            });
    return state;
  }

  public static float[] picture(int size) {
    return FormulaWeights.numbers("picture", size, 0.5f, 0.5f);
  }

  /** That a result has the shape, and at evenly spaced places the numbers, to 1e-4. */
  public static void assertResult(OracleCase oracle, long[] shape, float[] found) {
    float[] expectedShape = oracle.tensor("y.shape").data();
    assertThat(IntStream.range(0, 4).mapToObj(i -> (float) shape[i]))
        .containsExactly(expectedShape[0], expectedShape[1], expectedShape[2], expectedShape[3]);
    float[] expected = oracle.tensor("y.numbers").data();
    int step = Math.max(1, found.length / 40);
    assertThat(expected).hasSize((found.length + step - 1) / step);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i * step]).as("number %d", i * step).isCloseTo(expected[i], within(1e-4f));
    }
  }
}
