package org.ganvas.training.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ganvas.training.plan.LearningRateSchedule.Fall;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {

  /** A peak of 4e-4, four steps of warm-up, twelve steps in all. */
  @ParameterizedTest
  @CsvSource({
    "1, 1e-4",
    "2, 2e-4",
    "4, 4e-4",
    "6, 3.414213562373095e-4",
    "8, 2e-4",
    "12, 0",
    "13, 0"
  })
  void risesInAStraightLineAndFallsAsHalfACosine(long step, double rate) {
    assertThat(4e-4 * new LearningRateSchedule(Fall.COSINE, 4, 0, 12).at(step))
        .isCloseTo(rate, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 1, 0.9755282581475768", "20, 10, 10, 0.5", "10, 10, 10, 1", "0, 1, 1, 0"})
  void isDefinedWithoutWarmUpAndWithNothingElse(long warmUp, long steps, long step, double rate) {
    assertThat(new LearningRateSchedule(Fall.COSINE, warmUp, 0, steps).at(step))
        .isCloseTo(rate, within(1e-12));
  }

  /** No warm-up, a fall over the second half of 200 steps. */
  @ParameterizedTest
  @CsvSource({"1, 1", "100, 1", "101, 0.99", "150, 0.5", "200, 0", "201, 0"})
  void fallsInAStraightLineFromAStepOn(long step, double share) {
    assertThat(new LearningRateSchedule(Fall.LINEAR, 0, 100, 200).at(step))
        .isCloseTo(share, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1, 0.5", "2, 1", "100, 1", "1000, 1"})
  void staysAtItsPeakWithoutAFall(long step, double share) {
    assertThat(new LearningRateSchedule(Fall.NONE, 2, 50, 100).at(step)).isEqualTo(share);
  }
}
