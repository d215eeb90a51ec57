package org.ganvas.training.run;

import java.io.IOException;

/** Warns when the two sides of a GAN lose their balance. */
final class BalanceObserver implements TrainingObserver {
  private final Balance balance;
  private final LogObserver log;

  BalanceObserver(Balance balance, LogObserver log) {
    this.balance = balance;
    this.log = log;
  }

  @Override
  public void stepped(Step step) throws IOException {
    for (String news : balance.watch(step.figures())) {
      log.warn(step.number(), news);
    }
  }
}
