package org.ganvas.training.run;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.BatchLoader;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.plan.LearningRateSchedule;
import org.ganvas.training.plan.TrainingPlan;

/** The only training loop. */
public final class TrainingRun {
  private final TrainingPlan plan;
  private final TrainingMethod method;
  private final BatchLoader loader;
  private final List<TrainingObserver> observers;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param loader gives the batch of each step to come; closed at the end of the run
   * @param observers told of each step in this order
   */
  public TrainingRun(
      TrainingPlan plan,
      TrainingMethod method,
      BatchLoader loader,
      List<? extends TrainingObserver> observers) {
    this.plan = plan;
    this.method = method;
    this.loader = loader;
    this.observers = List.copyOf(observers);
  }

  /**
   * Trains until the last step, or until {@link #stop()}.
   *
   * <p>What a step computes depends on the tensors, the plan and the step's number alone: the data
   * order and libtorch's random numbers are functions of seed and step. So a run continues bit by
   * bit from a checkpoint's tensors.
   *
   * @param done steps that were taken already
   * @return the number of the last step
   * @throws IOException if the pictures cannot be read, or an observer cannot write
   * @throws DivergedException if a loss is no longer a number
   */
  public long run(long done) throws IOException, InterruptedException {
    TrainingObserver.Step last = new TrainingObserver.Step(done, 0, Map.of(), 0, 0);
    try {
      LearningRateSchedule schedule = plan.schedule();
      while (last.number() < plan.optimization().steps() && !stopping.get()) {
        last = step(last.number() + 1, schedule);
        for (TrainingObserver observer : observers) {
          observer.stepped(last);
        }
      }
      for (TrainingObserver observer : observers) {
        if (last.number() == plan.optimization().steps()) {
          observer.finished(last);
        }
        observer.ended(last);
      }
      return last.number();
    } catch (DivergedException e) {
      tell(last, e);
      throw e;
    } finally {
      loader.close();
      ended.countDown();
    }
  }

  private void tell(TrainingObserver.Step last, DivergedException diverged) {
    String reason = String.valueOf(diverged.getMessage());
    for (TrainingObserver observer : observers) {
      try {
        observer.diverged(last, reason);
      } catch (IOException e) {
        diverged.addSuppressed(e); // what ended the run is more important
      }
    }
  }

  private TrainingObserver.Step step(long number, LearningRateSchedule schedule)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Batch batch = loader.next();
    long loaded = System.nanoTime();
    double peak = plan.network(TrainingPlan.GENERATOR).learningRate();
    Engine.getEngine("PyTorch").setRandomSeed((int) (plan.seed() * 1_000_003 + number));
    double rate = schedule.at(number);
    Map<String, Double> figures = method.step(batch, rate, number);
    DivergedException.check(number, figures);
    return new TrainingObserver.Step(
        number, rate * peak, figures, System.nanoTime() - loaded, loaded - start);
  }

  /** Asks the loop to end after the step that it is in, and waits until it has ended. */
  public void stop() throws InterruptedException {
    stopping.set(true);
    ended.await();
  }
}
