package org.ganvas.inference.task;

import java.util.Arrays;
import java.util.List;
import org.ganvas.inference.image.Picture;

/** Several pictures as one. */
public final class PictureGrid {
  /** White pixels between pictures. */
  private static final int GAP = 2;

  private PictureGrid() {}

  /**
   * Lays pictures out row by row; what is left of the last row is white.
   *
   * @param pictures at least one, all of the same size, layout and bit depth
   * @param columns pictures per row, at least 1
   * @throws IllegalArgumentException if there are none, or they are not alike
   */
  public static Picture of(List<Picture> pictures, int columns) {
    requireColumns(columns);
    requireAlike(pictures);
    Picture first = pictures.get(0);
    int used = Math.min(columns, pictures.size());
    int rows = (pictures.size() - 1) / used + 1;
    int width = Math.multiplyExact(used, first.width() + GAP) - GAP;
    int height = Math.multiplyExact(rows, first.height() + GAP) - GAP;
    int channels = first.layout().channels();
    short[] samples = new short[Math.multiplyExact(Math.multiplyExact(width, height), channels)];
    Arrays.fill(samples, (short) ((1 << first.bitDepth()) - 1));
    for (int i = 0; i < pictures.size(); i++) {
      Picture picture = pictures.get(i);
      int left = i % used * (first.width() + GAP);
      int top = i / used * (first.height() + GAP);
      int length = first.width() * channels;
      for (int y = 0; y < first.height(); y++) {
        int to = ((top + y) * width + left) * channels;
        System.arraycopy(picture.samples(), y * length, samples, to, length);
      }
    }
    return new Picture(width, height, first.layout(), first.bitDepth(), samples);
  }

  static void requireColumns(int found) {
    if (found < 1) {
      throw new IllegalArgumentException("a grid has at least 1 column, found " + found);
    }
  }

  private static void requireAlike(List<Picture> pictures) {
    List<String> kinds = pictures.stream().map(PictureGrid::kind).distinct().toList();
    if (kinds.size() != 1) {
      throw new IllegalArgumentException(
          kinds.isEmpty()
              ? "a grid has at least 1 picture, found none"
              : "pictures of a grid are alike, found " + String.join(" and ", kinds));
    }
  }

  private static String kind(Picture picture) {
    return "%dx%d %s of %d bits"
        .formatted(picture.width(), picture.height(), picture.layout(), picture.bitDepth());
  }
}
