package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleRandomTest {

  @Test
  void neighbouringIndicesAndSeedsAreUnrelatedAndUniform() {
    int[] counts = new int[10];
    int equalNeighbours = 0;
    int previous = -1;
    for (int i = 0; i < 10_000; i++) {
      int drawn = new SampleRandom(i % 2, i / 2).below(10);
      counts[drawn]++;
      equalNeighbours += drawn == previous ? 1 : 0;
      previous = drawn;
    }
    // 1000 expected of each; five standard deviations are 150.
    for (int count : counts) {
      assertThat(count).isCloseTo(1000, within(150));
    }
    assertThat(equalNeighbours).isCloseTo(1000, within(150));
  }

  @Test
  void itsNumbersAreThoseOfThePublishedGenerators() {
    // Computed elsewhere from SplitMix64 and Stafford's mixer, so that resumed runs stay the same.
    SampleRandom random = new SampleRandom(1, 2);
    assertThat(random.below(1_000_000)).isEqualTo(530_932);
    assertThat(random.below(1L << 40)).isEqualTo(1_072_450_856_840L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.4, 5, 29.9, 200})
  void poissonNumbersHaveMeanAndVarianceOfThatDistribution(double mean) {
    SampleRandom random = new SampleRandom(4, 0);
    int count = 40_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < count; i++) {
      double drawn = random.poisson(mean);
      assertThat(drawn).isGreaterThanOrEqualTo(0).isEqualTo(Math.rint(drawn));
      sum += drawn;
      squares += (drawn - mean) * (drawn - mean);
    }
    // Five standard deviations of the mean, and four percent of the variance.
    assertThat(sum / count).isCloseTo(mean, within(5 * Math.sqrt(mean / count) + 1e-9));
    assertThat(squares / count).isCloseTo(mean, within(0.04 * mean + 1e-9));
  }
}
