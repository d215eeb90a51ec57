package org.ganvas.training.run;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.data.PhotoFolder.Skipped;

/**
 * Tells of photos whose headers are sound but whose pixels are not, when a step has come upon one.
 */
final class SkippedPhotosObserver implements TrainingObserver {
  private final BatchSource source;
  private final Consumer<String> reader;
  private final Set<Skipped> told = new HashSet<>();

  SkippedPhotosObserver(BatchSource source, Consumer<String> reader) {
    this.source = source;
    this.reader = reader;
  }

  @Override
  public void stepped(Step step) {
    for (Skipped photo : source.undecodable()) {
      if (told.add(photo)) {
        reader.accept("skipped %s: %s".formatted(photo.file(), photo.reason()));
      }
    }
  }
}
