package org.ganvas.training.data;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.image.Orientation;

/**
 * Random crops of photos with their small pictures. Sample i is a pure function of the photos, the
 * settings, the seed and i: a photo chosen with a probability proportional to its number of pixels,
 * a place in it, one of eight orientations, and what its degradation draws.
 *
 * <p>Thread-safe.
 */
public final class LowResolutionPairs implements BatchSource {
  /** The small pictures of a batch. */
  public static final String LOW = "low";

  /** The large pictures of a batch. */
  public static final String HIGH = "high";

  /** The ways to lay down a crop, in the order of the numbers that are drawn for them. */
  static final List<Orientation> ORIENTATIONS =
      List.of(
          Orientation.UPRIGHT,
          Orientation.MIRRORED,
          Orientation.FLIPPED,
          Orientation.HALF_TURN,
          Orientation.TRANSPOSED,
          Orientation.QUARTER_TURN_LEFT,
          Orientation.QUARTER_TURN_RIGHT,
          Orientation.TRANSVERSED);

  /**
   * What is cut out.
   *
   * @param scale large pixels per small pixel along one side, at least 1
   * @param crop side of the small crops in pixels, at least 1
   * @param batchSize pairs per batch, at least 1
   * @param seed of the random choices
   */
  public record Settings(int scale, int crop, int batchSize, long seed) {
    public Settings {
      if (scale < 1 || crop < 1 || batchSize < 1) {
        throw new IllegalArgumentException(
            "scale, crop and batch size are at least 1, found %d, %d and %d"
                .formatted(scale, crop, batchSize));
      }
    }

    /** Side of the large crops in pixels: what a photo's shorter side must have. */
    public int highCrop() {
      return crop * scale;
    }
  }

  private final RandomDraw<Photo, RgbPhoto> draw;
  private final Settings settings;
  private final Degradation degradation;
  private final UnsharpMask sharpening;

  /**
   * Pairs from these photos.
   *
   * @param degradation makes the small pictures
   * @param sharpening of the large ones, once the small ones are made
   * @throws IllegalArgumentException if there is none, or one is smaller than the large crop
   */
  public LowResolutionPairs(
      List<Photo> photos,
      PhotoCache cache,
      Settings settings,
      Degradation degradation,
      UnsharpMask sharpening) {
    for (Photo photo : photos) {
      if (photo.shortSide() < settings.highCrop()) {
        throw new IllegalArgumentException(
            "photos must have at least %d pixels per side, found %dx%d: %s"
                .formatted(settings.highCrop(), photo.width(), photo.height(), photo.file()));
      }
    }
    this.draw =
        new RandomDraw<>(photos, Photo::area, photo -> largeEnough(cache.get(photo)), Photo::file);
    this.settings = settings;
    this.degradation = degradation;
    this.sharpening = sharpening;
  }

  private RgbPhoto largeEnough(RgbPhoto pixels) throws UnreadablePhotoException {
    if (Math.min(pixels.width(), pixels.height()) < settings.highCrop()) {
      throw new UnreadablePhotoException("the picture is smaller than its header says");
    }
    return pixels;
  }

  /**
   * The samples {@code step * batchSize} to {@code (step + 1) * batchSize - 1}: {@link #LOW}, the
   * small pictures, (N, 3, crop, crop), and {@link #HIGH}, the large ones, (N, 3, scale crop, scale
   * crop), both red, green, blue in 0 to 1, in steps of 1/255.
   *
   * @throws IOException if a photo's file can no longer be read, or none can be decoded
   */
  @Override
  public Batch batch(long step) throws IOException {
    int lowLength = 3 * settings.crop * settings.crop;
    int highLength = lowLength * settings.scale * settings.scale;
    float[] low = new float[settings.batchSize * lowLength];
    float[] high = new float[settings.batchSize * highLength];
    for (int i = 0; i < settings.batchSize; i++) {
      SampleRandom random = new SampleRandom(settings.seed, step * settings.batchSize + i);
      RgbPhoto photo = draw.next(random);
      int x = random.below(photo.width() / settings.scale - settings.crop + 1);
      int y = random.below(photo.height() / settings.scale - settings.crop + 1);
      Orientation orientation = ORIENTATIONS.get(random.below(ORIENTATIONS.size()));
      Crop crop = new Crop(x, y, orientation);
      cutLow(photo, crop, random, low, i * lowLength);
      cutHigh(photo, crop, high, i * highLength);
    }
    int batch = settings.batchSize;
    return new Batch(
        Map.of(
            LOW,
            Batch.Tensor.of(low, batch, 3, settings.crop, settings.crop),
            HIGH,
            Batch.Tensor.of(high, batch, 3, settings.highCrop(), settings.highCrop())));
  }

  /**
   * The photos that could not be decoded so far although their headers are sound, with the reason;
   * another one is drawn in their place.
   */
  @Override
  public List<PhotoFolder.Skipped> undecodable() {
    return draw.unreadable();
  }

  /** Where a crop lies, in pixels of the small picture, and how it is laid down. */
  private record Crop(int x, int y, Orientation orientation) {}

  private void cutLow(RgbPhoto photo, Crop crop, SampleRandom random, float[] low, int offset) {
    int side = settings.crop;
    Degradation.Place place = new Degradation.Place(crop.x, crop.y, side, settings.scale);
    float[] small = degradation.small(photo, place, random);
    for (int y = 0, i = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int target = offset + crop.orientation.index(x, y, side, side);
        for (int channel = 0; channel < 3; channel++, i++, target += side * side) {
          low[target] = small[i] / 255f;
        }
      }
    }
  }

  private void cutHigh(RgbPhoto photo, Crop crop, float[] high, int offset) {
    int side = settings.highCrop();
    int area = side * side;
    RgbPhoto square =
        sharpening.square(photo, crop.x * settings.scale, crop.y * settings.scale, side);
    byte[] samples = square.samples();
    for (int y = 0, source = 0; y < side; y++) {
      for (int x = 0; x < side; x++, source += 3) {
        int target = offset + crop.orientation.index(x, y, side, side);
        high[target] = Byte.toUnsignedInt(samples[source]) / 255f;
        high[target + area] = Byte.toUnsignedInt(samples[source + 1]) / 255f;
        high[target + 2 * area] = Byte.toUnsignedInt(samples[source + 2]) / 255f;
      }
    }
  }
}
