package org.ganvas.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.metric.ColorFidelity;
import org.junit.jupiter.api.Test;

/** {@code colors.txt} was written by {@code src/test/oracle/distributions.py}. */
class ColorMatchTest {

  @Test
  void fidelityAndMapAreWhatTheirDefinitionsGive() throws Exception {
    try (InputStream stream = ColorMatchTest.class.getResourceAsStream("colors.txt");
        Scanner numbers = new Scanner(stream, StandardCharsets.US_ASCII)) {
      int width = numbers.nextInt();
      int height = numbers.nextInt();
      double[] figures = read(numbers, 3);
      double[] matrix = read(numbers, 9);
      double[] offset = read(numbers, 3);
      Picture a = picture(numbers, width, height);
      Picture b = picture(numbers, width, height);
      ColorFidelity fidelity = ColorFidelity.of(a, b);
      assertThat(fidelity.l1()).isCloseTo(figures[0], within(1e-12));
      assertThat(fidelity.psnr()).isCloseTo(figures[1], within(1e-9));
      assertThat(fidelity.ssim()).isCloseTo(figures[2], within(1e-9));
      ColorMatch match = ColorMatch.between(List.of(a), List.of(b));
      assertThat(match.matrix()).containsExactly(matrix, within(1e-9));
      assertThat(match.offset()).containsExactly(offset, within(1e-7));
    }
  }

  @Test
  void whatIsMatchedHasTheColoursOfTheOtherSet() {
    Picture dark = noise(1, 40, 20);
    Picture bright = noise(2, 150, 35);
    Picture matched = ColorMatch.between(List.of(dark), List.of(bright)).apply(dark);
    ColorMatch again = ColorMatch.between(List.of(matched), List.of(bright));
    for (int i = 0; i < 9; i++) {
      assertThat(again.matrix()[i]).isCloseTo(i % 4 == 0 ? 1 : 0, within(0.02));
    }
    assertThat(ColorFidelity.of(matched, matched).psnr()).isInfinite();
  }

  @Test
  void aGreySetCanBeMatched() {
    short[] grey = new short[3 * 100];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (short) (i / 3);
    }
    Picture ramp = new Picture(10, 10, PixelLayout.RGB, 8, grey);
    Picture matched = ColorMatch.between(List.of(ramp), List.of(noise(3, 100, 20))).apply(ramp);
    double mean = 0;
    for (short sample : matched.samples()) {
      mean += sample / 300.0;
    }
    assertThat(mean).isCloseTo(100, within(6.0));
  }

  @Test
  void whatIsNotRgbOrNotOfOneSizeIsRefused() {
    Picture rgb = noise(1, 40, 20);
    Picture grey = new Picture(2, 1, PixelLayout.GRAY, 8, new short[2]);
    assertThatThrownBy(() -> ColorMatch.between(List.of(rgb), List.of(grey)))
        .hasMessageContaining("RGB of 8 bits, found GRAY of 8");
    assertThatThrownBy(() -> ColorFidelity.of(rgb, grey))
        .hasMessageContaining("same size are compared, found 30x20 and 2x1");
    assertThatThrownBy(() -> ColorFidelity.of(grey, grey))
        .hasMessageContaining("at least 11 pixels per side, found 2x1");
  }

  private static Picture noise(long seed, int mean, int deviation) {
    java.util.Random random = new java.util.Random(seed);
    short[] samples = new short[3 * 30 * 20];
    for (int i = 0; i < samples.length; i++) {
      long value = Math.round(mean + deviation * random.nextGaussian());
      samples[i] = (short) Math.max(0, Math.min(255, value));
    }
    return new Picture(30, 20, PixelLayout.RGB, 8, samples);
  }

  private static double[] read(Scanner numbers, int count) {
    double[] read = new double[count];
    Arrays.setAll(read, i -> Double.parseDouble(numbers.next()));
    return read;
  }

  private static Picture picture(Scanner numbers, int width, int height) {
    short[] samples = new short[width * height * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = numbers.nextShort();
    }
    return new Picture(width, height, PixelLayout.RGB, 8, samples);
  }
}
