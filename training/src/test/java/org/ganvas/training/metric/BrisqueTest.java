package org.ganvas.training.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.data.PhotoReader;
import org.ganvas.training.data.RgbPhoto;
import org.junit.jupiter.api.Test;

class BrisqueTest {

  @Test
  void aPhotoScoresBetterThanItsNoisyAndItsBlurredForm() throws IOException {
    Picture photo = photo();
    try (Brisque brisque = Brisque.open()) {
      double natural = brisque.of(photo, 4);
      assertThat(natural).isBetween(0.0, 100.0);
      assertThat(brisque.of(noisy(photo), 4)).isGreaterThan(natural + 10);
      Picture small = Bicubic.resize(photo, photo.width() / 4, photo.height() / 4);
      Picture blurred = Bicubic.resize(small, photo.width(), photo.height());
      assertThat(brisque.of(blurred, 4)).isGreaterThan(natural + 10);
      assertThat(brisque.of(photo, 4)).isEqualTo(natural);
    }
  }

  @Test
  void theBorderDoesNotCount() throws IOException {
    Picture photo = photo();
    short[] samples = photo.samples().clone();
    for (int i = 0; i < 3 * photo.width() * 4; i++) {
      samples[i] = (short) (i % 2 * 255);
    }
    Picture framed = new Picture(photo.width(), photo.height(), PixelLayout.RGB, 8, samples);
    try (Brisque brisque = Brisque.open()) {
      assertThat(brisque.of(framed, 4)).isEqualTo(brisque.of(photo, 4));
      assertThat(brisque.of(framed, 0)).isNotEqualTo(brisque.of(photo, 0));
    }
  }

  private static Picture noisy(Picture photo) {
    Random random = new Random(4);
    short[] samples = photo.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.max(0, Math.min(255, samples[i] + 30 * random.nextGaussian()));
    }
    return new Picture(photo.width(), photo.height(), PixelLayout.RGB, 8, samples);
  }

  /** One of the project's samples. */
  private static Picture photo() throws IOException {
    RgbPhoto photo = PhotoReader.decode(Files.readAllBytes(Path.of("../samples/cat.jpg")));
    short[] samples = new short[photo.samples().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Byte.toUnsignedInt(photo.samples()[i]);
    }
    return new Picture(photo.width(), photo.height(), PixelLayout.RGB, 8, samples);
  }
}
