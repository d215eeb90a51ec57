package org.ganvas.training.data;

import java.io.IOException;
import java.util.List;

/** Two pictures in one, the left half and the right half. */
final class SideBySide {
  /** Width by height: photos of 16:9 have less, two squares have 2. */
  private static final double USUAL_PROPORTION = 1.8;

  private SideBySide() {}

  /**
   * What speaks against two pictures in each file: the proportions of photos in most of them. None
   * is refused, for halves may be upright.
   */
  static List<String> doubts(List<Photo> photos) {
    List<Photo> narrow =
        photos.stream().filter(each -> each.width() < USUAL_PROPORTION * each.height()).toList();
    if (narrow.size() <= photos.size() / 2) {
      return List.of();
    }
    Photo first = narrow.get(0);
    return List.of(
        ("files of pairs show two pictures side by side and so are about twice as wide as high,"
                + " found %d of %d narrower, such as %s of %dx%d; unless their halves are upright"
                + " pictures, give --pair colorize, grey, edges, restore or paint to make pairs of"
                + " photos, or --targets DIR")
            .formatted(narrow.size(), photos.size(), first.file(), first.width(), first.height()));
  }

  /** What is done to each half alike. */
  @FunctionalInterface
  interface Change {
    RgbPhoto apply(RgbPhoto half) throws IOException;
  }

  /**
   * The two halves changed, and put together again.
   *
   * @throws UnreadablePhotoException if the width is odd
   */
  static RgbPhoto map(RgbPhoto both, Change change) throws IOException {
    if (both.width() % 2 != 0) {
      throw new UnreadablePhotoException(
          "two pictures side by side have an even width, found %dx%d"
              .formatted(both.width(), both.height()));
    }
    RgbPhoto left = change.apply(half(both, 0));
    RgbPhoto right = change.apply(half(both, both.width() / 2));
    int row = 3 * left.width();
    byte[] samples = new byte[2 * left.samples().length];
    for (int y = 0; y < left.height(); y++) {
      System.arraycopy(left.samples(), y * row, samples, 2 * y * row, row);
      System.arraycopy(right.samples(), y * row, samples, (2 * y + 1) * row, row);
    }
    return new RgbPhoto(2 * left.width(), left.height(), samples);
  }

  /** The left half as the input, the right one as the target. */
  static PhotoPair split(RgbPhoto both) {
    return new PhotoPair(half(both, 0), half(both, both.width() / 2));
  }

  private static RgbPhoto half(RgbPhoto both, int x) {
    return both.part(x, 0, both.width() / 2, both.height());
  }
}
