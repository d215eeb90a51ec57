package org.ganvas.cli.console;

import java.util.function.BooleanSupplier;
import org.ganvas.inference.task.Progress;

/** Progress that is shown, and the wish to stop. */
public record Watched(Progress progress, BooleanSupplier stop) implements Progress {
  @Override
  public void advanced(int done, int total) {
    progress.advanced(done, total);
  }

  @Override
  public boolean cancelled() {
    return stop.getAsBoolean();
  }
}
