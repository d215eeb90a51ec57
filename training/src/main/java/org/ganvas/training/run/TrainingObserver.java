package org.ganvas.training.run;

import java.io.IOException;
import java.util.Map;

/** Watches a run; the loop knows nothing of logs, samples or checkpoints. */
public interface TrainingObserver {

  /** After each step. */
  default void stepped(Step step) throws IOException {}

  /** When the last step of the plan was taken, before {@link #ended}. */
  default void finished(Step last) throws IOException {}

  /** When the loop ends, be it at the last step or because it was asked to stop. */
  default void ended(Step last) throws IOException {}

  /**
   * When numbers that are not finite end the run, instead of {@link #ended}.
   *
   * @param last step that was taken whole
   * @param reason what was found, and what helps
   */
  default void diverged(Step last, String reason) throws IOException {}

  /**
   * What is known after a step.
   *
   * @param number from 1
   * @param learningRate of the generator at this step
   * @param figures losses and the like by name
   * @param stepNanos time of the step itself
   * @param waitNanos time that the step waited for its pictures
   */
  record Step(
      long number,
      double learningRate,
      Map<String, Double> figures,
      long stepNanos,
      long waitNanos) {}
}
