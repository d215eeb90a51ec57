package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What else holds than that it computes as in PyTorch, for which see ReferenceNetworkTest. */
class SqueezeDiscriminatorTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  /** SqueezeNet has a weight and a bias in its first convolution, and six in each module. */
  @ParameterizedTest
  @CsvSource({"1, 2", "2, 14", "3, 26", "4, 50"})
  void itTakesOverWhatSqueezeNetHasOfItsLevels(int levels, int taken) {
    Program program = new SqueezeDiscriminator(4, levels, true).program();
    StateDict squeezeNet = FormulaWeights.of(FeatureArchitecture.SQUEEZENET.program());
    assertThat(program.initialize(1).takeFrom(squeezeNet)).isEqualTo(taken);
    assertThat(program.facts().sizeMultiple()).isEqualTo(1 << levels);
  }

  /** At half the size, a quarter, an eighth and a sixteenth; the coarser ones are repeated. */
  @Test
  void eachHeadCountsAlike() throws IOException {
    Program program = new SqueezeDiscriminator(4, 4, false).program();
    StateDict state = FormulaWeights.of(program);
    for (int level = 0; level < 4; level++) {
      String last = "heads.%d.4.".formatted(level);
      StateDict.Entry weight = state.get(last + "weight");
      StateDict.Entry bias = state.get(last + "bias");
      state.put(last + "weight", new StateDict.Entry(weight.shape(), new float[4 * 9]));
      state.put(last + "bias", new StateDict.Entry(bias.shape(), new float[] {level}));
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

  @ParameterizedTest
  @CsvSource({"CHANNELS_FIRST, true", "CHANNELS_LAST, false"})
  void aPenaltyOnItsGradientReachesEveryWeightThatItDependsOn(
      MemoryLayout layout, boolean spectralNorm) throws IOException {
    Program program = new SqueezeDiscriminator(4, 4, spectralNorm).program();
    ProgramMethod method = new ProgramMethod(Precision.FLOAT32, layout);
    try (LoadedNetwork network =
            LoadedNetwork.load(program, FormulaWeights.of(program), Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray x = scope.create(FormulaWeights.numbers("x", 3 * 1024, 0.5f, 0.5f));
      NDArray picture = x.reshape(new Shape(1, 3, 32, 32));
      picture.setRequiresGradient(true);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        gradients.backward(network.inputGradient(picture, method).square().sum());
      }
      network
          .weights()
          .forEach(
              (name, weight) -> {
                double length = weight.getGradient().norm().getFloat();
                // What is added to every logit alike changes none of their slopes.
                if (name.startsWith("heads.") && name.endsWith(".4.bias")) {
                  assertThat(length).as(name).isZero();
                } else if (name.endsWith("weight") || name.endsWith("weight_orig")) {
                  assertThat(length).as(name).isPositive().isFinite();
                }
              });
    }
  }
}
