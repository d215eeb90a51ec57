package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResumableAdamTest {

  private static List<double[]> oracle() throws IOException {
    try (InputStream in = ResumableAdamTest.class.getResourceAsStream("adam.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray())
          .toList();
    }
  }

  private static float[] floats(double[] numbers, int from) {
    return new float[] {
      (float) numbers[from], (float) numbers[from + 1], (float) numbers[from + 2]
    };
  }

  @Test
  void followsThePaperStepByStep() throws IOException {
    List<double[]> lines = oracle();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray weight = manager.create(floats(lines.get(0), 0));
      weight.setRequiresGradient(true);
      ResumableAdam.Betas betas = new ResumableAdam.Betas(0.9f, 0.99f);
      ResumableAdam adam = new ResumableAdam(Map.of("w", weight), betas, manager);
      for (int step = 1; step < lines.size(); step++) {
        double[] line = lines.get(step);
        setGradient(weight, manager.create(floats(line, 1)));
        adam.update(line[0]);
        assertThat(adam.updates().get()).isEqualTo(step);
        float[] found = weight.toFloatArray();
        for (int i = 0; i < 3; i++) {
          double before = lines.get(step - 1)[(step == 1 ? 0 : 4) + i];
          double move = Math.abs(line[4 + i] - before);
          // Float32 weights near 1 are exact to 6e-8; the move itself must be right to a
          // thousandth.
          assertThat((double) found[i])
              .as("weight %d after step %d", i, step)
              .isCloseTo(line[4 + i], within(1e-3 * move + 4e-7));
        }
        try (NDArray gradient = weight.getGradient()) {
          assertThat(gradient.toFloatArray()).containsOnly(0);
        }
      }
      assertThat(lines).hasSize(8);
      assertThat(adam.tensors().keySet()).containsExactlyInAnyOrder("first/w", "second/w");
    }
  }

  /** The gradient of the sum of products is the other factor. */
  static void setGradient(NDArray weight, NDArray gradient) {
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      gradients.backward(weight.mul(gradient).sum());
    }
  }
}
