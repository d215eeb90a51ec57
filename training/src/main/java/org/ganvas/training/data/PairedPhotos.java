package org.ganvas.training.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ganvas.training.data.PhotoFolder.Skipped;

/**
 * Squares of pictures, each with what it should become. Sample i is a pure function of the files,
 * the settings, the seed and i; both pictures of a pair are cut at one place and mirrored alike.
 *
 * <p>A batch has the tensors {@link #INPUT} and {@link #TARGET}, each (N, 3, crop, crop), RGB, 0 to
 * 1 in steps of 1/255. Thread-safe.
 */
public final class PairedPhotos implements BatchSource {
  /** Name of the tensor of what a network is given. */
  public static final String INPUT = "input";

  /** Name of the tensor of what it should give. */
  public static final String TARGET = "target";

  /**
   * What is cut out.
   *
   * @param framing of both pictures of a pair
   * @param batchSize pairs per batch, at least 1
   * @param seed of the random choices
   */
  public record Settings(Framing framing, int batchSize, long seed) {
    public Settings {
      if (batchSize < 1) {
        throw new IllegalArgumentException("a batch has at least 1 pair, found " + batchSize);
      }
    }
  }

  /** A pair that is still to be cut out of two pictures that are cut alike. */
  @FunctionalInterface
  private interface Finish {
    PhotoPair finish(PhotoPair cut, SampleRandom random);
  }

  private final RandomDraw<?, PhotoPair> draw;
  private final Finish finish;
  private final Settings settings;
  private final List<Skipped> skipped;
  private final List<String> warnings;

  private PairedPhotos(
      RandomDraw<?, PhotoPair> draw,
      Finish finish,
      Settings settings,
      List<Skipped> skipped,
      List<String> warnings) {
    this.draw = draw;
    this.finish = finish;
    this.settings = settings;
    this.skipped = skipped;
    this.warnings = warnings;
  }

  /**
   * Pairs from files that show both pictures side by side, each in one half of the width, as the
   * data sets of pix2pix do; the left one is the input.
   *
   * @param photos such files; one whose width is odd is listed and left out
   */
  public static PairedPhotos sideBySide(PhotoFolder photos, Settings settings) {
    PhotoCache cache =
        PhotoCache.ofHalfTheHeap(file -> SideBySide.map(file, settings.framing()::sized));
    return new PairedPhotos(
        new RandomDraw<>(
            photos.photos(), photo -> 1, photo -> SideBySide.split(cache.get(photo)), Photo::file),
        (cut, random) -> cut,
        settings,
        List.of(),
        SideBySide.doubts(photos.photos()));
  }

  /**
   * Pairs from two folders, matched by name; the ending may differ.
   *
   * @throws IOException if no names match
   */
  public static PairedPhotos ofFolders(PhotoFolder inputs, PhotoFolder targets, Settings settings)
      throws IOException {
    List<Skipped> skipped = new ArrayList<>();
    List<Match> matches = matches(inputs.photos(), targets.photos(), skipped);
    if (matches.isEmpty()) {
      throw new IOException(
          "two folders of pairs have files of equal names, found none among %d and %d, such as %s"
                  .formatted(inputs.photos().size(), targets.photos().size(), skipped.get(0).file())
              + "; rename them");
    }
    PhotoCache cache = PhotoCache.ofHalfTheHeap(settings.framing()::sized);
    return new PairedPhotos(
        new RandomDraw<>(
            matches, match -> 1, match -> match.read(cache), match -> match.input().file()),
        (cut, random) -> cut,
        settings,
        skipped,
        List.of());
  }

  /** Pairs that are made of each photo, once it is cut. */
  public static PairedPhotos made(PhotoFolder photos, PairKind kind, Settings settings) {
    PhotoCache cache = PhotoCache.ofHalfTheHeap(settings.framing()::sized);
    return new PairedPhotos(
        new RandomDraw<>(
            photos.photos(),
            photo -> 1,
            photo -> {
              RgbPhoto pixels = cache.get(photo);
              return new PhotoPair(pixels, pixels);
            },
            Photo::file),
        (cut, random) -> kind.pair(cut.target(), random),
        settings,
        List.of(),
        List.of());
  }

  /** The same pairs the other way round: what was the target is the input. */
  public PairedPhotos reversed() {
    return new PairedPhotos(
        draw, (cut, random) -> finish.finish(cut, random).reversed(), settings, skipped, warnings);
  }

  private record Match(Photo input, Photo target) {
    PhotoPair read(PhotoCache cache) throws IOException {
      RgbPhoto from = cache.get(input);
      RgbPhoto to = cache.get(target);
      if (from.width() != to.width() || from.height() != to.height()) {
        throw new UnreadablePhotoException(
            "both pictures of a pair have one size, found %dx%d and %dx%d in %s"
                .formatted(from.width(), from.height(), to.width(), to.height(), target.file()));
      }
      return new PhotoPair(from, to);
    }
  }

  private static List<Match> matches(
      List<Photo> inputs, List<Photo> targets, List<Skipped> skipped) {
    Map<String, Photo> targetsByName = byName(targets, skipped);
    Map<String, Photo> inputsByName = byName(inputs, skipped);
    List<Match> matches = new ArrayList<>();
    inputsByName.forEach(
        (name, input) -> {
          Photo target = targetsByName.remove(name);
          if (target == null) {
            skipped.add(unmatched(input));
          } else {
            matches.add(new Match(input, target));
          }
        });
    targetsByName.values().forEach(target -> skipped.add(unmatched(target)));
    skipped.sort(Comparator.comparing(Skipped::file));
    return matches;
  }

  private static Skipped unmatched(Photo photo) {
    return new Skipped(
        photo.file(), "a pair has the same name in both folders, found it in one only");
  }

  private static Map<String, Photo> byName(List<Photo> photos, List<Skipped> skipped) {
    Map<String, Photo> byName = new LinkedHashMap<>();
    for (Photo photo : photos) {
      Photo earlier = byName.putIfAbsent(stem(photo), photo);
      if (earlier != null) {
        skipped.add(
            new Skipped(
                photo.file(),
                "a name without its ending occurs once in a folder, found " + earlier.name()));
      }
    }
    return byName;
  }

  /** The name without its ending. */
  private static String stem(Photo photo) {
    String name = photo.name();
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
  }

  /**
   * The samples {@code step * batchSize} to {@code (step + 1) * batchSize - 1}.
   *
   * @throws IOException if a file can no longer be read, or none can be decoded
   */
  @Override
  public Batch batch(long step) throws IOException {
    int crop = settings.framing.crop();
    int length = 3 * crop * crop;
    float[] inputs = new float[settings.batchSize * length];
    float[] targets = new float[inputs.length];
    for (int i = 0; i < settings.batchSize; i++) {
      PhotoPair pair = sample(step * settings.batchSize + i);
      pair.input().toPlanes(inputs, i * length);
      pair.target().toPlanes(targets, i * length);
    }
    long n = settings.batchSize;
    return new Batch(
        Map.of(
            INPUT, Batch.Tensor.of(inputs, n, 3, crop, crop),
            TARGET, Batch.Tensor.of(targets, n, 3, crop, crop)));
  }

  private PhotoPair sample(long index) throws IOException {
    SampleRandom random = new SampleRandom(settings.seed, index);
    PhotoPair whole = draw.next(random);
    Framing framing = settings.framing;
    Framing.Place place = framing.place(whole.target(), random);
    RgbPhoto target = framing.cut(whole.target(), place);
    boolean same = whole.input().equals(whole.target());
    RgbPhoto input = same ? target : framing.cut(whole.input(), place);
    return finish.finish(new PhotoPair(input, target), random);
  }

  @Override
  public List<String> warnings() {
    return warnings;
  }

  /**
   * The pictures that are not used although their headers are sound, as far as is known by now:
   * those without a partner, and those that could not be decoded.
   */
  @Override
  public List<Skipped> undecodable() {
    return Stream.concat(skipped.stream(), draw.unreadable().stream()).toList();
  }
}
