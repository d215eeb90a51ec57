package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialWeightsTest {
  private static final CompactSr SHALLOW = new CompactSr(4, 2, 2);
  private static final CompactSr DEEP = new CompactSr(4, 4, 2);

  @TempDir private Path folder;

  private static float[] enlarged(CompactSr architecture, StateDict weights) throws IOException {
    try (LoadedNetwork network = LoadedNetwork.load(architecture.program(), weights, Device.cpu());
        NDArray picture =
            network.manager().arange(3 * 5 * 7).div(105).reshape(new Shape(1, 3, 5, 7));
        NDArray enlarged =
            network.forward(
                picture,
                new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST),
                false)) {
      return enlarged.toFloatArray();
    }
  }

  @Test
  void aDeeperNetworkBeginsAsTheShallowerOneOfTheFile() throws IOException {
    Path file = folder.resolve("shallow.safetensors");
    StateDict shallow = SHALLOW.program().initialize(3);
    Safetensors.write(file, shallow);
    List<String> said = new ArrayList<>();
    StateDict deep = InitialWeights.of(DEEP, 4, file.toString(), said::add);
    assertThat(said).containsExactly("took 14 of 22 tensors from " + file);
    assertThat(enlarged(DEEP, deep)).isEqualTo(enlarged(SHALLOW, shallow));
    assertThat(enlarged(DEEP, DEEP.program().initialize(4))).isNotEqualTo(enlarged(DEEP, deep));
    // What is before the end of a new block must not be zero as well, or it could never learn.
    assertThat(deep.get("body.3.conv1.weight").data()).doesNotContain(0);
  }

  @Test
  void withoutAFileAllWeightsAreFresh() throws IOException {
    StateDict fresh = InitialWeights.of(DEEP, 4, null, said -> {});
    assertThat(fresh.get("body.3.conv2.weight").data()).doesNotContain(0);
  }

  @Test
  void aFileOfAnotherNetworkIsRefused() throws IOException {
    Path file = folder.resolve("other.safetensors");
    Safetensors.write(file, new CompactSr(8, 2, 4).program().initialize(3));
    assertThatThrownBy(() -> InitialWeights.of(DEEP, 4, file.toString(), said -> {}))
        .hasMessageContaining("with none of its 14 tensors");
  }
}
