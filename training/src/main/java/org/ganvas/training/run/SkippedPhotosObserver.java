package org.ganvas.training.run;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.data.PhotoFolder.Skipped;

/**
 * Tells of photos whose headers are sound but whose pixels are not, when a step has come upon one.
 */
final class SkippedPhotosObserver implements TrainingObserver {
  private final LowResolutionPairs pairs;
  private final Consumer<String> reader;
  private final Set<Skipped> told = new HashSet<>();

  SkippedPhotosObserver(LowResolutionPairs pairs, Consumer<String> reader) {
    this.pairs = pairs;
    this.reader = reader;
  }

  @Override
  public void stepped(Step step) {
    for (Skipped photo : pairs.undecodable()) {
      if (told.add(photo)) {
        reader.accept("skipped %s: %s".formatted(photo.file(), photo.reason()));
      }
    }
  }
}
