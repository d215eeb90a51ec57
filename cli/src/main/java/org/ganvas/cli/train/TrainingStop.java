package org.ganvas.cli.train;

import java.util.concurrent.CountDownLatch;
import org.ganvas.training.run.TrainingRun;

/**
 * Lets a training end in order when the user presses Ctrl-C: the Java machine waits until the step
 * in work and its checkpoint are done and the user has been told so. A run that has taken all its
 * steps by then goes on to write its model.
 */
final class TrainingStop implements AutoCloseable {
  private final CountDownLatch told = new CountDownLatch(1);
  private final TrainingRun run;
  private final Thread hook = new Thread(this::await, "stopper");

  TrainingStop(TrainingRun run) {
    this.run = run;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    try {
      run.stop();
      told.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Everything is written and told. */
  @Override
  public void close() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The machine is shutting down; the hook finds everything told.
    }
  }
}
