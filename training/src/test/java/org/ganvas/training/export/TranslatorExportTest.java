package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TilePolicy;
import org.ganvas.inference.task.TranslateOptions;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslatorExportTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 70", "101, 67"})
  void aGeneratorOfCycleGanTakesPicturesOfAnySize(int width, int height) throws IOException {
    try (ImageTranslator translator = open(Precision.FLOAT32)) {
      Picture result = translator.translate(noise(width, height));
      assertThat(List.of(result.width(), result.height())).containsExactly(width, height);
    }
  }

  @Test
  void itsTilesAreThoseOfTheWholePicture() throws IOException {
    Picture picture = noise(401, 190);
    try (ImageTranslator translator = open(Precision.FLOAT32)) {
      Picture whole = translator.translate(picture, tiles(TilePolicy.OFF));
      Picture tiled = translator.translate(picture, tiles(new TilePolicy.Size(240)));
      assertThat(IntStream.range(0, whole.samples().length).map(i -> whole.samples()[i]).distinct())
          .hasSizeGreaterThan(30);
      assertThat(largestDifference(whole, tiled)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void inBfloat16TooItDoesNotMatterWhereTheTilesAre() throws IOException {
    Picture picture = noise(401, 190);
    try (ImageTranslator translator = open(Precision.BFLOAT16)) {
      Picture some = translator.translate(picture, tiles(new TilePolicy.Size(240)));
      Picture others = translator.translate(picture, tiles(new TilePolicy.Size(300)));
      assertThat(largestDifference(some, others)).isLessThanOrEqualTo(2);
    }
  }

  private static int largestDifference(Picture a, Picture b) {
    assertThat(a.samples()).hasSameSizeAs(b.samples());
    return IntStream.range(0, a.samples().length)
        .map(i -> Math.abs(a.samples()[i] - b.samples()[i]))
        .max()
        .orElseThrow();
  }

  /** Whose tiles are at least 896 pixels wide: a margin of 381 and multiples of 128. */
  @Test
  void tilesOfAUNetAgreeWhereverTheyAre() throws IOException {
    Picture picture = noise(1152, 130);
    try (ImageTranslator translator = open("unet-128", "never")) {
      Picture some = translator.translate(picture, tiles(new TilePolicy.Size(896)));
      Picture others = translator.translate(picture, tiles(new TilePolicy.Size(1024)));
      assertThat(IntStream.range(0, some.samples().length).map(i -> some.samples()[i]).distinct())
          .hasSizeGreaterThan(30);
      assertThat(largestDifference(some, others)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aModelThatKeepsItsNoiseGivesNoPictureTwice() throws IOException {
    Picture picture = noise(128, 128);
    try (ImageTranslator translator = open("unet-128", "always")) {
      assertThat(largestDifference(translator.translate(picture), translator.translate(picture)))
          .isGreaterThan(2);
    }
    try (ImageTranslator translator = open("unet-128", "training")) {
      assertThat(largestDifference(translator.translate(picture), translator.translate(picture)))
          .isZero();
    }
  }

  private ImageTranslator open(Precision precision) throws IOException {
    return open("resnet-6", Map.of("channels", "4"), precision);
  }

  private ImageTranslator open(String unet, String dropout) throws IOException {
    Map<String, String> options =
        Map.of("channels", "4", "normalization", "instance-affine", "dropout", dropout);
    return open(unet, options, Precision.FLOAT32);
  }

  private ImageTranslator open(
      String architecture, Map<String, String> options, Precision precision) throws IOException {
    Architecture network = Architectures.create(architecture, options);
    StateDict weights = network.program().initialize(3);
    TrainingPlan plan =
        Recipes.named("super-resolution")
            .draft()
            .set("name", "translator")
            .set("data.folders", List.of("none"))
            .finish();
    ExportedModel model =
        new ExportedModel("translator", Purpose.translation(null), architecture, network, weights);
    ModelFile file =
        ModelExporter.export(
            network.program(),
            weights,
            ModelCards.of(model, plan, 1, List.of()),
            folder.resolve("translator.pt"));
    return ImageTranslator.open(file, new ComputeChoice(DeviceChoice.CPU, precision));
  }

  private static TranslateOptions tiles(TilePolicy tiles) {
    return TranslateOptions.DEFAULT.withTiles(tiles, TileMargin.EXACT);
  }

  /** Blocks of random colours: a picture that differs from place to place. */
  private static Picture noise(int width, int height) {
    short[] samples = new short[width * height * 3];
    for (int i = 0; i < samples.length; i++) {
      int block = (i / 3 % width / 9 * 1000 + i / 3 / width / 7) * 3 + i % 3;
      samples[i] = (short) new SplittableRandom(block).nextInt(256);
    }
    return new Picture(width, height, PixelLayout.RGB, 8, samples);
  }
}
