package org.ganvas.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureNetwork;
import org.ganvas.training.network.FeatureWeights;
import org.ganvas.training.network.FormulaWeights;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.TorchScriptArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFeaturesTest {
  private static final int SIDE = 64;

  @TempDir private Path folder;
  private Path weights;

  @BeforeEach
  void writeWeights() throws IOException {
    weights = folder.resolve("squeezenet.pt");
    FeatureArchitecture architecture = FeatureArchitecture.SQUEEZENET;
    Program program = architecture.program(architecture.distanceLayers());
    try (OutputStream out = Files.newOutputStream(weights)) {
      TorchScriptArchive.write(out, program, FormulaWeights.of(program), Map.of());
    }
  }

  @Test
  void featuresAreTheMeansOfTheLastLayersChannels() throws IOException {
    float[] two = pictures(2 * 3 * SIDE * SIDE);
    float[][] found;
    try (PictureFeatures features = PictureFeatures.open(weights)) {
      assertThat(features.network()).isEqualTo("SqueezeNet");
      found = features.of(Batch.Tensor.of(two, 2, 3, SIDE, SIDE));
    }
    ProgramMethod method = new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
    FeatureWeights read = FeatureWeights.read(weights);
    try (FeatureNetwork network = FeatureNetwork.load(read, List.of("fire9"), Device.cpu());
        NDManager scope = network.newScope()) {
      NDArray batch = scope.create(two, new Shape(2, 3, SIDE, SIDE));
      NDArray maps = network.features(batch, method, false).singletonOrThrow();
      float[] values = maps.toFloatArray();
      int area = (int) (maps.getShape().get(2) * maps.getShape().get(3));
      assertThat(area).isGreaterThan(1);
      for (int i = 0; i < values.length / area; i++) {
        double mean = 0;
        for (int j = 0; j < area; j++) {
          mean += values[i * area + j] / area;
        }
        assertThat(found[i / 512][i % 512]).isCloseTo((float) mean, within(1e-4f));
      }
    }
  }

  @Test
  void aSmallGreyPictureIsSeenAsThreeEqualChannelsAlsoAmongOthers() throws IOException {
    int area = 16 * 16;
    float[] grey = pictures(60 * area);
    float[] last = new float[3 * area];
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(grey, 59 * area, last, channel * area, area);
    }
    try (PictureFeatures features = PictureFeatures.open(weights)) {
      float[][] all = features.of(Batch.Tensor.of(grey, 60, 1, 16, 16));
      float[][] one = features.of(Batch.Tensor.of(last, 1, 3, 16, 16));
      assertThat(all).hasDimensions(60, 512);
      assertThat(all[59]).containsExactly(one[0], within(1e-3f));
      assertThat(Arrays.equals(all[0], all[59])).isFalse();
    }
  }

  private static float[] pictures(int size) {
    return FormulaWeights.numbers("pictures", size, 0.5f, 0.5f);
  }
}
