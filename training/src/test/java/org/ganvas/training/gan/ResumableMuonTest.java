package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResumableMuonTest {
  private static final Shape SHAPE = new Shape(4, 2, 3, 3);

  private static List<float[]> oracle() throws IOException {
    try (InputStream in = ResumableMuonTest.class.getResourceAsStream("muon.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(ResumableMuonTest::floats)
          .toList();
    }
  }

  private static float[] floats(String line) {
    String[] numbers = line.split(" ");
    float[] floats = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      floats[i] = Float.parseFloat(numbers[i]);
    }
    return floats;
  }

  @Test
  void movesAllDirectionsOfALayerAlike() throws IOException {
    List<float[]> lines = oracle();
    assertThat(lines).hasSize(16);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray weight = manager.create(lines.get(0), SHAPE);
      weight.setRequiresGradient(true);
      ResumableMuon muon = new ResumableMuon(Map.of("w", weight), manager);
      for (int line = 1; line < lines.size(); line += 3) {
        ResumableAdamTest.setGradient(weight, manager.create(lines.get(line + 1), SHAPE));
        muon.update(lines.get(line)[0]);
        // The steps' numbers are of the order of a fiftieth.
        assertThat(weight.toFloatArray())
            .as("line %d", line)
            .containsExactly(lines.get(line + 2), within(2e-6f));
        try (NDArray gradient = weight.getGradient()) {
          assertThat(gradient.toFloatArray()).containsOnly(0);
        }
      }
      assertThat(muon.tensors().keySet()).containsExactly("w");
    }
  }

  @Test
  void isForMatricesBetweenTheFirstAndTheLast() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> weights = new LinkedHashMap<>();
      weights.put("head.weight", manager.zeros(new Shape(8, 3, 3, 3)));
      weights.put("head.bias", manager.zeros(new Shape(8)));
      weights.put("body.weight", manager.zeros(new Shape(8, 8, 3, 3)));
      weights.put("body.slope", manager.zeros(new Shape(8)));
      weights.put("dense.weight", manager.zeros(new Shape(8, 8)));
      weights.put("tail.weight", manager.zeros(new Shape(3, 8, 3, 3)));
      weights.put("tail.bias", manager.zeros(new Shape(3)));
      assertThat(ResumableMuon.hidden(weights).keySet())
          .containsExactly("body.weight", "dense.weight");
      weights.keySet().retainAll(List.of("head.weight", "head.bias"));
      assertThat(ResumableMuon.hidden(weights)).isEmpty();
    }
  }
}
