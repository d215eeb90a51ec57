package org.ganvas.training.run;

import java.io.IOException;

/** Writes a checkpoint every so many steps and at the end. */
final class CheckpointObserver implements TrainingObserver {
  private final CheckpointStore store;
  private final RunState state;
  private final long interval;

  CheckpointObserver(CheckpointStore store, RunState state, long interval) {
    this.store = store;
    this.state = state;
    this.interval = interval;
  }

  @Override
  public void stepped(Step step) throws IOException {
    if (step.number() % interval == 0) {
      store.save(step.number(), state.tensors(), state.numbers());
    }
  }

  @Override
  public void ended(Step last) throws IOException {
    store.save(last.number(), state.tensors(), state.numbers());
  }
}
