package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;

/** Pictures made by arithmetic, and what is measured of pictures. */
final class TestPictures {
  private TestPictures() {}

  /** Slopes, edges and noise, as photos have them. Alpha is never 0. */
  static Picture photo(int width, int height, PixelLayout layout, int bitDepth) {
    Random random = new Random(width * 31L + height);
    int largest = (1 << bitDepth) - 1;
    int channels = layout.channels();
    short[] samples = new short[width * height * channels];
    for (int i = 0; i < samples.length; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      double slope = 0.5 + 0.25 * Math.sin(x / 9.0 + i % channels) * Math.cos(y / 7.0);
      double edge = (x / 11 + y / 13) % 2 == 0 ? 0.1 : -0.1;
      double value = slope + edge + 0.04 * random.nextGaussian();
      samples[i] = (short) Math.round(Math.max(0.02, Math.min(1, value)) * largest);
    }
    return new Picture(width, height, layout, bitDepth, samples);
  }

  /** How far two pictures of one size are apart where they differ most. */
  static int largestDifference(Picture a, Picture b) {
    assertThat(a.samples()).hasSameSizeAs(b.samples());
    return IntStream.range(0, a.samples().length)
        .map(i -> Short.toUnsignedInt(a.samples()[i]) - Short.toUnsignedInt(b.samples()[i]))
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  /** The mean of a channel. */
  static double mean(Picture picture, int channel) {
    int channels = picture.layout().channels();
    double sum = 0;
    for (int i = channel; i < picture.samples().length; i += channels) {
      sum += Short.toUnsignedInt(picture.samples()[i]);
    }
    return sum / picture.width() / picture.height();
  }
}
