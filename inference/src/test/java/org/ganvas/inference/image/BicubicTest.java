package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Scanner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BicubicTest {

  @Test
  void givesWhatTheReferenceAlgorithmGives() throws Exception {
    int cases = 0;
    try (InputStream stream = BicubicTest.class.getResourceAsStream("bicubic.txt");
        Scanner numbers = new Scanner(stream, StandardCharsets.US_ASCII)) {
      while (numbers.hasNextInt()) {
        int width = numbers.nextInt();
        int height = numbers.nextInt();
        int newWidth = numbers.nextInt();
        int newHeight = numbers.nextInt();
        float[] plane = read(numbers, width * height);
        float[] expected = read(numbers, newWidth * newHeight);
        float[] found = Bicubic.resize(plane, width, height, newWidth, newHeight);
        for (int i = 0; i < expected.length; i++) {
          assertThat(found[i])
              .as("%dx%d to %dx%d, sample %d", width, height, newWidth, newHeight, i)
              .isCloseTo(expected[i], within(1e-3f));
        }
        float[] eightBits = read(numbers, newWidth * newHeight);
        Bicubic.Weights horizontal = Bicubic.Weights.of(width, newWidth);
        Bicubic.Weights vertical = Bicubic.Weights.of(height, newHeight);
        assertThat(Bicubic.resizeEightBits(plane, 1, horizontal, vertical))
            .as("%dx%d to %dx%d, 8 bits", width, height, newWidth, newHeight)
            .isEqualTo(eightBits);
        cases++;
      }
    }
    assertThat(cases).isEqualTo(8);
  }

  private static float[] read(Scanner numbers, int count) {
    float[] plane = new float[count];
    for (int i = 0; i < count; i++) {
      plane[i] = Float.parseFloat(numbers.next());
    }
    return plane;
  }

  @Property(tries = 200)
  void aRangeOfOutputsHasExactlyTheWeightsOfTheWhole(
      @ForAll @IntRange(min = 1, max = 60) int inputs,
      @ForAll @IntRange(min = 1, max = 60) int outputs,
      @ForAll @IntRange(min = 0, max = 1000) int choice) {
    int from = choice % outputs;
    int to = from + 1 + choice * 31 % (outputs - from);
    Bicubic.Weights whole = Bicubic.Weights.of(inputs, outputs);
    Bicubic.Weights part = Bicubic.Weights.of(inputs, outputs, from, to);
    assertThat(part.firsts()).isEqualTo(Arrays.copyOfRange(whole.firsts(), from, to));
    assertThat(part.factors())
        .isEqualTo(Arrays.copyOfRange(whole.factors(), from * whole.taps(), to * whole.taps()));
  }

  @Property(tries = 200)
  void everyOutputNeedsOnlyInputsOfThePictureAndKeepsAConstant(
      @ForAll @IntRange(min = 1, max = 80) int inputs,
      @ForAll @IntRange(min = 1, max = 80) int outputs) {
    Bicubic.Weights weights = Bicubic.Weights.of(inputs, outputs);
    assertThat(weights.start()).isNotNegative();
    assertThat(weights.end()).isLessThanOrEqualTo(inputs);
    for (int i = 0; i < outputs; i++) {
      double sum = 0;
      for (int tap = 0; tap < weights.taps(); tap++) {
        sum += weights.factor(i, tap);
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
      assertThat(weights.first(i)).isGreaterThanOrEqualTo(weights.first(Math.max(0, i - 1)));
    }
  }

  @Test
  void aMirroredPictureGivesTheMirroredResult() {
    float[] plane = new float[40];
    float[] mirrored = new float[40];
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      plane[i] = random.nextInt(256);
      mirrored[39 - i] = plane[i];
    }
    float[] small = Bicubic.resize(plane, 40, 1, 10, 1);
    float[] smallMirrored = Bicubic.resize(mirrored, 40, 1, 10, 1);
    for (int i = 0; i < 10; i++) {
      assertThat(smallMirrored[9 - i]).isCloseTo(small[i], within(1e-4f));
    }
  }

  @Test
  void refusesAPlaneOfAnotherSize() {
    assertThatThrownBy(() -> Bicubic.resize(new float[11], 4, 3, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 rows of 4 samples are 12 samples, found 11");
  }

  @Test
  void refusesAnEmptySide() {
    assertThatThrownBy(() -> Bicubic.Weights.of(5, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 5 to be resampled to 0");
  }
}
