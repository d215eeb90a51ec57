package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ganvas.inference.image.Bicubic;
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
import org.ganvas.training.network.BackProjection;
import org.ganvas.training.network.CompactSr;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A network that brings its result nearer to the picture that it is made of. */
class BackProjectionTest {
  private static final ComputeChoice FLOAT32 =
      new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);

  @TempDir Path folder;

  private ModelFile export(int scale, BackProjection backProjection) throws IOException {
    CompactSr network = new CompactSr(8, 2, scale, backProjection);
    return TinyModels.write(network, "compact-sr", folder.resolve(backProjection + ".pt"));
  }

  @ParameterizedTest
  @CsvSource({"2, 24, 17", "3, 20, 20", "4, 24, 17", "4, 5, 40"})
  void whatIsMadeSmallAgainIsNearerToThePicture(int scale, int width, int height)
      throws IOException {
    FloatPlanes picture = smooth(width, height);
    double without = distance(export(scale, BackProjection.NONE), picture, scale);
    double with = distance(export(scale, BackProjection.PICTURE), picture, scale);
    assertThat(without).isGreaterThan(1e-3);
    assertThat(with).isLessThan(without / 3);
  }

  /** The root mean square of what the result, made small again, lacks of the picture. */
  private static double distance(ModelFile file, FloatPlanes picture, int scale)
      throws IOException {
    try (GeneratorModel model = GeneratorModel.load(file, FLOAT32)) {
      FloatPlanes result = model.run(picture, ProgramMethod.PLAIN);
      int pixels = result.width() * result.height();
      double sum = 0;
      for (int c = 0; c < 3; c++) {
        float[] plane = Arrays.copyOfRange(result.values(), c * pixels, (c + 1) * pixels);
        float[] small =
            Bicubic.resize(
                plane, result.width(), result.height(), picture.width(), picture.height());
        for (int i = 0; i < small.length; i++) {
          double difference = small[i] - picture.values()[c * small.length + i];
          sum += difference * difference;
        }
      }
      assertThat(result.width()).isEqualTo(scale * picture.width());
      return Math.sqrt(sum / picture.values().length);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 40, 37", "4, 24, 17", "4, 80, 50"})
  void theColoursStayThoseOfThePicture(int scale, int width, int height) throws IOException {
    FloatPlanes picture = smooth(width, height);
    double without = shift(export(scale, BackProjection.NONE), picture);
    double with = shift(export(scale, BackProjection.COLORS), picture);
    assertThat(without).isGreaterThan(5e-3);
    assertThat(with).isLessThan(without / 10);
  }

  /** The most that the mean of a channel of the result differs from that of the picture. */
  private static double shift(ModelFile file, FloatPlanes picture) throws IOException {
    try (GeneratorModel model = GeneratorModel.load(file, FLOAT32)) {
      double[] wanted = means(picture);
      double[] found = means(model.run(picture, ProgramMethod.PLAIN));
      return IntStream.range(0, 3).mapToDouble(c -> Math.abs(found[c] - wanted[c])).max().orElse(0);
    }
  }

  private static double[] means(FloatPlanes planes) {
    int pixels = planes.values().length / 3;
    double[] means = new double[3];
    for (int i = 0; i < planes.values().length; i++) {
      means[i / pixels] += Math.min(1, Math.max(0, planes.values()[i])) / pixels;
    }
    return means;
  }

  @ParameterizedTest
  @CsvSource({"2, PICTURE", "4, PICTURE", "2, COLORS", "4, COLORS"})
  void tilesThatMustBeExactAre(int scale, BackProjection projection) throws IOException {
    Picture photo = TinyModels.noise(300, 75);
    try (Upscaler upscaler = Upscaler.open(export(scale, projection), FLOAT32)) {
      assertThat(upscaled(upscaler, photo, new TilePolicy.Size(64), TileMargin.EXACT))
          .isEqualTo(upscaled(upscaler, photo, TilePolicy.OFF, TileMargin.DEFAULT));
    }
  }

  private static short[] upscaled(
      Upscaler upscaler, Picture photo, TilePolicy tiles, TileMargin margin) throws IOException {
    return upscaler.upscale(photo, UpscaleOptions.DEFAULT.withTiles(tiles, margin)).samples();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, PICTURE", "1, 9, PICTURE", "2, 3, PICTURE", "1, 1, COLORS", "1, 9, COLORS"})
  void picturesOfAFewPixelsComeOutWhole(int width, int height, BackProjection projection)
      throws IOException {
    try (Upscaler upscaler = Upscaler.open(export(4, projection), FLOAT32)) {
      Picture result = upscaler.upscale(TinyModels.noise(width, height), UpscaleOptions.DEFAULT);
      assertThat(result.width()).isEqualTo(4 * width);
      assertThat(result.height()).isEqualTo(4 * height);
    }
  }

  private static FloatPlanes smooth(int width, int height) {
    FloatPlanes planes = FloatPlanes.zeros(3, height, width);
    for (int i = 0; i < planes.values().length; i++) {
      int x = i % width;
      int y = i / width;
      planes.values()[i] = (float) (0.5 + 0.3 * Math.sin(x / 2.0) * Math.cos(y / 3.0));
    }
    return planes;
  }
}
