package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ganvas.inference.task.TestPictures.largestDifference;
import static org.ganvas.inference.task.TestPictures.mean;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Processor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is promised of the models that ship, whose networks are deep and trained. */
class ShippedModelTest {
  private static final Path MODELS = Path.of("..", "models");
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final int[][] SIZES = {{151, 99}, {97, 203}, {33, 170}};
  private static final int[] TILES = {96, 131};

  /** Sides of tiles that have more than photo-x4's exact margin of 55 pixels on each side. */
  private static final int[] EXACT_TILES = {121, 131};

  static Stream<Arguments> modelsAndPrecisions() {
    List<Precision> precisions = Processor.ofThisMachine().precisions();
    return Stream.of("photo-x4", "photo-x2", "photo-restore-x4")
        .flatMap(model -> precisions.stream().map(precision -> Arguments.of(model, precision)));
  }

  @ParameterizedTest
  @MethodSource("modelsAndPrecisions")
  void tiledIsUntiledBitForBitOrWithTheDefaultMarginWithinOneStep(String name, Precision precision)
      throws IOException {
    try (Upscaler upscaler = open(name, precision)) {
      for (int[] size : SIZES) {
        Picture picture = TestPictures.photo(size[0], size[1], PixelLayout.RGB, 8);
        Picture untiled = upscaled(upscaler, picture, TilePolicy.OFF, TileMargin.EXACT);
        for (int tile : EXACT_TILES) {
          TilePolicy tiles = new TilePolicy.Size(tile);
          assertThat(upscaled(upscaler, picture, tiles, TileMargin.EXACT).samples())
              .isEqualTo(untiled.samples());
        }
        for (int tile : TILES) {
          TilePolicy tiles = new TilePolicy.Size(tile);
          Picture tiled = upscaled(upscaler, picture, tiles, TileMargin.DEFAULT);
          assertThat(largestDifference(tiled, untiled)).isLessThanOrEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"photo-x4", "photo-x2", "photo-restore-x4", "photo-restore-x2", "photo-x4-gan"})
  void theMeanColorOfAPhotoDoesNotShift(String name) throws IOException {
    try (Upscaler upscaler = open(name, null);
        Stream<Path> photos = Files.list(SAMPLES)) {
      for (Path photo : photos.filter(p -> p.toString().endsWith(".jpg")).toList()) {
        Picture picture = new ImageDecoder().decode(photo).picture();
        Picture enlarged = upscaler.upscale(picture);
        for (int channel = 0; channel < 3; channel++) {
          assertThat(mean(enlarged, channel))
              .as("%s of %s", channel, photo)
              .isCloseTo(mean(picture, channel), Offset.offset(0.5));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"digits, 32, GRAY, 10, 0, 40", "emoji, 64, RGB, 0, 215, 255"})
  void aGeneratorMakesOfEachSeedAPictureOfItsOwnAndTheSameEveryTime(
      String name, int side, PixelLayout layout, int labels, double darkest, double brightest)
      throws IOException {
    List<Picture> pictures;
    try (ImageSampler generator = sampler(name)) {
      assertThat(generator.latentSpace().labels()).hasSize(labels);
      pictures = sample(generator, 20);
    }
    assertThat(pictures)
        .allSatisfy(
            picture -> {
              assertThat(picture.width()).isEqualTo(side);
              assertThat(picture.height()).isEqualTo(side);
              assertThat(picture.layout()).isEqualTo(layout);
              // White on black, or on white: in the corners there is nothing.
              assertThat((double) picture.samples()[0]).isBetween(darkest, brightest);
              assertThat(spread(picture)).isGreaterThan(80);
            });
    assertThat(pictures.stream().map(picture -> Arrays.hashCode(picture.samples())).distinct())
        .hasSize(20);
    try (ImageSampler again = sampler(name)) {
      List<Picture> same = sample(again, 20);
      for (int i = 0; i < 20; i++) {
        assertThat(same.get(i).samples()).isEqualTo(pictures.get(i).samples());
      }
    }
  }

  private static ImageSampler sampler(String name) throws IOException {
    return ImageSampler.open(
        ModelFile.read(MODELS.resolve(name + ".pt")),
        new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32));
  }

  private static List<Picture> sample(ImageSampler generator, int count) throws IOException {
    SampleGrid grid = SampleGrid.ofSeeds(generator.latentSpace(), List.of(), 7, count);
    return generator.sample(grid, Progress.NONE);
  }

  private static int spread(Picture picture) {
    int least = 255;
    int largest = 0;
    for (short sample : picture.samples()) {
      least = Math.min(least, sample);
      largest = Math.max(largest, sample);
    }
    return largest - least;
  }

  private static Upscaler open(String name, Precision precision) throws IOException {
    return Upscaler.open(
        ModelFile.read(MODELS.resolve(name + ".pt")),
        new ComputeChoice(DeviceChoice.CPU, precision));
  }

  private static Picture upscaled(
      Upscaler upscaler, Picture picture, TilePolicy tiles, TileMargin margin) throws IOException {
    return upscaler.upscale(picture, UpscaleOptions.DEFAULT.withTiles(tiles, margin));
  }
}
