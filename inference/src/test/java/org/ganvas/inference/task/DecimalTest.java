package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({"2, 2", "+1.5, 1.5", "-2., -2", ".5, 0.5", "1e-4, 0.0001", "2.5E+3, 2500"})
  void numbersAreReadAsPeopleWriteThem(String word, double number) {
    assertThat(Decimal.parse(word)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        " 2",
        "2 ",
        "2d",
        "2f",
        "1e0f",
        "0x1p1",
        "NaN",
        "Infinity",
        "1,5",
        "e4",
        "٣"
      })
  void whatOnlyJavaCallsANumberIsNone(String word) {
    assertThatThrownBy(() -> Decimal.parse(word))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("a number is one such as 2 or 1.5, found " + word);
  }
}
