package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.LatentSpace.Distribution;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.task.Latent;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;

class LatentSourceTest {
  private static final LatentSpace SPACE =
      new LatentSpace(6, Distribution.SPHERE, List.of("a", "b"));
  private static final LatentSource SOURCE = new LatentSource(SPACE, 3);

  @Test
  void aStepsVectorsDependOnSeedAndStepAlone() {
    float[] drawn = SOURCE.draw(7, 4);
    assertThat(new LatentSource(SPACE, 3).draw(7, 4)).isEqualTo(drawn);
    assertThat(SOURCE.draw(8, 4)).isNotEqualTo(drawn);
    assertThat(new LatentSource(SPACE, 4).draw(7, 4)).isNotEqualTo(drawn);
    assertThat(Arrays.copyOf(drawn, 6)).isNotEqualTo(Arrays.copyOfRange(drawn, 6, 12));
  }

  @Test
  void theyAreDrawnAsServingDrawsThem() {
    long seed = 3 * 1_000_003 + 7;
    assertThat(SOURCE.draw(7, 1)).isEqualTo(Latent.ofSeed(SPACE, seed).values());
  }

  @Test
  void labelsComeInTurnBehindTheVectors() {
    float[] inputs = SOURCE.drawWithLabels(7, 2);
    assertThat(Arrays.copyOfRange(inputs, 6, 8)).containsExactly(1, 0);
    assertThat(Arrays.copyOfRange(inputs, 14, 16)).containsExactly(0, 1);
    assertThat(Arrays.copyOfRange(inputs, 8, 14))
        .isEqualTo(Arrays.copyOfRange(SOURCE.draw(7, 2), 6, 12));
  }

  @Test
  void standingStatisticsMakeServingGiveWhatTrainingGave() throws IOException {
    Program program =
        Architectures.create(
                "dcgan", Map.of("side", "32", "channels", "4", "latent", "6", "classes", "2"))
            .program();
    StateDict initial = program.initialize(1);
    try (LoadedNetwork network = LoadedNetwork.load(program, initial, Device.cpu())) {
      StateDict measured = new StandingStatistics(SOURCE).measured(network, initial);
      assertThat(network.stateDict().get("main.1.running_mean").data()).containsOnly(0);
      // The rest is what a thousand pictures differ from many.
      assertThat(difference(program, measured)).isLessThan(difference(program, initial) / 2);
    }
  }

  /** The mean difference of the pictures by the batch's statistics and by the running ones. */
  private static double difference(Program program, StateDict state) throws IOException {
    ProgramMethod method = new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
    try (LoadedNetwork network = LoadedNetwork.load(program, state, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray input = scope.create(SOURCE.drawWithLabels(1, 1000), new Shape(1000, 8, 1, 1));
      NDArray served = network.forward(input, method, false);
      return network.forward(input, method, true).sub(served).abs().mean().getFloat();
    }
  }
}
