package org.ganvas.training.gan;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

/**
 * How a discriminator is trained against its generator.
 *
 * @param loss what both minimize
 * @param realTarget what it should answer on real pictures: 1, or less as one-sided label smoothing
 *     (Salimans et al. 2016, section 3.4), such as 0.9
 * @param penalty on its gradient
 * @param warmUp steps that it takes before the generator's first one
 * @param stepsPerGeneratorStep how many steps it takes for each of the generator's
 * @param restsAbove share of right answers above which it does not learn; 1 for never
 * @param waitsBelow share of right answers below which the generator waits for it; 0 for never
 */
public record AdversarySettings(
    AdversarialLoss loss,
    double realTarget,
    GradientPenalty penalty,
    long warmUp,
    int stepsPerGeneratorStep,
    double restsAbove,
    double waitsBelow) {
  public AdversarySettings {
    require(
        given(loss),
        "settings.adversary.loss is MINIMAX, NON_SATURATING, LEAST_SQUARES, HINGE or WASSERSTEIN",
        loss);
    require(
        realTarget > 0.5 && realTarget <= 1,
        "settings.adversary.realTarget is above 0.5 and at most 1",
        realTarget);
    require(given(penalty), "settings.adversary.penalty is an object", penalty);
    require(warmUp >= 0, "settings.adversary.warmUp is 0 or more steps", warmUp);
    require(
        stepsPerGeneratorStep >= 1,
        "settings.adversary.stepsPerGeneratorStep is at least 1",
        stepsPerGeneratorStep);
    require(
        restsAbove > 0.5 && restsAbove <= 1,
        "settings.adversary.restsAbove is above 0.5 and at most 1",
        restsAbove);
    require(
        waitsBelow >= 0 && waitsBelow <= 0.5,
        "settings.adversary.waitsBelow is 0 to 0.5",
        waitsBelow);
    boolean critic = loss == AdversarialLoss.WASSERSTEIN;
    require(
        !critic || realTarget == 1,
        "settings.adversary.realTarget is 1 with WASSERSTEIN, whose critic aims at no number",
        realTarget);
    require(
        !critic || (restsAbove == 1 && waitsBelow == 0),
        "settings.adversary.restsAbove is 1 and settings.adversary.waitsBelow 0 with WASSERSTEIN, whose critic is"
            + " neither right nor wrong",
        restsAbove + " and " + waitsBelow);
  }

  /**
   * Checks that the discriminator goes with the penalty, which is on the gradient of each picture
   * alone: by batch norm its answer depends on the other pictures too (Gulrajani et al. 2017,
   * section 4).
   *
   * @param setting the plan's name for the normalization
   * @param normalization its value
   * @throws IllegalArgumentException if it does not
   */
  public void requireSuitable(String setting, String normalization) {
    require(
        penalty.kind() == GradientPenalty.Kind.NONE || !normalization.equals("batch"),
        "a discriminator under settings.adversary.penalty.kind %s has no batch norm: %s is layer, instance or"
                .formatted(penalty.kind(), setting)
            + " none",
        normalization);
  }
}
