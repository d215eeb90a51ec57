package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
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
    List<Slopes> all = squares(framing, ramp(250, 250), 200).stream().map(Slopes::of).toList();
    assertThat(all).allSatisfy(slopes -> assertThat(slopes.turn()).isCloseTo(0, within(1.0)));
    // Of a picture kept at 250 pixels a square of 32 to 80.
    DoubleSummaryStatistics scales = all.stream().mapToDouble(Slopes::scale).summaryStatistics();
    assertThat(scales.getMin()).isCloseTo(1, within(0.1));
    assertThat(scales.getMax()).isCloseTo(2.5, within(0.1));
  }

  @Test
  void squaresAreTurnedToBothSidesAndNeverReachBeyondThePicture() throws IOException {
    Framing framing = new Framing(40, CROP, false, new Variety(1, 30, 0));
    List<RgbPhoto> squares = squares(framing, ramp(40, 250), 200);
    for (RgbPhoto square : squares) {
      Slopes slopes = Slopes.of(square);
      assertThat(slopes.redDown()).isCloseTo(-slopes.greenRight(), within(0.1));
      assertThat(slopes.greenDown()).isCloseTo(slopes.redRight(), within(0.1));
      assertIsPlane(square, slopes);
    }
    DoubleSummaryStatistics turns =
        squares.stream().mapToDouble(square -> Slopes.of(square).turn()).summaryStatistics();
    assertThat(turns.getMax()).isBetween(26.0, 32.0);
    assertThat(turns.getMin()).isBetween(-32.0, -26.0);
  }

  @Test
  void aSinglePixelMayBeTurnedToo() throws IOException {
    Framing framing = new Framing(1, 1, false, new Variety(1, 180, 0));
    for (RgbPhoto square : squares(framing, ramp(1, 9), 20)) {
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
    DoubleSummaryStatistics bent =
        squares(framing, photo, 100).stream()
            .mapToDouble(square -> at(square, 0, 1, 0))
            .summaryStatistics();
    // (128 / 255)^2 and the square root of it, times 255.
    assertThat(bent.getMin()).isBetween(64.0, 70.0);
    assertThat(bent.getMax()).isBetween(175.0, 181.0);
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
    assertThat(squares(framing, ramp(50, 50), 20))
        .extracting(Slopes::of)
        .containsOnly(new Slopes(1, 0, 0, 1));
  }

  private static List<RgbPhoto> squares(Framing framing, RgbPhoto photo, int count)
      throws IOException {
    RgbPhoto sized = framing.sized(photo);
    List<RgbPhoto> squares = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RgbPhoto square = framing.cut(sized, framing.place(sized, new SampleRandom(5, i)));
      assertThat(square.width()).isEqualTo(framing.crop());
      assertThat(square.height()).isEqualTo(framing.crop());
      squares.add(square);
    }
    return squares;
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
