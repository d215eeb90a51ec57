package org.ganvas.training.data;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ganvas.training.data.PhotoFolder.Skipped;

/**
 * Squares of pictures of two domains that do not belong together, as CycleGAN takes them (Zhu et
 * al. 2017). Sample i is a pure function of the files, the settings, the seed and i.
 *
 * <p>A batch has the tensors {@link #A} and {@link #B}, each (N, 3, crop, crop), RGB, 0 to 1 in
 * steps of 1/255. Thread-safe.
 */
public final class UnpairedPhotos implements BatchSource {
  /** Name of the tensor of the first domain's pictures. */
  public static final String A = "a";

  /** Name of the tensor of the second domain's pictures. */
  public static final String B = "b";

  /**
   * What is cut out.
   *
   * @param framing of each picture
   * @param paintedB whether domain B is what {@link PainterlyFilter} makes of its squares: then the
   *     mapping from A to B that should be learned is known
   * @param batchSize pictures of each domain per batch, at least 1
   * @param seed of the random choices
   */
  public record Settings(Framing framing, boolean paintedB, int batchSize, long seed) {
    public Settings {
      if (batchSize < 1) {
        throw new IllegalArgumentException("a batch has at least 1 picture, found " + batchSize);
      }
    }
  }

  private final RandomDraw<Photo, RgbPhoto> drawA;
  private final RandomDraw<Photo, RgbPhoto> drawB;
  private final Settings settings;

  /** Squares of the photos of these folders. */
  public UnpairedPhotos(PhotoFolder a, PhotoFolder b, Settings settings) {
    PhotoCache cache = PhotoCache.ofHalfTheHeap(settings.framing()::sized);
    this.drawA = new RandomDraw<>(a.photos(), photo -> 1, cache::get, Photo::file);
    this.drawB = new RandomDraw<>(b.photos(), photo -> 1, cache::get, Photo::file);
    this.settings = settings;
  }

  /**
   * The samples {@code step * batchSize} to {@code (step + 1) * batchSize - 1}.
   *
   * @throws IOException if a file can no longer be read, or none of a domain can be decoded
   */
  @Override
  public Batch batch(long step) throws IOException {
    int crop = settings.framing.crop();
    int length = 3 * crop * crop;
    float[] a = new float[settings.batchSize * length];
    float[] b = new float[a.length];
    for (int i = 0; i < settings.batchSize; i++) {
      SampleRandom random = new SampleRandom(settings.seed, step * settings.batchSize + i);
      square(drawA, random).toPlanes(a, i * length);
      RgbPhoto squareB = square(drawB, random);
      (settings.paintedB ? PainterlyFilter.paint(squareB) : squareB).toPlanes(b, i * length);
    }
    long n = settings.batchSize;
    return new Batch(
        Map.of(
            A, Batch.Tensor.of(a, n, 3, crop, crop),
            B, Batch.Tensor.of(b, n, 3, crop, crop)));
  }

  private RgbPhoto square(RandomDraw<Photo, RgbPhoto> draw, SampleRandom random)
      throws IOException {
    RgbPhoto photo = draw.next(random);
    return settings.framing.cut(photo, settings.framing.place(photo, random));
  }

  /** The pictures that could not be decoded so far although their headers are sound. */
  @Override
  public List<Skipped> undecodable() {
    return Stream.concat(drawA.unreadable().stream(), drawB.unreadable().stream())
        .distinct()
        .sorted(Comparator.comparing(Skipped::file))
        .toList();
  }
}
