package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnsharpMaskTest {
  private static final Path PHOTO = Path.of("..", "samples", "cat.jpg");

  private static RgbPhoto photo() throws IOException {
    return PhotoReader.decode(Files.readAllBytes(PHOTO));
  }

  @Test
  void aFlatPictureStaysAsItIs() {
    byte[] flat = new byte[3 * 20 * 9];
    Arrays.fill(flat, (byte) 131);
    RgbPhoto sharp = new UnsharpMask(2, 1.5).of(new RgbPhoto(20, 9, flat));
    assertThat(sharp.samples()).isEqualTo(flat);
  }

  @ParameterizedTest
  @CsvSource({"0.7, 1.2", "1.5, 0.5", "0.5, 4"})
  void anEdgeGetsWhatTheGaussianTakesAway(double amount, double deviation) {
    int width = 80;
    byte[] edge = new byte[3 * width];
    for (int i = 0; i < edge.length; i++) {
      edge[i] = (byte) (i / 3 < width / 2 ? 100 : 150);
    }
    RgbPhoto sharp = new UnsharpMask(amount, deviation).of(new RgbPhoto(width, 1, edge));
    double sum = 0;
    for (int d = -40; d <= 40; d++) {
      sum += Math.exp(-d * d / (2 * deviation * deviation));
    }
    for (int x = 20; x < 60; x++) {
      double bright = 0;
      for (int d = -40; d <= 40; d++) {
        bright += x + d >= width / 2 ? Math.exp(-d * d / (2 * deviation * deviation)) / sum : 0;
      }
      double given = x < width / 2 ? 100 : 150;
      double expected = given + amount * (given - (100 + 50 * bright));
      // The blur is rounded to whole numbers before it is multiplied, and so is the result.
      assertThat(sharp.samples()[3 * x] & 255)
          .as("column %d", x)
          .isCloseTo((int) Math.round(expected), within((int) Math.ceil(amount + 0.5)));
    }
    assertThat(sharp.samples()[3 * (width / 2)] & 255).isGreaterThan(155);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "17, 31", "150, 120"})
  void aSquareIsThatOfTheWholeSharpenedPhoto(int x, int y) throws IOException {
    RgbPhoto photo = photo();
    UnsharpMask sharpening = new UnsharpMask(0.7, 1.2);
    RgbPhoto square = sharpening.square(photo, x, y, 32);
    assertThat(square.samples()).isEqualTo(sharpening.of(photo).square(x, y, 32).samples());
    assertThat(square.samples()).isNotEqualTo(photo.square(x, y, 32).samples());
  }

  @Test
  void alsoASquareInTheFarCorner() throws IOException {
    RgbPhoto photo = photo();
    UnsharpMask sharpening = new UnsharpMask(1, 2);
    int x = photo.width() - 24;
    int y = photo.height() - 24;
    assertThat(sharpening.square(photo, x, y, 24).samples())
        .isEqualTo(sharpening.of(photo).square(x, y, 24).samples());
  }

  @Test
  void thePhotoThatIsSharpenedStaysAsItIs() throws IOException {
    RgbPhoto photo = photo();
    byte[] before = photo.samples().clone();
    new UnsharpMask(1, 1).of(photo);
    assertThat(photo.samples()).isEqualTo(before);
  }

  @Test
  void noneGivesTheSquareAsItIs() throws IOException {
    RgbPhoto photo = photo();
    assertThat(UnsharpMask.NONE.square(photo, 5, 9, 16).samples())
        .isEqualTo(photo.square(5, 9, 16).samples());
  }

  @Test
  void refusesWhatIsNoSharpening() {
    assertThatThrownBy(() -> new UnsharpMask(-1, 1)).hasMessageContaining("found -1");
    assertThatThrownBy(() -> new UnsharpMask(Double.NaN, 1)).hasMessageContaining("found NaN");
    assertThatThrownBy(() -> new UnsharpMask(1, 0)).hasMessageContaining("found 0");
  }
}
