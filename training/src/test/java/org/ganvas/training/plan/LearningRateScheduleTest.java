package org.ganvas.training.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    assertThat(new LearningRateSchedule(4e-4, 4, 12).at(step)).isCloseTo(rate, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 1, 0.9755282581475768", "20, 10, 10, 0.5", "10, 10, 10, 1", "0, 1, 1, 0"})
  void isDefinedWithoutWarmUpAndWithNothingElse(long warmUp, long steps, long step, double rate) {
    assertThat(new LearningRateSchedule(1, warmUp, steps).at(step)).isCloseTo(rate, within(1e-12));
  }
}
