package org.ganvas.training.run;

import java.io.IOException;
import org.ganvas.training.gan.TrainingMethod;

/** Writes a checkpoint every so many steps and at the end. */
public final class CheckpointObserver implements TrainingObserver {
  private final CheckpointStore store;
  private final TrainingMethod method;
  private final long interval;

  public CheckpointObserver(CheckpointStore store, TrainingMethod method, long interval) {
    this.store = store;
    this.method = method;
    this.interval = interval;
  }

  @Override
  public void stepped(Step step) throws IOException {
    if (step.number() % interval == 0) {
      store.save(step.number(), method.tensors(), method.numbers());
    }
  }

  @Override
  public void ended(Step last) throws IOException {
    store.save(last.number(), method.tensors(), method.numbers());
  }
}
