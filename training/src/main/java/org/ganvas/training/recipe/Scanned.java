package org.ganvas.training.recipe;

import java.util.function.Consumer;
import org.ganvas.training.data.PhotoFolder;

/**
 * Tells what was found in folders of pictures.
 *
 * @param reader takes the sentences
 */
record Scanned(Consumer<String> reader) {
  /** For where nobody wants to know. */
  static final Scanned SILENT = new Scanned(sentence -> {});

  void tell(PhotoFolder photos) {
    reader.accept(
        "%d photos, %d skipped".formatted(photos.photos().size(), photos.skipped().size()));
    photos.skipped().forEach(s -> reader.accept("skipped %s: %s".formatted(s.file(), s.reason())));
  }
}
