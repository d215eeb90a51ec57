package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.List;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureNetwork;
import org.ganvas.training.network.FeatureWeights;
import org.ganvas.training.network.FormulaWeights;
import org.ganvas.training.script.OracleCase;
import org.junit.jupiter.api.Test;

class PerceptualLossTest {
  private static final ProgramMethod EXACT =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_LAST);
  private static final Shape SHAPE = new Shape(2, 3, 70, 83);

  /** The pictures have 3 more rows and columns than are judged; in this update, from (2, 1) on. */
  private static final long UPDATE = 9;

  private static final String JUDGED = ":, :, 2:72, 1:84";

  /** features.py computed both; real and generated are a picture and a noisy one. */
  @Test
  void theLossAndItsGradientAreThoseOfPyTorch() throws IOException {
    OracleCase oracle =
        OracleCase.read("/org/ganvas/training/network/features.txt").stream()
            .filter(c -> c.name().equals("SQUEEZENET"))
            .findFirst()
            .orElseThrow();
    List<String> layers = List.of("fire3", "fire5", "fire9");
    FeatureArchitecture architecture = FeatureArchitecture.SQUEEZENET;
    FeatureWeights weights =
        new FeatureWeights(architecture, FormulaWeights.of(architecture.program(layers)));
    FeatureNetwork features = FeatureNetwork.load(weights, layers, Device.cpu());
    try (PerceptualLoss loss = new PerceptualLoss(features, EXACT);
        NDManager scope = features.newScope();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = scope.create(numbers("x", 0.5f, 0.5f), SHAPE);
      NDArray generated = bordered(x, 0.3f);
      NDArray real = bordered(x.add(scope.create(numbers("y", 0.2f, 0), SHAPE)).clip(0, 1), 0.6f);
      generated.setRequiresGradient(true);
      NDArray found = loss.of(generated, real, UPDATE);
      assertThat(found.getShape()).isEqualTo(new Shape());
      assertThat(found.getFloat()).isCloseTo(oracle.tensor("loss").data()[0], within(1e-7f));
      gradients.backward(found);
      try (NDArray whole = generated.getGradient();
          NDArray gradient = whole.get(JUDGED)) {
        assertThat(whole.abs().sum().getFloat())
            .isCloseTo(gradient.abs().sum().getFloat(), within(1e-6f));
        assertThat(gradient.abs().mean().getFloat())
            .isCloseTo(oracle.tensor("gradient.magnitude").data()[0], within(1e-9f));
        float[] all = gradient.toFloatArray();
        float[] expected = oracle.tensor("gradient.numbers").data();
        for (int i = 0; i < expected.length; i++) {
          assertThat(all[i * all.length / expected.length]).isCloseTo(expected[i], within(1e-8f));
        }
      }
    }
  }

  private static NDArray bordered(NDArray judged, float border) {
    NDArray whole = judged.getManager().full(new Shape(2, 3, 73, 86), border);
    whole.set(new NDIndex(JUDGED), judged);
    return whole;
  }

  private static float[] numbers(String name, float factor, float shift) {
    return FormulaWeights.numbers(name, (int) SHAPE.size(), factor, shift);
  }
}
