package org.ganvas.training.script;

/**
 * One statement of a program, in the forms that its methods take it in.
 *
 * @param plain as {@code forward} computes it
 * @param measuring the same, which besides names the statistics of the whole picture
 * @param given the same, by statistics that come from outside
 */
record Statement(String plain, String measuring, String given) {

  /** A statement without statistics of the whole picture. */
  static Statement of(String text) {
    return new Statement(text, text, text);
  }

  /** The expressions as assignments. */
  Statement assignedTo(String variable) {
    String start = variable + " = ";
    return new Statement(start + plain, start + measuring, start + given);
  }
}
