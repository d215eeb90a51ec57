package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;

/** What else holds than that it computes as in PyTorch, for which see ReferenceNetworkTest. */
class ProjectedDiscriminatorTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
  private static final Program PROGRAM = new ProjectedDiscriminator(4, true).program();

  @Test
  void itsFeaturesAreThoseOfSqueezeNetAndOnlyItsHeadsAreTrained() throws IOException {
    StateDict squeezeNet = FormulaWeights.of(FeatureArchitecture.SQUEEZENET.program());
    StateDict state = PROGRAM.initialize(1);
    assertThat(state.takeFrom(squeezeNet)).isEqualTo(squeezeNet.names().size());
    try (LoadedNetwork network = LoadedNetwork.load(PROGRAM, state, Device.cpu())) {
      assertThat(network.weights().keySet()).allMatch(name -> name.startsWith("heads."));
      assertThat(network.weights()).hasSize(4 * 3 * 2);
      assertThat(network.buffers().keySet()).containsAll(squeezeNet.names());
      assertThat(network.buffers().get("features.12.expand3x3.bias").toFloatArray())
          .isEqualTo(squeezeNet.get("features.12.expand3x3.bias").data());
    }
  }

  @Test
  void gradientsFlowThroughTheFeaturesToEveryPixelAndNotIntoThem() throws IOException {
    try (LoadedNetwork network =
            LoadedNetwork.load(PROGRAM, FormulaWeights.of(PROGRAM), Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray x = scope.create(FormulaWeights.numbers("x", 3 * 1024, 0.5f, 0.5f));
      NDArray picture = x.reshape(new Shape(1, 3, 32, 32));
      picture.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        gradients.backward(network.forward(picture, PLAIN, true).square().mean());
      }
      assertThat(picture.getGradient().sum(new int[] {1}).neq(0).sum().getLong()).isEqualTo(1024);
      assertThat(network.buffers().values()).noneMatch(NDArray::hasGradient);
    }
  }

  /** At half the size, a quarter, an eighth and a sixteenth; the coarser ones are repeated. */
  @Test
  void eachHeadCountsAlike() throws IOException {
    Program program = new ProjectedDiscriminator(4, false).program();
    StateDict state = FormulaWeights.of(program);
    for (int level = 0; level < 4; level++) {
      String last = "heads.%d.4.".formatted(level);
      StateDict.Entry weight = state.get(last + "weight");
      state.put(last + "weight", new StateDict.Entry(weight.shape(), new float[4 * 9]));
      state.put(
          last + "bias",
          new StateDict.Entry(state.get(last + "bias").shape(), new float[] {level}));
    }
    try (LoadedNetwork network = LoadedNetwork.load(program, state, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray y = network.forward(scope.zeros(new Shape(2, 3, 48, 64)), PLAIN, false);
      assertThat(y.getShape()).isEqualTo(new Shape(2, 4, 24, 32));
      for (int level = 0; level < 4; level++) {
        assertThat(y.get(":, {}", level).toFloatArray()).containsOnly(level);
      }
    }
  }

  @Test
  void itsOptionsAreNamed() {
    assertThat(Architectures.create("projected", Map.of()))
        .isEqualTo(new ProjectedDiscriminator(64, false));
  }
}
