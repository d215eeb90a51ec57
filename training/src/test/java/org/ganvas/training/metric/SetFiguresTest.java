package org.ganvas.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

/** {@code distributions.txt} was written by {@code src/test/oracle/distributions.py}. */
class SetFiguresTest {
  private static final KernelDistance.Settings WHOLE = new KernelDistance.Settings(1, 10_000, 1);

  @Test
  void precisionRecallAndKernelDistanceAreWhatTheirDefinitionsGive() throws Exception {
    int cases = 0;
    try (InputStream stream = SetFiguresTest.class.getResourceAsStream("distributions.txt");
        Scanner numbers = new Scanner(stream, StandardCharsets.US_ASCII)) {
      while (numbers.hasNextInt()) {
        int count = numbers.nextInt();
        int length = numbers.nextInt();
        double precision = Double.parseDouble(numbers.next());
        double recall = Double.parseDouble(numbers.next());
        double distance = Double.parseDouble(numbers.next());
        float[][] real = read(numbers, count, length);
        float[][] generated = read(numbers, count, length);
        PrecisionRecall found = PrecisionRecall.of(real, generated, PrecisionRecall.NEIGHBOURS);
        assertThat(found.precision()).isCloseTo(precision, within(1e-12));
        assertThat(found.recall()).isCloseTo(recall, within(1e-12));
        KernelDistance kernel = KernelDistance.of(real, generated, WHOLE);
        assertThat(kernel.mean()).isCloseTo(distance, within(1e-9 * (1 + Math.abs(distance))));
        assertThat(kernel.deviation()).isZero();
        cases++;
      }
    }
    assertThat(cases).isEqualTo(3);
  }

  private static float[][] read(Scanner numbers, int count, int length) {
    float[][] vectors = new float[count][length];
    for (float[] vector : vectors) {
      for (int i = 0; i < length; i++) {
        vector[i] = Float.parseFloat(numbers.next());
      }
    }
    return vectors;
  }

  @Test
  void aGeneratorThatKnowsOneCornerIsPreciseAndRecallsLittle() {
    float[][] real = drawn(600, 4, 0, 1, 1);
    float[][] corner = drawn(600, 4, 0.2f, 0.1f, 2);
    PrecisionRecall found = PrecisionRecall.of(real, corner, 3);
    assertThat(found.precision()).isGreaterThan(0.95);
    assertThat(found.recall()).isLessThan(0.05);
    PrecisionRecall same = PrecisionRecall.of(real, real, 3);
    assertThat(same).isEqualTo(new PrecisionRecall(1, 1));
  }

  @Test
  void subsetsGiveTheSameMeanWithTheSameSeedAndNoneForOneDistribution() {
    float[][] real = drawn(400, 5, 0, 1, 3);
    float[][] alike = drawn(400, 5, 0, 1, 4);
    float[][] other = drawn(400, 5, 0.5f, 1, 5);
    KernelDistance.Settings settings = new KernelDistance.Settings(30, 100, 9);
    KernelDistance near = KernelDistance.of(real, alike, settings);
    assertThat(KernelDistance.of(real, alike, settings)).isEqualTo(near);
    assertThat(near.mean()).isCloseTo(0, within(0.15));
    assertThat(near.deviation()).isPositive();
    assertThat(KernelDistance.of(real, other, settings).mean()).isGreaterThan(0.5);
  }

  @Test
  void tooFewPicturesAreRefused() {
    float[][] three = drawn(3, 2, 0, 1, 1);
    assertThatThrownBy(() -> PrecisionRecall.of(three, three, 3))
        .hasMessageContaining("more pictures than the 3 neighbours, found 3 and 3");
    assertThatThrownBy(() -> KernelDistance.of(three, drawn(1, 2, 0, 1, 1), WHOLE))
        .hasMessageContaining("at least 2 pictures of each kind, found 3 and 1");
    assertThatThrownBy(() -> KernelDistance.of(three, drawn(3, 5, 0, 1, 1), WHOLE))
        .hasMessageContaining("one length, found 2 and 5");
  }

  private static float[][] drawn(int count, int length, float mean, float deviation, long seed) {
    Random random = new Random(seed);
    float[][] vectors = new float[count][length];
    for (float[] vector : vectors) {
      for (int i = 0; i < length; i++) {
        vector[i] = (float) (mean + deviation * random.nextGaussian());
      }
    }
    return vectors;
  }
}
