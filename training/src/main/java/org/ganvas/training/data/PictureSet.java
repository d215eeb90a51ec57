package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Pictures by number, each perhaps with a label: what {@link LabelledPictures} draws from. */
public interface PictureSet {
  /** How many pictures there are, at least 1. */
  int size();

  /** The names of the labels; empty if the pictures have none. */
  List<String> labels();

  /** The number of a picture's label in {@link #labels}; without meaning if there are none. */
  int label(int index);

  /**
   * The pixels of a picture.
   *
   * @throws UnreadablePhotoException if it cannot be decoded
   * @throws IOException if the file cannot be read
   */
  RgbPhoto picture(int index) throws IOException;

  /** The file that holds it. */
  Path file(int index);
}
