package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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
import org.ganvas.training.network.CompactSr;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that brings its result nearer to the picture that it is made of. */
class BackProjectionTest {
  private static final ComputeChoice FLOAT32 =
      new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);

  @TempDir Path folder;

  private ModelFile export(int scale, boolean backProjection) throws IOException {
    CompactSr network = new CompactSr(8, 2, scale, backProjection);
    return TinyModels.write(network, "compact-sr", folder.resolve(backProjection + ".pt"));
  }

  @ParameterizedTest
  @CsvSource({"2, 24, 17", "3, 20, 20", "4, 24, 17", "4, 5, 40"})
  void whatIsMadeSmallAgainIsNearerToThePicture(int scale, int width, int height)
      throws IOException {
    FloatPlanes picture = smooth(width, height);
    double without = distance(export(scale, false), picture, scale);
    double with = distance(export(scale, true), picture, scale);
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
  @ValueSource(ints = {2, 4})
  void tilesThatMustBeExactAre(int scale) throws IOException {
    Picture photo = TinyModels.noise(300, 75);
    try (Upscaler upscaler = Upscaler.open(export(scale, true), FLOAT32)) {
      assertThat(upscaled(upscaler, photo, new TilePolicy.Size(64), TileMargin.EXACT))
          .isEqualTo(upscaled(upscaler, photo, TilePolicy.OFF, TileMargin.DEFAULT));
    }
  }

  private static short[] upscaled(
      Upscaler upscaler, Picture photo, TilePolicy tiles, TileMargin margin) throws IOException {
    return upscaler.upscale(photo, UpscaleOptions.DEFAULT.withTiles(tiles, margin)).samples();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 9", "2, 3"})
  void picturesOfAFewPixelsComeOutWhole(int width, int height) throws IOException {
    try (Upscaler upscaler = Upscaler.open(export(4, true), FLOAT32)) {
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
