package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TilePolicy;
import org.ganvas.inference.task.UpscaleOptions;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.network.CompactSr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions by NNPACK against libtorch's own. */
class WinogradTest {
  private static final ComputeChoice FLOAT32 =
      new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);

  @TempDir Path folder;
  private ModelFile file;
  private GeneratorModel model;

  @BeforeEach
  void load() throws IOException {
    file = export(new CompactSr(16, 3, 2), "compact-sr");
    model = GeneratorModel.load(file, FLOAT32);
    assumeTrue(model.hasWinograd(), "this libtorch comes without NNPACK");
  }

  @AfterEach
  void close() {
    model.close();
  }

  private ModelFile export(Architecture network, String name) throws IOException {
    return TinyModels.write(network, name, folder.resolve(name + ".pt"));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "5, 7", "6, 6", "7, 300", "8, 12", "97, 64"})
  void givesWhatDirectConvolutionsGiveButForRounding(int width, int height) throws IOException {
    FloatPlanes picture = noise(width, height);
    FloatPlanes direct = model.run(picture, ProgramMethod.PLAIN);
    FloatPlanes winograd = model.run(picture, ProgramMethod.WINOGRAD, 1);
    assertThat(winograd.width()).isEqualTo(2 * width);
    for (int i = 0; i < direct.values().length; i++) {
      assertThat(winograd.values()[i])
          .isBetween(direct.values()[i] - 1e-5f, direct.values()[i] + 1e-5f);
    }
  }

  @Test
  void isChosenFromForRunsOfOneThreadOnly() throws IOException {
    assertThat(model.methodFor(1).winograd()).isFalse();
    assertThat(model.methodForOneThread(1).precision()).isEqualTo(Precision.FLOAT32);
    try (GeneratorModel reduced =
        GeneratorModel.load(file, new ComputeChoice(DeviceChoice.CPU, Precision.BFLOAT16))) {
      assertThat(reduced.methodForOneThread(1).winograd()).isFalse();
    }
  }

  @Test
  void aNetworkWithoutSuchConvolutionsHasItNot() {
    assertThat(Architectures.create("dcgan", Map.of()).program().code()).doesNotContain("nnpack");
  }

  @Test
  void tilesThatMustBeExactAreComputedDirectly() throws IOException {
    Picture photo = TinyModels.noise(500, 75);
    try (Upscaler upscaler = Upscaler.open(file, FLOAT32)) {
      UpscaleOptions whole = UpscaleOptions.DEFAULT.withTiles(TilePolicy.OFF, TileMargin.DEFAULT);
      Picture untiled = upscaler.upscale(photo, whole);
      Picture exact =
          upscaler.upscale(
              photo, UpscaleOptions.DEFAULT.withTiles(TilePolicy.AUTO, TileMargin.EXACT));
      Picture tiled = upscaler.upscale(photo, UpscaleOptions.DEFAULT);
      assertThat(exact.samples()).isEqualTo(untiled.samples());
      for (int i = 0; i < untiled.samples().length; i++) {
        assertThat(tiled.samples()[i] - untiled.samples()[i]).isBetween(-1, 1);
      }
    }
  }

  private static FloatPlanes noise(int width, int height) {
    SplittableRandom random = new SplittableRandom(1);
    FloatPlanes planes = FloatPlanes.zeros(3, height, width);
    for (int i = 0; i < planes.values().length; i++) {
      planes.values()[i] = (float) random.nextDouble();
    }
    return planes;
  }
}
