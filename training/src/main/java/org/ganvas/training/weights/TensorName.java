package org.ganvas.training.weights;

import java.io.IOException;
import java.util.regex.Pattern;

/** The names in files of weights, which end up in messages on somebody's terminal. */
final class TensorName {
  private static final int LONGEST = 1000;
  private static final int SHOWN = 100;

  /** What moves a terminal's cursor, and what turns the text around. */
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}]");

  private TensorName() {}

  /**
   * The name of what lies in a container.
   *
   * @param container its own name, empty for the outermost
   * @throws IOException if it is none that a tensor can have
   */
  static String of(String container, Object child) throws IOException {
    String last = String.valueOf(child);
    // Before they are joined: a long name, and a million values under it, would take hours.
    if (container.length() + last.length() >= LONGEST || UNSEEN.matcher(last).find()) {
      throw new IOException(
          "names of tensors are below %d characters that can be seen, found %s"
              .formatted(LONGEST, shown(last)));
    }
    return container.isEmpty() ? last : container + "." + last;
  }

  /** What a message shows of a text from a file. */
  static String shown(String text) {
    String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return UNSEEN.matcher(start).replaceAll("?");
  }
}
