package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ganvas.training.data.DegradationStrength.Dose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoDegradationTest {
  /** Of the small pictures. */
  private static final int SIDE = 25;

  private static final Dose NO_BLUR = new Dose(0, 1, 1);
  private static final Dose NO_RESIZE = new Dose(0, 1, 1);
  private static final Dose NO_NOISE = new Dose(0, 1, 1);
  private static final Dose ALL_PHOTONS = new Dose(0, 1000, 1000);
  private static final Dose NO_RINGING = new Dose(0, 1, 1);
  private static final Dose NO_JPEG = new Dose(0, 90, 90);

  private static final DegradationStrength NOTHING =
      new DegradationStrength(NO_BLUR, NO_RESIZE, NO_NOISE, ALL_PHOTONS, NO_RINGING, NO_JPEG);

  private final PhotoDegradation web = new PhotoDegradation(DegradationStrength.WEB);

  @Test
  void aSampleIsTheSameInAnyThreadAndAnyOrder() throws Exception {
    RgbPhoto photo = colors(150, 131);
    Degradation.Place place = new Degradation.Place(3, 5, 20, 4);
    List<float[]> inOrder = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      inOrder.add(web.small(photo, place, new SampleRandom(7, i)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> backwards = new ArrayList<>();
      for (int i = 23; i >= 0; i--) {
        int index = i;
        backwards.add(threads.submit(() -> web.small(photo, place, new SampleRandom(7, index))));
      }
      for (int i = 0; i < 24; i++) {
        assertThat(backwards.get(23 - i).get()).isEqualTo(inOrder.get(i));
      }
    } finally {
      threads.shutdown();
    }
    assertThat(inOrder.get(1)).isNotEqualTo(inOrder.get(0));
    assertThat(web.small(photo, place, new SampleRandom(8, 0))).isNotEqualTo(inOrder.get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 8})
  void givesWholeSamplesInRangeAlsoInTheCornersOfTheSmallestPhoto(int scale) {
    int side = 9;
    RgbPhoto photo = colors(side * scale, side * scale + 2);
    Degradation.Place whole = new Degradation.Place(0, 0, side, scale);
    for (int i = 0; i < 30; i++) {
      float[] small = web.small(photo, whole, new SampleRandom(1, i));
      assertThat(small).hasSize(3 * side * side);
      for (float sample : small) {
        assertThat(sample).isBetween(0f, 255f).isEqualTo((float) Math.rint(sample));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void aSpotStaysWhereItIs(int scale) {
    int side = 33;
    RgbPhoto photo = spot(60 * scale, (10 + side / 2.0) * scale, (12 + side / 2.0) * scale, scale);
    Degradation.Place place = new Degradation.Place(10, 12, side, scale);
    Dose blur = new Dose(0.8, 0.1, 1);
    DegradationStrength noiseless =
        new DegradationStrength(
            blur,
            new Dose(0.8, 0.6, 3),
            NO_NOISE,
            ALL_PHOTONS,
            new Dose(0.5, 0.4, 1),
            new Dose(0.8, 60, 95));
    PhotoDegradation degradation = new PhotoDegradation(noiseless);
    double meanX = 0;
    double meanY = 0;
    int samples = 150;
    for (int i = 0; i < samples; i++) {
      double[] center = center(degradation.small(photo, place, new SampleRandom(5, i)), side);
      // A pixel's middle is at .5; JPEG alone may move the weight of a spot a little.
      assertThat(center[0]).as("x of sample %d", i).isCloseTo(side / 2.0, within(0.15));
      assertThat(center[1]).as("y of sample %d", i).isCloseTo(side / 2.0, within(0.15));
      meanX += center[0] / samples;
      meanY += center[1] / samples;
    }
    assertThat(meanX).isCloseTo(side / 2.0, within(0.01));
    assertThat(meanY).isCloseTo(side / 2.0, within(0.01));
  }

  @Test
  void redGreenAndBlueKeepTheirPlaces() {
    RgbPhoto photo = flat(100, 200, 120, 40);
    DegradationStrength jpegOnly =
        new DegradationStrength(
            NO_BLUR, NO_RESIZE, NO_NOISE, ALL_PHOTONS, NO_RINGING, new Dose(1, 95, 95));
    float[] small = small(new PhotoDegradation(jpegOnly), photo, 0);
    for (int i = 0; i < small.length; i += 3) {
      assertThat(small[i]).isCloseTo(200, within(3f));
      assertThat(small[i + 1]).isCloseTo(120, within(3f));
      assertThat(small[i + 2]).isCloseTo(40, within(3f));
    }
  }

  @Test
  void withoutAnyStepItOnlyShrinks() {
    RgbPhoto photo = spot(160, 80, 80, 12);
    Degradation.Place place = new Degradation.Place(4, 4, 32, 4);
    float[] expected = new BicubicDegradation().small(photo, place, new SampleRandom(0, 0));
    for (int i = 0; i < 20; i++) {
      float[] small = new PhotoDegradation(NOTHING).small(photo, place, new SampleRandom(1, i));
      for (int j = 0; j < small.length; j++) {
        assertThat(small[j]).isCloseTo(expected[j], within(6f));
      }
    }
  }

  @Test
  void aBlurWidensASpot() {
    DegradationStrength blurred =
        new DegradationStrength(
            new Dose(1, 1, 1), NO_RESIZE, NO_NOISE, ALL_PHOTONS, NO_RINGING, NO_JPEG);
    double plain = width(small(new PhotoDegradation(NOTHING), fineSpot(), 0));
    double sum = 0;
    for (int i = 0; i < 30; i++) {
      double wider = width(small(new PhotoDegradation(blurred), fineSpot(), i)) - plain;
      // Twice a variance of 1 along each axis; the flattest of the generalised kernels has 0.4.
      assertThat(wider).as("sample %d", i).isGreaterThan(0.7);
      sum += wider / 30;
    }
    assertThat(sum).isBetween(1.5, 6.0);
  }

  @Test
  void resizingToHalfTheSizeTakesTheFinestStripesAway() {
    DegradationStrength halved =
        new DegradationStrength(
            NO_BLUR, new Dose(1, 0.5, 0.5), NO_NOISE, ALL_PHOTONS, NO_RINGING, NO_JPEG);
    for (int i = 0; i < 20; i++) {
      assertThat(contrast(small(new PhotoDegradation(NOTHING), stripes(), i))).isGreaterThan(30);
      assertThat(contrast(small(new PhotoDegradation(halved), stripes(), i)))
          .as("sample %d", i)
          .isLessThan(20);
    }
  }

  @Test
  void whetherTheNoiseIsBlurredOrTheBlurIsNoisyVariesWithTheSeed() {
    DegradationStrength both =
        new DegradationStrength(
            new Dose(1, 1, 1), NO_RESIZE, new Dose(1, 10, 10), ALL_PHOTONS, NO_RINGING, NO_JPEG);
    int blurredLast = 0;
    for (int i = 0; i < 40; i++) {
      float[] noisy =
          new PhotoDegradation(both)
              .small(
                  flat(48, 128, 128, 128),
                  new Degradation.Place(0, 0, 48, 1),
                  new SampleRandom(3, i));
      double deviation = contrast(noisy);
      assertThat(deviation < 6.5 || deviation > 9).as("%f of sample %d", deviation, i).isTrue();
      blurredLast += deviation < 6.5 ? 1 : 0;
    }
    assertThat(blurredLast).isBetween(10, 30);
  }

  @Test
  void gaussianNoiseHasTheDeviationThatWasAskedFor() {
    // At scale 1 nothing is shrunk, and both rounds add theirs: 3 and 3 make 3 times the root of 2.
    DegradationStrength noisy =
        new DegradationStrength(
            NO_BLUR, NO_RESIZE, new Dose(1, 3, 3), ALL_PHOTONS, NO_RINGING, NO_JPEG);
    assertThat(deviation(noisy, 128)).isCloseTo(3 * Math.sqrt(2), within(0.15));
  }

  @Test
  void photonNoiseGrowsWithTheRootOfTheBrightness() {
    DegradationStrength grainy =
        new DegradationStrength(
            NO_BLUR, NO_RESIZE, NO_NOISE, new Dose(1, 2000, 2000), NO_RINGING, NO_JPEG);
    for (int grey : new int[] {40, 160}) {
      double photons = grey / 255.0 * 2000;
      double once = 255 / 2000.0 * Math.sqrt(photons);
      // Rounding to whole numbers adds a variance of a twelfth.
      double expected = Math.sqrt(2 * once * once + 1 / 12.0);
      assertThat(deviation(grainy, grey)).isCloseTo(expected, within(0.12 * expected));
    }
  }

  @Test
  void aStrengthOutsideItsRangeIsRefused() {
    assertThatThrownBy(
            () ->
                new DegradationStrength(
                    NO_BLUR, NO_RESIZE, NO_NOISE, ALL_PHOTONS, NO_RINGING, new Dose(0.5, 0, 95)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "settings.degradation.photo.jpeg is a range within 1 to 100, found 0.0 to 95.0");
    assertThatThrownBy(
            () ->
                new DegradationStrength(
                    new Dose(1.5, 1, 1), NO_RESIZE, NO_NOISE, ALL_PHOTONS, NO_RINGING, NO_JPEG))
        .hasMessage("settings.degradation.photo.blur.chance is 0 to 1, found 1.5");
    assertThatThrownBy(
            () ->
                new DegradationStrength(
                    new Dose(1, 2, 1), NO_RESIZE, NO_NOISE, ALL_PHOTONS, NO_RINGING, NO_JPEG))
        .hasMessage(
            "settings.degradation.photo.blur is a range within 0.05 to 4, found 2.0 to 1.0");
  }

  /** Mean over samples, for the noise of a sample may be grey. */
  private static double deviation(DegradationStrength strength, int grey) {
    RgbPhoto photo = flat(64, grey, grey, grey);
    double sum = 0;
    int samples = 12;
    for (int i = 0; i < samples; i++) {
      float[] small =
          new PhotoDegradation(strength)
              .small(photo, new Degradation.Place(0, 0, 64, 1), new SampleRandom(3, i));
      double squares = 0;
      for (float sample : small) {
        squares += (sample - grey) * (sample - grey);
      }
      sum += squares / small.length;
    }
    return Math.sqrt(sum / samples);
  }

  private static float[] small(PhotoDegradation degradation, RgbPhoto photo, int index) {
    return degradation.small(
        photo, new Degradation.Place(0, 0, SIDE, 4), new SampleRandom(1, index));
  }

  private static double[] center(float[] small, int side) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < small.length; i++) {
      double weight = Math.max(0, small[i] - 30);
      sum += weight;
      x += weight * (i / 3 % side + 0.5);
      y += weight * (i / 3 / side + 0.5);
    }
    return new double[] {x / sum, y / sum};
  }

  /** The variance of a spot's brightness along an axis, in pixels; its middle is the square's. */
  private static double width(float[] small) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < small.length; i++) {
      double weight = small[i] - 20;
      sum += weight;
      squares += weight * Math.pow(i / 3 % SIDE + 0.5 - SIDE / 2.0, 2) / 2;
      squares += weight * Math.pow(i / 3 / SIDE + 0.5 - SIDE / 2.0, 2) / 2;
    }
    return squares / sum;
  }

  /** The standard deviation of all samples. */
  private static double contrast(float[] samples) {
    double sum = 0;
    double squares = 0;
    for (float sample : samples) {
      sum += sample;
      squares += sample * sample;
    }
    double mean = sum / samples.length;
    return Math.sqrt(squares / samples.length - mean * mean);
  }

  /** In the middle of what {@link #small} cuts out, with a deviation of 1.5 small pixels. */
  private static RgbPhoto fineSpot() {
    return spot(4 * SIDE, 2.0 * SIDE, 2.0 * SIDE, 2);
  }

  /** Each as wide as a small pixel. */
  private static RgbPhoto stripes() {
    byte[] samples = new byte[3 * 16 * SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i / 3 % (4 * SIDE) / 4 % 2 == 0 ? 60 : 190);
    }
    return new RgbPhoto(4 * SIDE, 4 * SIDE, samples);
  }

  /** A bright round spot on dark grey. */
  private static RgbPhoto spot(int size, double centerX, double centerY, double radius) {
    byte[] samples = new byte[3 * size * size];
    for (int i = 0; i < samples.length; i++) {
      double x = i / 3 % size + 0.5 - centerX;
      double y = i / 3 / size + 0.5 - centerY;
      double spot = Math.exp(-(x * x + y * y) / (2 * 9 * radius * radius));
      samples[i] = (byte) Math.round(20 + 200 * spot);
    }
    return new RgbPhoto(size, size, samples);
  }

  private static RgbPhoto flat(int size, int red, int green, int blue) {
    byte[] samples = new byte[3 * size * size];
    for (int i = 0; i < samples.length; i += 3) {
      samples[i] = (byte) red;
      samples[i + 1] = (byte) green;
      samples[i + 2] = (byte) blue;
    }
    return new RgbPhoto(size, size, samples);
  }

  private static RgbPhoto colors(int width, int height) {
    byte[] samples = new byte[3 * width * height];
    new Random(1).nextBytes(samples);
    return new RgbPhoto(width, height, samples);
  }
}
