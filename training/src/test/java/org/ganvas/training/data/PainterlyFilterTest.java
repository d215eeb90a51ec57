package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PainterlyFilterTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @Test
  void aPaintingDiffersClearlyFromItsPhotoAndIsAlwaysTheSame() throws IOException {
    RgbPhoto photo = PhotoReader.decode(Files.readAllBytes(SAMPLES.resolve("coffee.jpg")));
    byte[] before = photo.samples().clone();
    RgbPhoto painting = PainterlyFilter.paint(photo);
    assertThat(photo.samples()).isEqualTo(before);
    assertThat(PainterlyFilter.paint(photo).samples()).isEqualTo(painting.samples());
    double difference = 0;
    for (int i = 0; i < before.length; i++) {
      difference += Math.abs((before[i] & 255) - (painting.samples()[i] & 255));
    }
    assertThat(difference / before.length).isGreaterThan(15);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 9", "31, 5"})
  void anySizeCanBePaintedAndIfBlackBecomesThinnedInk(int width, int height) {
    RgbPhoto photo = new RgbPhoto(width, height, new byte[3 * width * height]);
    assertThat(PainterlyFilter.paint(photo).samples()).containsOnly(70, 72, 96);
  }

  @Test
  void whiteBecomesCreamPaper() {
    byte[] white = new byte[3 * 6 * 6];
    Arrays.fill(white, (byte) 255);
    assertThat(PainterlyFilter.paint(new RgbPhoto(6, 6, white)).samples())
        .containsOnly((byte) 252, (byte) 247, (byte) 232);
  }

  @Test
  void coloursBecomeStronger() {
    byte[] samples = new byte[3 * 6 * 6];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i % 3 == 0 ? 200 : 150);
    }
    // The saturation of (200, 150, 150) times 1.5 is that of (200, 125, 125).
    assertThat(PainterlyFilter.paint(new RgbPhoto(6, 6, samples)).samples())
        .containsOnly((byte) 220, (byte) 171, (byte) 173);
  }

  @Test
  void anOutlineIsInkedOnBothSidesAndNothingElseIs() {
    int side = 20;
    byte[] samples = new byte[3 * side * side];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i / 3 % side < side / 2 ? 90 : 190);
    }
    byte[] painting = PainterlyFilter.paint(new RgbPhoto(side, side, samples)).samples();
    int row = 3 * side * (side / 2);
    // Reds of the washes of 90 and 190; at the step the most ink there is, 85 %.
    assertThat(painting[row] & 255).isEqualTo(149);
    assertThat(painting[row + 3 * (side - 1)] & 255).isEqualTo(214);
    assertThat(painting[row + 3 * (side / 2 - 1)] & 255).isEqualTo(22);
    assertThat(painting[row + 3 * (side / 2)] & 255).isEqualTo(32);
  }
}
