package org.ganvas.training.metric;

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
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void psnrAndSsimAreWhatTheirDefinitionsGive() throws Exception {
    int cases = 0;
    try (InputStream stream = FiguresTest.class.getResourceAsStream("figures.txt");
        Scanner numbers = new Scanner(stream, StandardCharsets.US_ASCII)) {
      while (numbers.hasNextInt()) {
        int width = numbers.nextInt();
        int height = numbers.nextInt();
        int border = numbers.nextInt();
        double psnr = Double.parseDouble(numbers.next());
        double ssim = Double.parseDouble(numbers.next());
        Luma a = Luma.of(read(numbers, width, height), border);
        Luma b = Luma.of(read(numbers, width, height), border);
        assertThat(Psnr.of(a, b)).isCloseTo(psnr, within(1e-9));
        assertThat(Psnr.of(b, a)).isCloseTo(psnr, within(1e-9));
        assertThat(Ssim.of(a, b)).isCloseTo(ssim, within(1e-9));
        cases++;
      }
    }
    assertThat(cases).isEqualTo(3);
  }

  private static Picture read(Scanner numbers, int width, int height) {
    short[] samples = new short[width * height * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = numbers.nextShort();
    }
    return new Picture(width, height, PixelLayout.RGB, 8, samples);
  }

  @Test
  void aPictureIsLikeItself() {
    Luma luma = Luma.of(filled(PixelLayout.RGB, 8, 12), 0);
    assertThat(Psnr.of(luma, luma)).isInfinite().isPositive();
    assertThat(Ssim.of(luma, luma)).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneEqualPictureDoesNotHideTheOthersInAMean() {
    double infinite = Double.POSITIVE_INFINITY;
    assertThat(Psnr.mean(20, infinite, 30)).isEqualTo(50);
    assertThat(Psnr.mean(infinite, infinite)).isInfinite();
    assertThat(
            ColorFidelity.mean(
                    List.of(new ColorFidelity(0, infinite, 1), new ColorFidelity(0.1, 20, 0.5)))
                .psnr())
        .isEqualTo(60);
  }

  @Test
  void lumaGoesFromSixteenToTwoHundredThirtyFive() {
    assertThat(Luma.of(filled(PixelLayout.RGB, 8, 0), 0).samples()).containsOnly(16);
    assertThat(Luma.of(filled(PixelLayout.RGB, 8, 255), 0).samples()).containsOnly(235);
  }

  @Test
  void aGreyPictureHasTheLumaOfItsThreefoldCopy() {
    double[] rgb = Luma.of(filled(PixelLayout.RGB, 8, 77), 3).samples();
    assertThat(Luma.of(filled(PixelLayout.GRAY, 8, 77), 3).samples()).isEqualTo(rgb);
    assertThat(Luma.of(filled(PixelLayout.GRAY_ALPHA, 8, 77), 3).samples()).isEqualTo(rgb);
    assertThat(Luma.of(filled(PixelLayout.RGBA, 8, 77), 3).samples()).isEqualTo(rgb);
    assertThat(rgb).hasSize((14 - 6) * (12 - 6));
  }

  @Test
  void refusesWhatCannotBeMeasured() {
    Picture picture = filled(PixelLayout.RGB, 8, 1);
    assertThatThrownBy(() -> Luma.of(filled(PixelLayout.RGB, 16, 1), 0))
        .hasMessage("figures are measured on 8 bits, found 16");
    assertThatThrownBy(() -> Luma.of(picture, 6)).hasMessageContaining("found 14x12");
    assertThatThrownBy(() -> Psnr.of(Luma.of(picture, 0), Luma.of(picture, 1)))
        .hasMessageContaining("found 14x12 and 12x10");
    assertThatThrownBy(() -> Ssim.of(Luma.of(picture, 1), Luma.of(picture, 1)))
        .hasMessageContaining("at least 11 pixels per side inside the border, found 12x10");
  }

  private static Picture filled(PixelLayout layout, int bitDepth, int value) {
    short[] samples = new short[14 * 12 * layout.channels()];
    Arrays.fill(samples, (short) value);
    return new Picture(14, 12, layout, bitDepth, samples);
  }
}
