package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.require;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ganvas.training.data.Framing;
import org.ganvas.training.data.Photo;
import org.ganvas.training.data.PhotoFolder;
import org.ganvas.training.data.UnpairedPhotos;
import org.ganvas.training.plan.LocalPath;
import org.jspecify.annotations.Nullable;

/**
 * Where the pictures of the two domains come from.
 *
 * @param kind {@code given}: of two folders; or {@code painted}: photos, and what the painterly
 *     filter makes of other photos, so that the mapping that should be learned is known
 * @param validationB folder with pictures of B that are only looked at; null for none
 */
public record DomainSettings(String kind, @LocalPath @Nullable String validationB) {
  private static final String GIVEN = "given";
  private static final String PAINTED = "painted";
  private static final String TRAIN_A = "trainA";
  private static final String TRAIN_B = "trainB";

  public DomainSettings {
    require(
        GIVEN.equals(kind) || PAINTED.equals(kind),
        "settings.domains.kind is given or painted",
        kind);
    require(
        GIVEN.equals(kind) || validationB == null,
        "settings.domains.validationB is for domains that are given, not painted",
        validationB);
  }

  /** Whether B is what the painterly filter makes of photos. */
  boolean isPainted() {
    return kind.equals(PAINTED);
  }

  /**
   * Checks that the folders are those of two domains.
   *
   * @throws IllegalArgumentException if they are not
   */
  void check(List<String> folders) {
    if (isPainted()) {
      require(!folders.isEmpty(), "training needs folders of photos; give --data DIR", folders);
    } else {
      require(
          folders.size() == 2 || (folders.size() == 1 && isSplit(Path.of(folders.get(0)))),
          "two domains are two folders, or one with %s and %s in it; give --data A B"
              .formatted(TRAIN_A, TRAIN_B),
          folders);
    }
  }

  private static boolean isSplit(Path folder) {
    return Files.isDirectory(folder.resolve(TRAIN_A)) && Files.isDirectory(folder.resolve(TRAIN_B));
  }

  /**
   * The pictures of these folders. Photos of which one half is painted are dealt out to the domains
   * by turns, so that these share none.
   *
   * @param scanned takes what was found in a folder
   * @throws IOException if there are none
   */
  UnpairedPhotos open(List<Path> folders, UnpairedPhotos.Settings settings, Scanned scanned)
      throws IOException {
    Framing framing = settings.framing();
    if (isPainted()) {
      PhotoFolder photos = scanned.photos(folders, framing);
      if (photos.photos().size() < 2) {
        throw new IOException("two domains need at least two photos, found one in " + folders);
      }
      return new UnpairedPhotos(everySecond(photos, 0), everySecond(photos, 1), settings);
    }
    Path first = folders.get(0);
    boolean split = folders.size() == 1;
    Path a = split ? first.resolve(TRAIN_A) : first;
    Path b = split ? first.resolve(TRAIN_B) : folders.get(1);
    return new UnpairedPhotos(
        scanned.photos(List.of(a), framing), scanned.photos(List.of(b), framing), settings);
  }

  private static PhotoFolder everySecond(PhotoFolder all, int first) {
    List<Photo> photos = new ArrayList<>();
    for (int i = first; i < all.photos().size(); i += 2) {
      photos.add(all.photos().get(i));
    }
    return new PhotoFolder(photos, List.of());
  }
}
