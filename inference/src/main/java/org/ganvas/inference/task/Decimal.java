package org.ganvas.inference.task;

import java.util.regex.Pattern;

/** Numbers as people write them: {@code 2}, {@code 1.5} or {@code 1e-4}. */
public final class Decimal {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d++(\\.\\d*+)?|\\.\\d++)([eE][+-]?\\d++)?");

  private Decimal() {}

  /**
   * The number that a word is. What only Java calls one ({@code 0x1p1}, {@code 2d}, {@code NaN}, a
   * number with blanks around it) is none.
   *
   * @throws NumberFormatException if it is none
   */
  public static double parse(String word) {
    if (!NUMBER.matcher(word).matches()) {
      throw new NumberFormatException("a number is one such as 2 or 1.5, found " + word);
    }
    return Double.parseDouble(word);
  }
}
