package org.ganvas.training.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.ganvas.training.gan.Adversary;
import org.ganvas.training.gan.AveragedGenerator;
import org.ganvas.training.gan.LiveNumber;
import org.ganvas.training.gan.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Whether the two sides of a GAN keep their balance, which no loss tells. Each trouble is news when
 * it begins, and again only after it was over, also where the run was continued in between.
 */
final class Balance {
  /** Share of the old mean that a new figure leaves; about the last hundred steps count. */
  private static final double SMOOTHING = 0.98;

  /**
   * Steps of the game before anything is said: a discriminator begins by learning fast. It begins
   * when the generator does, which a warm-up of the discriminator precedes.
   */
  private static final int PATIENCE = 150;

  private static final String PREFIX = "balance/";

  private final List<Trouble> troubles =
      List.of(
          new Trouble(
              "discriminatorOverpowers",
              means -> means.lowestAccuracy > 0.97,
              means -> means.lowestAccuracy < 0.9,
              "the discriminator overpowers the generator (it is right about %.0f%% of the real and"
                  + " %.0f%% of the generated pictures), so that the generator learns little from"
                  + " it; lower networks.discriminator.learningRate, or set"
                  + " settings.adversary.realTarget=0.9 or settings.adversary.restsAbove=0.9"),
          new Trouble(
              "generatorOverpowers",
              means -> means.lowestAccuracy < 0.1,
              means -> means.lowestAccuracy > 0.3,
              "the generator overpowers the discriminator (it is right about %.0f%% of the real and"
                  + " %.0f%% of the generated pictures), so that its judgement means nothing; raise"
                  + " networks.discriminator.learningRate, or"
                  + " settings.adversary.stepsPerGeneratorStep, or set"
                  + " settings.adversary.waitsBelow=0.4"),
          new Trouble(
              "generatorCollapses",
              means -> means.diversity < 0.25,
              means -> means.diversity > 0.5,
              "the generator collapses: the pictures of a batch differ by %3$.0f%% of what real ones"
                  + " do; go back to an earlier checkpoint with a lower learning rate, or set a larger"
                  + " batch, or begin anew with settings.adversary.penalty.kind=R1 and a"
                  + " discriminator whose normalization is layer, instance or none"));
  private final Mean realAccuracy = new Mean(Adversary.REAL_ACCURACY);
  private final Mean generatedAccuracy = new Mean(Adversary.GENERATED_ACCURACY);
  private final Mean diversity = new Mean(Turn.DIVERSITY);
  private final LiveNumber seen = new LiveNumber();

  /** Smoothed figures; what is not known is not a number, and compares to nothing. */
  private record Means(double lowestAccuracy, double diversity) {}

  /**
   * What can be wrong.
   *
   * @param told 1 while it is being told of, else 0
   */
  private record Trouble(
      String name,
      Predicate<Means> begins,
      Predicate<Means> ends,
      String sentence,
      LiveNumber told) {

    Trouble(String name, Predicate<Means> begins, Predicate<Means> ends, String sentence) {
      this(name, begins, ends, sentence, new LiveNumber());
    }

    /** Whether it is to be told of now. */
    boolean isNews(Means means) {
      boolean known = told.get() > 0;
      boolean present = known ? !ends.test(means) : begins.test(means);
      told.set(present ? 1 : 0);
      return present && !known;
    }
  }

  /**
   * The mean of a figure, the newest counting most; a step that does not have it changes nothing.
   *
   * @param weight of all that is in the sum
   */
  private record Mean(String figure, LiveNumber sum, LiveNumber weight) {

    Mean(String figure) {
      this(figure, new LiveNumber(), new LiveNumber());
    }

    void add(Map<String, Double> figures) {
      @Nullable Double value = figures.get(figure);
      if (value != null) {
        sum.set(SMOOTHING * sum.get() + (1 - SMOOTHING) * value);
        weight.set(SMOOTHING * weight.get() + (1 - SMOOTHING));
      }
    }

    /** Not a number before the first figure. */
    double get() {
      return sum.get() / weight.get();
    }
  }

  /**
   * Takes a step's figures.
   *
   * @return what there is to warn of now, a sentence each
   */
  List<String> watch(Map<String, Double> figures) {
    List<Mean> means = List.of(realAccuracy, generatedAccuracy, diversity);
    means.forEach(mean -> mean.add(figures));
    boolean begun = seen.get() > 0 || figures.containsKey(AveragedGenerator.GRADIENT_NORM);
    // Not every game has both.
    boolean known = !Double.isNaN(realAccuracy.get()) || !Double.isNaN(diversity.get());
    if (!begun || !known) {
      return List.of();
    }
    List<String> news = new ArrayList<>();
    if (seen.increment() < PATIENCE) {
      return news;
    }
    Means now = new Means(Math.min(realAccuracy.get(), generatedAccuracy.get()), diversity.get());
    Object[] percent = means.stream().map(mean -> 100 * mean.get()).toArray();
    for (Trouble trouble : troubles) {
      if (trouble.isNews(now)) {
        news.add(trouble.sentence.formatted(percent));
      }
    }
    return news;
  }

  /** All that is known from the steps so far, by name; live. */
  Map<String, LiveNumber> numbers() {
    Map<String, LiveNumber> numbers = new TreeMap<>();
    numbers.put(PREFIX + "seen", seen);
    for (Mean mean : List.of(realAccuracy, generatedAccuracy, diversity)) {
      numbers.put(PREFIX + mean.figure + "-sum", mean.sum);
      numbers.put(PREFIX + mean.figure + "-weight", mean.weight);
    }
    for (Trouble trouble : troubles) {
      numbers.put(PREFIX + trouble.name, trouble.told);
    }
    return numbers;
  }
}
