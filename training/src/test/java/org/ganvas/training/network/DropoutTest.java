package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The noise of pix2pix: results that differ although the picture is the same. */
class DropoutTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  @ParameterizedTest
  @CsvSource({
    "unet-128, training, true, false",
    "unet-128, always, true, true",
    "unet-128, never, false, false",
    "resnet-6, true, true, false",
    "resnet-6, false, false, false"
  })
  void dropsInTrainingAndAtItsUseOnlyWhereThatIsAskedFor(
      String architecture, String dropout, boolean inTraining, boolean atItsUse)
      throws IOException {
    Map<String, String> options =
        Map.of("channels", "2", "normalization", "instance", "dropout", dropout);
    Program program = Architectures.create(architecture, options).program();
    try (LoadedNetwork network = LoadedNetwork.load(program, program.initialize(1), Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      float[] noise = FormulaWeights.numbers("picture", 3 * 128 * 128, 0.5f, 0.5f);
      NDArray picture = scope.create(noise, new Shape(1, 3, 128, 128));
      assertThat(differs(network, picture, true)).isEqualTo(inTraining);
      assertThat(differs(network, picture, false)).isEqualTo(atItsUse);
    }
  }

  private static boolean differs(LoadedNetwork network, NDArray picture, boolean training) {
    NDArray once = network.forward(picture, PLAIN, training);
    return once.sub(network.forward(picture, PLAIN, training)).abs().max().getFloat() > 1e-4;
  }
}
