package org.ganvas.training.data;

import java.io.IOException;
import org.ganvas.inference.image.BicubicRows;
import org.jspecify.annotations.Nullable;

/**
 * How a square is cut out of a picture: the random jitter of pix2pix (Isola et al. 2017, section
 * 6.2), where pictures are resized to 286 pixels and a square of 256 is cut from a random place; or
 * a square at the picture's own size.
 *
 * @param load the shorter side, in pixels, that a picture is resized to first (its proportions
 *     stay); null if it keeps its size
 * @param crop side of the square in pixels, at most {@code load}
 * @param mirror whether half of the squares, chosen at random, are mirrored left to right
 */
public record Framing(@Nullable Integer load, int crop, boolean mirror) {
  /** A strip of a few pixels' height would grow to more than the memory. */
  private static final long MOST_PIXELS = 50_000_000;

  public Framing {
    if (crop < 1) {
      throw new IllegalArgumentException("a crop is at least 1 pixel wide, found " + crop);
    }
    if (load != null && load < crop) {
      throw new IllegalArgumentException(
          "pictures are loaded at least as large as the crop of %d pixels, found %d"
              .formatted(crop, load));
    }
  }

  /** The same without mirroring, for pictures that are only looked at. */
  public Framing unmirrored() {
    return new Framing(load, crop, false);
  }

  /** What the shorter side of a picture must have: anything can be resized. */
  public int smallestSide() {
    return load == null ? crop : 1;
  }

  /**
   * The picture at the size that squares are cut from.
   *
   * @throws UnreadablePhotoException if it is too small to be used
   */
  RgbPhoto sized(RgbPhoto photo) throws IOException {
    int shorter = Math.min(photo.width(), photo.height());
    if (shorter < smallestSide()) {
      throw new UnreadablePhotoException(
          "a picture must have at least %d pixels per side, found %dx%d"
              .formatted(crop, photo.width(), photo.height()));
    }
    if (load == null || shorter == load) {
      return photo;
    }
    long width = resized(photo.width(), shorter, load);
    long height = resized(photo.height(), shorter, load);
    if (width * height > MOST_PIXELS) {
      throw new UnreadablePhotoException(
          "a picture whose shorter side becomes %d pixels has at most %d pixels then, found %dx%d; cut it"
              .formatted(load, MOST_PIXELS, width, height));
    }
    return PhotoReader.toPhoto(new BicubicRows(photo, (int) width, (int) height));
  }

  private static long resized(int side, int shorter, int load) {
    return Math.round((double) side * load / shorter);
  }

  /**
   * Where a square lies.
   *
   * @param x its first column
   * @param y its first row
   * @param mirrored whether left and right change places in it
   */
  record Place(int x, int y, boolean mirrored) {}

  /** A random place in a picture that has been {@link #sized}. */
  Place place(RgbPhoto sized, SampleRandom random) {
    int x = random.below(sized.width() - crop + 1);
    int y = random.below(sized.height() - crop + 1);
    return new Place(x, y, random.below(2) == 1 && mirror);
  }

  /** The place in the middle, not mirrored. */
  Place middle(RgbPhoto sized) {
    return new Place((sized.width() - crop) / 2, (sized.height() - crop) / 2, false);
  }

  /** The square there. */
  RgbPhoto cut(RgbPhoto sized, Place place) {
    byte[] samples = new byte[3 * crop * crop];
    for (int y = 0; y < crop; y++) {
      int source = ((place.y + y) * sized.width() + place.x) * 3;
      System.arraycopy(sized.samples(), source, samples, y * crop * 3, crop * 3);
    }
    RgbPhoto square = new RgbPhoto(crop, crop, samples);
    return place.mirrored ? square.mirrored() : square;
  }
}
