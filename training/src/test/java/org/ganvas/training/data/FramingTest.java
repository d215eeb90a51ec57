package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FramingTest {
  private static final int CROP = 32;

  /** How red and green change to the right and downwards in a square, per pixel of it. */
  private record Slopes(double redRight, double redDown, double greenRight, double greenDown) {
    static Slopes of(RgbPhoto square) {
      int last = square.width() - 1;
      return new Slopes(
          (at(square, last, 0, 0) - at(square, 0, 0, 0)) / last,
          (at(square, 0, last, 0) - at(square, 0, 0, 0)) / last,
          (at(square, last, 0, 1) - at(square, 0, 0, 1)) / last,
          (at(square, 0, last, 1) - at(square, 0, 0, 1)) / last);
    }

    /** Pixels of the picture per pixel of the square. */
    double scale() {
      return Math.hypot(redRight, greenRight);
    }

    /** Degrees by which the picture is turned to the left in the square. */
    double turn() {
      return Math.toDegrees(Math.atan2(greenRight, redRight));
    }
  }

  @Test
  void squaresOfOneSizeShowPartsOfDifferentWidths() throws IOException {
    Framing framing = new Framing(100, CROP, false, new Variety(2.5, 0, 0));
    double least = 10;
    double most = 0;
    for (int i = 0; i < 200; i++) {
      Slopes slopes = Slopes.of(square(framing, ramp(250, 250), i));
      assertThat(slopes.turn()).isCloseTo(0, within(1.0));
      least = Math.min(least, slopes.scale());
      most = Math.max(most, slopes.scale());
    }
    // Of a picture kept at 250 pixels a square of 32 to 80.
    assertThat(least).isCloseTo(1, within(0.1));
    assertThat(most).isCloseTo(2.5, within(0.1));
  }

  @Test
  void squaresAreTurnedToBothSidesAndNeverReachBeyondThePicture() throws IOException {
    Framing framing = new Framing(40, CROP, false, new Variety(1, 30, 0));
    double left = 0;
    double right = 0;
    for (int i = 0; i < 200; i++) {
      RgbPhoto square = square(framing, ramp(40, 250), i);
      Slopes slopes = Slopes.of(square);
      left = Math.max(left, slopes.turn());
      right = Math.min(right, slopes.turn());
      assertThat(slopes.redDown()).isCloseTo(-slopes.greenRight(), within(0.1));
      assertThat(slopes.greenDown()).isCloseTo(slopes.redRight(), within(0.1));
      assertIsPlane(square, slopes);
    }
    assertThat(left).isBetween(26.0, 32.0);
    assertThat(right).isBetween(-32.0, -26.0);
  }

  @Test
  void aSinglePixelMayBeTurnedToo() throws IOException {
    Framing framing = new Framing(1, 1, false, new Variety(1, 180, 0));
    for (int i = 0; i < 20; i++) {
      RgbPhoto square = square(framing, ramp(1, 9), i);
      assertThat(at(square, 0, 0, 0)).isZero();
      assertThat(at(square, 0, 0, 1)).isBetween(0.0, 8.0);
    }
  }

  @Test
  void aTurnToTheLeftBringsTheRightEndUp() {
    // Green grows downwards in the picture; turned to the left, it grows to the right too.
    Slopes slopes = Slopes.of(ramp(100, 100).turned(Math.toRadians(20), 60));
    assertThat(slopes.turn()).isCloseTo(20, within(1.0));
  }

  @Test
  void brightnessIsBentButBlackAndWhiteStay() throws IOException {
    byte[] samples = {0, 0, 0, 64, 64, 64, (byte) 128, (byte) 128, (byte) 128, -1, -1, -1};
    RgbPhoto photo = new RgbPhoto(2, 2, samples);
    // (64 / 255)^2 and (128 / 255)^2, times 255.
    assertThat(photo.bent(2).samples())
        .containsExactly(0, 0, 0, 16, 16, 16, 64, 64, 64, -1, -1, -1);
    Framing framing = new Framing(null, 2, false, new Variety(1, 0, 1));
    int darkest = 255;
    int brightest = 0;
    for (int i = 0; i < 100; i++) {
      int bent = (int) at(square(framing, photo, i), 0, 1, 0);
      darkest = Math.min(darkest, bent);
      brightest = Math.max(brightest, bent);
    }
    // (128 / 255)^2 and the square root of it, times 255.
    assertThat(darkest).isBetween(64, 70);
    assertThat(brightest).isBetween(175, 181);
  }

  @Test
  void aPictureIsKeptLargeEnoughForTheNarrowestSquare() throws IOException {
    RgbPhoto sized = new Framing(100, 50, true, new Variety(2, 0, 0)).sized(ramp(240, 120));
    assertThat(sized.width()).isEqualTo(400);
    assertThat(sized.height()).isEqualTo(200);
    Framing ownSize = new Framing(null, 50, true, new Variety(2, 0, 0));
    assertThat(ownSize.smallestSide()).isEqualTo(100);
    assertThatThrownBy(() -> ownSize.sized(ramp(99, 120)))
        .hasMessage("a picture must have at least 100 pixels per side, found 99x120");
  }

  @Test
  void noPictureIsLargeEnoughForWhatGoesBeyondAllNumbers() {
    Variety widest = new Variety(8, 0, 0);
    assertThatThrownBy(() -> new Framing(1 << 29, 50, true, widest).sized(ramp(99, 1)))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessageContaining("becomes 2147483647 pixels has at most 50000000");
    assertThat(new Framing(null, 1 << 29, true, widest).smallestSide())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void picturesThatAreOnlyLookedAtAreNotVaried() throws IOException {
    Framing framing = new Framing(50, CROP, true, new Variety(2, 30, 1)).plain();
    RgbPhoto photo = ramp(50, 50);
    for (int i = 0; i < 20; i++) {
      Slopes slopes = Slopes.of(square(framing, photo, i));
      assertThat(slopes).isEqualTo(new Slopes(1, 0, 0, 1));
    }
  }

  private static RgbPhoto square(Framing framing, RgbPhoto photo, long index) throws IOException {
    RgbPhoto sized = framing.sized(photo);
    RgbPhoto square = framing.cut(sized, framing.place(sized, new SampleRandom(5, index)));
    assertThat(square.width()).isEqualTo(framing.crop());
    assertThat(square.height()).isEqualTo(framing.crop());
    return square;
  }

  /** Red is the column, green the row. */
  private static RgbPhoto ramp(int width, int height) {
    byte[] samples = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      samples[3 * i] = (byte) (i % width);
      samples[3 * i + 1] = (byte) (i / width);
    }
    return new RgbPhoto(width, height, samples);
  }

  /** A corner beyond the picture would be flat; slopes and samples are rounded. */
  private static void assertIsPlane(RgbPhoto square, Slopes slopes) {
    for (int y = 0; y < square.height(); y++) {
      for (int x = 0; x < square.width(); x++) {
        assertThat(at(square, x, y, 0))
            .isCloseTo(at(square, 0, 0, 0) + x * slopes.redRight + y * slopes.redDown, within(2.5));
      }
    }
  }

  private static double at(RgbPhoto photo, int x, int y, int channel) {
    return Byte.toUnsignedInt(photo.samples()[(y * photo.width() + x) * 3 + channel]);
  }
}
