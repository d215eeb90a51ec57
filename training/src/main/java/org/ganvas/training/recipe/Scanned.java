package org.ganvas.training.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.ganvas.training.data.Framing;
import org.ganvas.training.data.PhotoFolder;
import org.ganvas.training.data.PhotoFolder.Skipped;

/**
 * Folders of pictures that are searched, and what is told of them.
 *
 * @param reader takes the sentences
 */
record Scanned(Consumer<String> reader) {
  /**
   * Finds pictures that squares are cut out of.
   *
   * @throws IOException if none can be used
   */
  PhotoFolder photos(List<Path> folders, Framing framing) throws IOException {
    return photos(folders, framing.smallestSide(), Integer.MAX_VALUE);
  }

  /** As {@link PhotoFolder#scan}. */
  PhotoFolder photos(List<Path> folders, int minimumSide, int shrinkAbove) throws IOException {
    PhotoFolder photos = PhotoFolder.scan(folders, minimumSide, shrinkAbove);
    reader.accept(
        "%d photos, %d skipped".formatted(photos.photos().size(), photos.skipped().size()));
    photos.skipped().forEach(this::skipped);
    return photos;
  }

  /** Tells of a picture that is not used. */
  void skipped(Skipped photo) {
    reader.accept("skipped %s: %s".formatted(photo.file(), photo.reason()));
  }
}
