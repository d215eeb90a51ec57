package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a discriminator is shown in the place of pictures. */
class AugmentationTest {
  private static final int COUNT = 200;
  private static final int HEIGHT = 8;
  private static final int WIDTH = 16;
  private static final int CHANNELS = 3;
  private static final Shape SHAPE = new Shape(COUNT, CHANNELS, HEIGHT, WIDTH);

  /** Pictures all of whose samples differ, and no sample is grey. */
  private static float[] pictures() {
    float[] pictures = new float[Math.toIntExact(SHAPE.size())];
    for (int i = 0; i < pictures.length; i++) {
      pictures[i] = i % (CHANNELS * HEIGHT * WIDTH) / 1000f;
    }
    return pictures;
  }

  private static int index(int picture, int channel, int y, int x) {
    return ((picture * CHANNELS + channel) * HEIGHT + y) * WIDTH + x;
  }

  private static float[] changed(Augmentation augmentation, long seed, float[] pictures) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return augmentation
          .draw(new SplittableRandom(seed), SHAPE, manager)
          .of(manager.create(pictures, SHAPE))
          .toFloatArray();
    }
  }

  @Test
  void withoutAnyPicturesStayAsTheyAre() {
    assertThat(changed(new Augmentation(0, 0, 0), 1, pictures())).containsExactly(pictures());
  }

  @Test
  void equalRandomNumbersMakeEqualChangesAndOthersOthers() {
    Augmentation all = new Augmentation(1, 0.125, 0.5);
    float[] changed = changed(all, 1, pictures());
    assertThat(changed(all, 1, pictures())).containsExactly(changed);
    assertThat(changed(all, 2, pictures())).isNotEqualTo(changed);
  }

  /** A quarter of 8 rows and of 16 columns. */
  @Test
  void aShiftMovesEachPictureByAsManyPixelsAsItMayAndMirrorsItBesideIt() {
    float[] given = pictures();
    float[] moved = changed(new Augmentation(0, 0.25, 0), 1, given);
    Set<Integer> rows = new TreeSet<>();
    Set<Integer> columns = new TreeSet<>();
    for (int i = 0; i < COUNT; i++) {
      int[] move = moveOf(given, moved, i);
      rows.add(move[0]);
      columns.add(move[1]);
      assertMoved(given, moved, i, move);
    }
    assertThat(rows).containsExactly(-2, -1, 0, 1, 2);
    assertThat(columns).containsExactly(-4, -3, -2, -1, 0, 1, 2, 3, 4);
  }

  /** Where the middle of a moved picture comes from, less where it is. */
  private static int[] moveOf(float[] given, float[] moved, int picture) {
    float middle = moved[index(picture, 0, HEIGHT / 2, WIDTH / 2)];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        if (Math.abs(given[index(picture, 0, y, x)] - middle) < 1e-4) {
          return new int[] {y - HEIGHT / 2, x - WIDTH / 2};
        }
      }
    }
    throw new AssertionError("the middle of picture %d is none of its pixels".formatted(picture));
  }

  private static void assertMoved(float[] given, float[] moved, int picture, int[] move) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int from = mirrored(y + move[0], HEIGHT);
          int left = mirrored(x + move[1], WIDTH);
          assertThat(moved[index(picture, channel, y, x)])
              .isEqualTo(given[index(picture, channel, from, left)]);
        }
      }
    }
  }

  /** …2 1 0 1 2… at the beginning, and likewise at the end. */
  private static int mirrored(int place, int side) {
    int inside = place < 0 ? -place : place;
    return inside >= side ? side - 2 - (inside - side) : inside;
  }

  @Test
  void gradientsAreMovedBack() {
    float[] given = pictures();
    Augmentation shift = new Augmentation(0, 0.25, 0);
    float[] moved = changed(shift, 1, given);
    float[] gradient = gradient(shift, given);
    float[] expected = new float[given.length];
    for (int i = 0; i < COUNT; i++) {
      int[] move = moveOf(given, moved, i);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int from = mirrored(y + move[0], HEIGHT);
          int left = mirrored(x + move[1], WIDTH);
          expected[index(i, 1, from, left)] += given[index(i, 1, y, x)];
        }
      }
      for (int at = index(i, 1, 0, 0); at < index(i, 2, 0, 0); at++) {
        assertThat(gradient[at]).isEqualTo(expected[at], within(1e-6f));
      }
    }
  }

  /** Of the sum of what is shown, each pixel weighted by the given one in its place. */
  private static float[] gradient(Augmentation augmentation, float[] given) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray pictures = manager.create(given, SHAPE);
      NDArray weights = manager.create(given, SHAPE);
      pictures.setRequiresGradient(true);
      Augmentation.Change change = augmentation.draw(new SplittableRandom(1), SHAPE, manager);
      gradients.backward(change.of(pictures).mul(weights).sum());
      return pictures.getGradient().toFloatArray();
    }
  }

  /** Half of 8 rows and of 16 columns, less what lies beyond the border. */
  @Test
  void aCutoutHidesARectangleOfEachPictureAndNothingElse() {
    float[] given = pictures();
    float[] cut = changed(new Augmentation(0, 0, 0.5), 1, given);
    Set<Integer> areas = new TreeSet<>();
    for (int i = 0; i < COUNT; i++) {
      int hidden = 0;
      for (int at = index(i, 0, 0, 0); at < index(i, 1, 0, 0); at++) {
        boolean grey = cut[at] == 0.5f;
        hidden += grey ? 1 : 0;
        assertThat(cut[at]).isEqualTo(grey ? 0.5f : given[at], within(1e-6f));
        assertThat(cut[at + HEIGHT * WIDTH] == 0.5f).isEqualTo(grey);
      }
      areas.add(hidden);
    }
    assertThat(areas).allMatch(area -> area >= 2 * 4 && area <= 4 * 8).contains(2 * 4, 4 * 8);
  }

  /** By the formulas of the paper's own program, of the same random numbers. */
  @ParameterizedTest
  @CsvSource({"1", "0.5"})
  void coloursChangeInBrightnessSaturationAndContrast(double strength) {
    float[] given = pictures();
    float[] changed = changed(new Augmentation(strength, 0, 0), 1, given);
    double[] drawn = new SplittableRandom(1).doubles(3L * COUNT).toArray();
    int area = HEIGHT * WIDTH;
    for (int i = 0; i < COUNT; i++) {
      double brightness = strength * (drawn[i] - 0.5) / 2;
      double saturation = 1 + strength * (2 * drawn[COUNT + i] - 1);
      double contrast = 1 + strength * (drawn[2 * COUNT + i] - 0.5);
      double[] expected = new double[CHANNELS * area];
      for (int at = 0; at < area; at++) {
        double grey = brightness;
        for (int channel = 0; channel < CHANNELS; channel++) {
          grey += given[channel * area + at] / CHANNELS;
        }
        for (int channel = 0; channel < CHANNELS; channel++) {
          double bright = given[channel * area + at] + brightness;
          expected[channel * area + at] = (bright - grey) * saturation + grey;
        }
      }
      double mean = Arrays.stream(expected).average().orElseThrow();
      for (int at = 0; at < expected.length; at++) {
        assertThat((double) changed[i * expected.length + at])
            .isEqualTo((expected[at] - mean) * contrast + mean, within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.5, 0, 0, color is 0 to 1",
    "0, 0.6, 0, shift is 0 to 0.5",
    "0, 0, -0.1, cutout is 0 to"
  })
  void aStrengthOutOfItsRangeIsRefused(double color, double shift, double cutout, String rule) {
    assertThatThrownBy(() -> new Augmentation(color, shift, cutout))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("settings.augmentation." + rule);
  }
}
