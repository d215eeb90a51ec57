package org.ganvas.training.run;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ganvas.training.gan.Adversary;
import org.ganvas.training.gan.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Warns when the two sides of a GAN lose their balance, which no loss tells: once when it begins,
 * and again only after it was over. A run that is continued begins to watch anew.
 */
final class BalanceObserver implements TrainingObserver {
  /** Share of the old mean that a new figure leaves; about the last hundred steps count. */
  private static final double SMOOTHING = 0.98;

  /** Steps of the game before anything is said: a discriminator begins by learning fast. */
  private static final int PATIENCE = 150;

  private final LogObserver log;
  private final List<Trouble> troubles =
      List.of(
          new Trouble(
              means -> means.lowestAccuracy > 0.97,
              means -> means.lowestAccuracy < 0.9,
              "the discriminator overpowers the generator (it is right about %.0f%% of the real and"
                  + " %.0f%% of the generated pictures), so that the generator learns little from"
                  + " it; lower networks.discriminator.learningRate, or set"
                  + " settings.adversary.realTarget=0.9 or settings.adversary.restsAbove=0.9"),
          new Trouble(
              means -> means.lowestAccuracy < 0.1,
              means -> means.lowestAccuracy > 0.3,
              "the generator overpowers the discriminator (it is right about %.0f%% of the real and"
                  + " %.0f%% of the generated pictures), so that its judgement means nothing; raise"
                  + " networks.discriminator.learningRate, or"
                  + " settings.adversary.stepsPerGeneratorStep, or set"
                  + " settings.adversary.waitsBelow=0.4"),
          new Trouble(
              means -> means.diversity < 0.25,
              means -> means.diversity > 0.5,
              "the generator collapses: the pictures of a batch differ by %3$.0f%% of what real ones"
                  + " do; go back to an earlier checkpoint with a lower learning rate, or set a larger"
                  + " batch, or begin anew with settings.adversary.penalty.kind=R1 and a"
                  + " discriminator whose normalization is layer, instance or none"));
  private double realAccuracy = Double.NaN;
  private double generatedAccuracy = Double.NaN;
  private double diversity = Double.NaN;
  private int seen;

  BalanceObserver(LogObserver log) {
    this.log = log;
  }

  /** Smoothed figures; what is not known is not a number, and compares to nothing. */
  private record Means(double lowestAccuracy, double diversity) {}

  /** What can be wrong, and whether it is being told of. */
  private static final class Trouble {
    private final Predicate<Means> begins;
    private final Predicate<Means> ends;
    private final String sentence;
    private boolean told;

    Trouble(Predicate<Means> begins, Predicate<Means> ends, String sentence) {
      this.begins = begins;
      this.ends = ends;
      this.sentence = sentence;
    }

    /** Whether it is to be told of now. */
    boolean isNews(Means means) {
      if (told) {
        told = !ends.test(means);
        return false;
      }
      told = begins.test(means);
      return told;
    }
  }

  @Override
  public void stepped(Step step) throws IOException {
    Map<String, Double> figures = step.figures();
    realAccuracy = smooth(realAccuracy, figures.get(Adversary.REAL_ACCURACY));
    generatedAccuracy = smooth(generatedAccuracy, figures.get(Adversary.GENERATED_ACCURACY));
    diversity = smooth(diversity, figures.get(Turn.DIVERSITY));
    // Not every game has both.
    seen += Double.isNaN(realAccuracy) && Double.isNaN(diversity) ? 0 : 1;
    if (seen < PATIENCE) {
      return;
    }
    Means means = new Means(Math.min(realAccuracy, generatedAccuracy), diversity);
    for (Trouble trouble : troubles) {
      if (trouble.isNews(means)) {
        log.warn(
            step.number(),
            trouble.sentence.formatted(
                100 * realAccuracy, 100 * generatedAccuracy, 100 * diversity));
      }
    }
  }

  private static double smooth(double mean, @Nullable Double figure) {
    if (figure == null) {
      return mean;
    }
    return Double.isNaN(mean) ? figure : SMOOTHING * mean + (1 - SMOOTHING) * figure;
  }
}
