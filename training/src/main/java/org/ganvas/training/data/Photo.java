package org.ganvas.training.data;

import java.nio.file.Path;

/**
 * A photo file that can be used for training, known by its header.
 *
 * @param name path relative to the folder that was searched, with {@code /} between its parts
 * @param file where it is
 * @param width pixels per row when read and, if so, halved; an orientation in the file may swap it
 *     with the height
 * @param height rows, likewise
 * @param halved whether it is shrunk twofold when read
 */
public record Photo(String name, Path file, int width, int height, boolean halved) {

  /** Width times height. */
  public long area() {
    return (long) width * height;
  }

  /** The shorter side. */
  public int shortSide() {
    return Math.min(width, height);
  }
}
