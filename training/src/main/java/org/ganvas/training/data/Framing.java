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
 * @param variety what else is chosen at random. With a zoom, pictures that are resized are kept
 *     that many times as large, and the widest square is as wide a part of them as without; of
 *     those that keep their size, the narrowest one is
 */
public record Framing(@Nullable Integer load, int crop, boolean mirror, Variety variety) {
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
    if (variety == null) {
      throw new IllegalArgumentException("a variety is an object, found null");
    }
  }

  /** Squares that differ by their place alone. */
  public Framing(@Nullable Integer load, int crop, boolean mirror) {
    this(load, crop, mirror, Variety.NONE);
  }

  /** The same without mirroring and variety, for pictures that are only looked at. */
  public Framing plain() {
    return new Framing(load, crop, false);
  }

  /** What the shorter side of a picture must have: anything can be resized. */
  public int smallestSide() {
    return load == null ? widest() : 1;
  }

  /** Side of the widest square, in pixels of a picture that has been {@link #sized}. */
  private int widest() {
    return zoomed(crop);
  }

  /** Pixels of a picture that is kept larger; beyond all numbers, the largest one. */
  private int zoomed(int pixels) {
    return (int) Math.rint(pixels * variety.zoom());
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
              .formatted(smallestSide(), photo.width(), photo.height()));
    }
    if (load == null) {
      return photo;
    }
    int target = zoomed(load);
    if (shorter == target) {
      return photo;
    }
    long width = resized(photo.width(), shorter, target);
    long height = resized(photo.height(), shorter, target);
    if ((double) width * height > MOST_PIXELS) {
      throw new UnreadablePhotoException(
          "a picture whose shorter side becomes %d pixels has at most %d pixels then, found %dx%d; cut it"
              .formatted(target, MOST_PIXELS, width, height));
    }
    return PhotoReader.toPhoto(new BicubicRows(photo, (int) width, (int) height));
  }

  private static long resized(int side, int shorter, int target) {
    return Math.round((double) side * target / shorter);
  }

  /**
   * Where a square lies, and what it looks like.
   *
   * @param x first column of it, or of the square that it fills when it is turned
   * @param y first row likewise
   * @param side of it in the picture, in pixels
   * @param choice its turn and brightness
   * @param mirrored whether left and right change places in it
   */
  record Place(int x, int y, int side, Variety.Choice choice, boolean mirrored) {}

  /** A random place in a picture that has been {@link #sized}. */
  Place place(RgbPhoto sized, SampleRandom random) {
    Variety.Choice choice = variety.choose(random);
    int fitting = (int) (Math.min(sized.width(), sized.height()) / choice.reach());
    int wanted = (int) Math.round(widest() * choice.width());
    int side = Math.max(1, Math.min(wanted, fitting));
    int reach = choice.reach(side);
    int x = random.below(sized.width() - reach + 1);
    int y = random.below(sized.height() - reach + 1);
    return new Place(x, y, side, choice, random.below(2) == 1 && mirror);
  }

  /** The square there. */
  RgbPhoto cut(RgbPhoto sized, Place place) throws IOException {
    RgbPhoto square = sized.square(place.x, place.y, place.choice.reach(place.side));
    if (place.choice.turn() != 0) {
      square = square.turned(place.choice.turn(), place.side);
    }
    if (place.side != crop) {
      square = PhotoReader.toPhoto(new BicubicRows(square, crop, crop));
    }
    if (place.choice.power() != 1) {
      square = square.bent(place.choice.power());
    }
    return place.mirrored ? square.mirrored() : square;
  }
}
