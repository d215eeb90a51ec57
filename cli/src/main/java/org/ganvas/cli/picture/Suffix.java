package org.ganvas.cli.picture;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is added to a photo's name to make its result's.
 *
 * @param text may be empty
 * @param scaled whether a file may also be the result of another run, named after its scale
 */
record Suffix(String text, boolean scaled) {
  private static final Pattern SCALED = Pattern.compile("(.+)-x\\d+(\\.\\d+)?");

  Suffix {
    if (text.contains("/") || text.contains("\\")) {
      throw new IllegalArgumentException("a suffix is part of a file name, found " + text);
    }
  }

  /** What the photo is called if a file is its result, both without ending; none if it is not. */
  Stream<String> photosOf(String result) {
    int length = result.length() - text.length();
    Stream<String> own =
        !text.isEmpty() && length > 0 && result.endsWith(text)
            ? Stream.of(result.substring(0, length))
            : Stream.empty();
    Matcher other = SCALED.matcher(result);
    return scaled && other.matches() ? Stream.concat(own, Stream.of(other.group(1))) : own;
  }
}
