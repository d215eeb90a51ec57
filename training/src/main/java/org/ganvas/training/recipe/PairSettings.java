package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.require;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.ganvas.training.data.PairKind;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.data.PhotoFolder;
import org.ganvas.training.plan.LocalPath;
import org.jspecify.annotations.Nullable;

/**
 * What belongs together.
 *
 * @param kind {@code given}, or how the other picture is made of each photo, such as {@code
 *     colorize}
 * @param direction {@code AtoB} if the left half of a file, or the first folder, or what the kind
 *     begins with is the input; {@code BtoA} if the other one is
 * @param targets folder with the second pictures of pairs that are given; null if each file shows
 *     both side by side
 * @param validationTargets the same of the pictures that are only measured
 */
public record PairSettings(
    String kind,
    String direction,
    @LocalPath @Nullable String targets,
    @LocalPath @Nullable String validationTargets) {
  /** Pairs that are found, not made. */
  public static final String GIVEN = "given";

  private static final String A_TO_B = "AtoB";
  private static final String B_TO_A = "BtoA";

  /** Photos to what the painterly filter makes of them, or back. */
  static PairSettings paintings(boolean back) {
    return new PairSettings(word(PairKind.PAINT), back ? B_TO_A : A_TO_B, null, null);
  }

  public PairSettings {
    String kinds =
        Arrays.stream(PairKind.values()).map(PairSettings::word).collect(Collectors.joining(", "));
    require(
        GIVEN.equals(kind) || Arrays.stream(PairKind.values()).anyMatch(k -> word(k).equals(kind)),
        "settings.pairs.kind is %s, %s".formatted(GIVEN, kinds),
        kind);
    require(
        A_TO_B.equals(direction) || B_TO_A.equals(direction),
        "settings.pairs.direction is AtoB or BtoA",
        direction);
    requireGiven(kind, "settings.pairs.targets", targets);
    requireGiven(kind, "settings.pairs.validationTargets", validationTargets);
  }

  private static void requireGiven(String kind, String setting, @Nullable String folder) {
    require(
        folder == null || GIVEN.equals(kind),
        setting + " is for pairs that are given, not made",
        folder);
  }

  private static String word(PairKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Whether colours are put on a picture whose brightness is known. */
  boolean colorizes() {
    return word(PairKind.COLORIZE).equals(kind) && !isReversed();
  }

  /** Whether B becomes A. */
  boolean isReversed() {
    return direction.equals(B_TO_A);
  }

  /**
   * The pairs of these folders.
   *
   * @param folders of photos, of files that show both pictures, or of the first ones
   * @param second of the second pictures; null if there is no such folder
   * @param reader takes what was found in a folder
   * @throws IOException if there are none
   */
  public PairedPhotos open(
      List<Path> folders,
      @Nullable String second,
      PairedPhotos.Settings settings,
      Consumer<String> reader)
      throws IOException {
    Scanned scanned = new Scanned(reader);
    PhotoFolder photos = scanned.photos(folders, settings.framing());
    if (kind.equals(GIVEN) && second != null) {
      PhotoFolder others = scanned.photos(List.of(Path.of(second)), settings.framing());
      return isReversed()
          ? PairedPhotos.ofFolders(others, photos, settings)
          : PairedPhotos.ofFolders(photos, others, settings);
    }
    PairedPhotos pairs =
        kind.equals(GIVEN)
            ? PairedPhotos.sideBySide(photos, settings)
            : PairedPhotos.made(photos, PairKind.valueOf(kind.toUpperCase(Locale.ROOT)), settings);
    return isReversed() ? pairs.reversed() : pairs;
  }
}
