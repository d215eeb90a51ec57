package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A garbage collection between a loss and its gradients changes nothing. */
class DifferentiableTest {
  private static final float[] VALUES = {-3, -1.5f, -0.25f, 0.5f, 1.5f, 4};

  @Test
  void aProductHasItsFactorAsGradient() {
    assertThat(gradientAfterCollection(x -> Differentiable.times(x, 100).sum()))
        .containsOnly(100f)
        .hasSize(VALUES.length);
  }

  @Test
  void aPositivePartHasGradientsWhereItIsPositive() {
    assertThat(gradientAfterCollection(x -> Differentiable.positivePart(x).sum()))
        .containsExactly(0, 0, 0, 1, 1, 1);
  }

  @ParameterizedTest
  @EnumSource
  void lossesKeepTheirGradients(AdversarialLoss loss) {
    for (UnaryOperator<NDArray> part :
        List.<UnaryOperator<NDArray>>of(x -> loss.real(x, 0.9), loss::generated, loss::generator)) {
      assertThat(gradientAfterCollection(part)).containsExactly(gradient(part, () -> {}));
    }
  }

  private static float[] gradientAfterCollection(UnaryOperator<NDArray> loss) {
    return gradient(loss, DifferentiableTest::collectGarbage);
  }

  private static float[] gradient(UnaryOperator<NDArray> loss, Runnable before) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = manager.create(VALUES);
      x.setRequiresGradient(true);
      NDArray y = loss.apply(x);
      before.run();
      gradients.backward(y);
      return x.getGradient().toFloatArray();
    }
  }

  /** Has the memory of what is collected overwritten. */
  private static void collectGarbage() {
    System.gc();
    List<ByteBuffer> others = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      ByteBuffer other = ByteBuffer.allocateDirect(4);
      other.put(new byte[] {1, 2, 3, 64});
      others.add(other);
    }
    System.gc();
    assertThat(others).hasSize(2000);
  }
}
