package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.ganvas.training.script.OracleCase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Against PyTorch's losses in double precision, see {@code src/test/oracle/penalties.py}. */
class AdversarialLossTest {

  @ParameterizedTest
  @EnumSource
  void isWhatPyTorchComputes(AdversarialLoss loss) {
    OracleCase oracle =
        OracleCase.read("/org/ganvas/training/gan/penalties.txt").stream()
            .filter(found -> found.name().equals(loss.name()))
            .findFirst()
            .orElseThrow();
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray logits = manager.create(oracle.tensor("logits").data());
      check(loss.real(logits, 0.9), oracle, "real");
      check(loss.generated(logits), oracle, "generated");
      check(loss.generator(logits), oracle, "generator");
    }
  }

  private static void check(NDArray found, OracleCase oracle, String part) {
    float expected = oracle.tensor(part).data()[0];
    assertThat(found.getFloat())
        .as(part)
        .isCloseTo(expected, within(1e-5f * Math.max(1, Math.abs(expected))));
  }

  /** Where it answers 0 it knows nothing yet, and both sides have the most to learn. */
  @ParameterizedTest
  @EnumSource(names = {"MINIMAX", "NON_SATURATING"})
  void itsSlopeIsThatOfTheLogisticFunctionAlsoWhereTheDiscriminatorIsUndecided(
      AdversarialLoss loss) {
    checkSlopes(logits -> loss.real(logits, 0.9), probability -> probability - 0.9);
    checkSlopes(loss::generated, probability -> probability);
    checkSlopes(
        loss::generator,
        loss == AdversarialLoss.MINIMAX
            ? probability -> -probability
            : probability -> probability - 1);
  }

  private static void checkSlopes(UnaryOperator<NDArray> loss, DoubleUnaryOperator expected) {
    float[] outputs = {-30, -2, 0, 2, 30};
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray logits = manager.create(outputs);
      logits.setRequiresGradient(true);
      gradients.backward(loss.apply(logits));
      float[] slopes = logits.getGradient().toFloatArray();
      for (int i = 0; i < outputs.length; i++) {
        double probability = 1 / (1 + Math.exp(-outputs[i]));
        assertThat((double) outputs.length * slopes[i])
            .as("at " + outputs[i])
            .isCloseTo(expected.applyAsDouble(probability), within(1e-6));
      }
    }
  }
}
