package org.ganvas.inference.image;

import java.util.List;

/**
 * A photo as read from a file.
 *
 * @param picture upright, sRGB, alpha not premultiplied
 * @param metadata what the output should carry on
 * @param warnings one line each, for the user: what was wrong with the file but did not matter
 *     enough to refuse it
 */
public record DecodedPhoto(Picture picture, PhotoMetadata metadata, List<String> warnings) {
  public DecodedPhoto {
    warnings = List.copyOf(warnings);
  }
}
