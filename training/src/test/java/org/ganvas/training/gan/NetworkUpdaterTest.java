package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NetworkUpdaterTest {

  /** Batch norm and spectral norm, both of which move buffers in training. */
  private static NetworkUpdater network(@Nullable Double gradientLimit) throws IOException {
    Script script = new Script("Judge", 3).spectrallyNormalized(true);
    Value h = script.conv2d(script.enter(script.input()), "a", Convolution.same(4, 3));
    h = script.leakyRelu(script.batchNorm(h, "b"), 0.2);
    Value y = script.leave(script.conv2d(h, "c", Convolution.same(1, 3)));
    Program program = script.returns(y);
    return new NetworkUpdater(
        LoadedNetwork.load(program, program.initialize(1), Device.cpu()),
        new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST),
        new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0.9, 0.99, gradientLimit, null, null));
  }

  /** A step of whatever makes pictures for it; the length of the gradient by the pictures. */
  private static float backward(NetworkUpdater network, NDManager scope) {
    NDArray pictures = scope.randomNormal(new Shape(2, 3, 8, 8));
    pictures.setRequiresGradient(true);
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      gradients.backward(network.forward(pictures).square().mean());
    }
    return pictures.getGradient().norm().getFloat();
  }

  private static Map<String, float[]> buffers(NetworkUpdater network) {
    Map<String, float[]> copy = new HashMap<>();
    network.network().buffers().forEach((name, buffer) -> copy.put(name, buffer.toFloatArray()));
    return copy;
  }

  @Test
  @SuppressWarnings("try") // held until the end, not asked
  void gradientsFlowThroughANetworkThatIsHeldAndNotIntoIt() throws IOException {
    try (NetworkUpdater network = network(null);
        NDManager scope = network.manager().newSubManager()) {
      Map<String, float[]> before = buffers(network);
      try (NetworkUpdater.Held held = network.hold()) {
        assertThat(backward(network, scope)).isPositive();
      }
      assertThat(network.gradientNorm()).isZero();
      assertThat(before).hasSize(4);
      buffers(network)
          .forEach((name, buffer) -> assertThat(buffer).as(name).isEqualTo(before.get(name)));
      // Afterwards it can be trained again.
      assertThat(backward(network, scope)).isPositive();
      assertThat(network.gradientNorm()).isPositive();
      buffers(network)
          .forEach((name, buffer) -> assertThat(buffer).as(name).isNotEqualTo(before.get(name)));
    }
  }

  @Test
  void aGradientBeyondTheLimitIsShortenedToIt() throws IOException {
    assertThat(lengthThatAdamSaw(1e-3)).isCloseTo(1e-3, withinPercentage(0.1));
    double whole = lengthThatAdamSaw(null);
    assertThat(whole).isGreaterThan(1e-2);
    assertThat(lengthThatAdamSaw(whole * 1.1)).isEqualTo(whole);
  }

  /** The length of the first gradient, by the mean that Adam keeps a tenth of it in. */
  private static double lengthThatAdamSaw(@Nullable Double gradientLimit) throws IOException {
    try (NetworkUpdater network = network(gradientLimit);
        NDManager scope = network.manager().newSubManager()) {
      Engine.getInstance().setRandomSeed(5);
      backward(network, scope);
      network.update(1);
      assertThat(network.gradientNorm()).isZero();
      double squares = 0;
      for (Map.Entry<String, NDArray> tensor : network.tensors("n").entrySet()) {
        if (tensor.getKey().startsWith("n-adam/first/")) {
          squares += tensor.getValue().square().sum().getFloat();
        }
      }
      return 10 * Math.sqrt(squares);
    }
  }
}
