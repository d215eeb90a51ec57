package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidualOutputTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
  private static final int SIDE = 16;
  private static final float[] PICTURE =
      FormulaWeights.numbers("picture", 3 * SIDE * SIDE, 0.5f, 0.5f);

  private static Program program(String output) {
    return Architectures.create("resnet-6", Map.of("channels", "4", "output", output)).program();
  }

  private static float[] result(Program program, StateDict weights) throws IOException {
    try (LoadedNetwork network = LoadedNetwork.load(program, weights, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      return network
          .forward(scope.create(PICTURE, new Shape(1, 3, SIDE, SIDE)), PLAIN, false)
          .toFloatArray();
    }
  }

  @Test
  void aTenthOfWhatTheOtherFormPutsThroughTanhIsAddedToThePicture() throws IOException {
    StateDict weights = program("tanh").initialize(3);
    float[] tanh = result(program("tanh"), weights);
    float[] residual = result(program("residual"), weights);
    for (int i = 0; i < PICTURE.length; i++) {
      double h = atanh(2.0 * tanh[i] - 1);
      assertThat((double) residual[i]).isCloseTo(PICTURE[i] + h / 10, within(2e-5));
    }
  }

  /** A wide and deep one without norms too, whose blocks must not add to the magnitudes. */
  @ParameterizedTest
  @CsvSource({
    "resnet-6, 4, instance, transposed, 0.05",
    "resnet-6, 4, none, nearest, 0.05",
    "resnet-9, 64, none, nearest, 0.1",
    "resnet-9, 64, none, transposed, 0.1"
  })
  void aNetworkThatKnowsNothingLeavesThePictureAlmostAsItIs(
      String name, String channels, String normalization, String upsampling, double most)
      throws IOException {
    Map<String, String> options =
        Map.of(
            "channels", channels,
            "normalization", normalization,
            "upsampling", upsampling,
            "output", "residual");
    Program program = Architectures.create(name, options).program();
    float[] made = result(program, program.initialize(3));
    double sum = 0;
    for (int i = 0; i < PICTURE.length; i++) {
      sum += Math.abs(made[i] - PICTURE[i]) / PICTURE.length;
    }
    assertThat(sum).isPositive().isLessThan(most);
  }

  @Test
  void itNeedsAsManyChannelsOutAsIn() {
    assertThatThrownBy(
            () ->
                Architectures.create(
                    "resnet-6", Map.of("outputChannels", "1", "output", "residual")))
        .hasMessageContaining("found 3 and 1; choose output=tanh");
  }

  private static double atanh(double x) {
    return 0.5 * Math.log((1 + x) / (1 - x));
  }
}
