package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void anySizeCanBePainted(int width, int height) {
    RgbPhoto photo = new RgbPhoto(width, height, new byte[3 * width * height]);
    assertThat(PainterlyFilter.paint(photo).samples()).containsOnly(0);
  }
}
