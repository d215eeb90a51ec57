package org.ganvas.server.work;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ganvas.server.problem.ProblemException;
import org.junit.jupiter.api.Test;

class PictureLimitsTest {
  private final PictureLimits limits = new PictureLimits(1000, 1000, 1000, 10_000, 1000);

  @Test
  void aResultAndWhatAModelMakesOnTheWayToItMayHaveSoManyPixels() {
    assertThatCode(() -> limits.checkOutput(100, 100)).doesNotThrowAnyException();
    assertThatCode(() -> limits.checkComputed(100, 100)).doesNotThrowAnyException();
    assertThatThrownBy(() -> limits.checkOutput(101, 100))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "a result may have at most 10,000 pixels, found 101x100 = 10,100; choose a smaller"
                + " scale");
    assertThatThrownBy(() -> limits.checkComputed(101, 100))
        .isInstanceOf(ProblemException.class)
        .hasMessage(
            "what a model makes of a picture may have at most 10,000 pixels, found 101x100 ="
                + " 10,100; choose a model of a smaller scale or a smaller picture");
  }
}
