package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ganvas.training.plan.PlanDraft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan may not ask of a discriminator, whichever the method. */
class AdversaryPlanTest {
  private static PlanDraft draft(String method) {
    return Recipes.named(method)
        .draft()
        .set("data.folders", List.of("a"))
        .set("settings.adversary.loss", "HINGE");
  }

  @ParameterizedTest
  @CsvSource({
    "srgan, settings.discriminator.normalization",
    "pix2pix, settings.networks.discriminator.normalization",
    "cyclegan, settings.networks.discriminator.normalization",
    "dcgan, settings.convolutional.discriminatorNormalization",
  })
  void aPenaltyOnTheGradientGoesWithNoBatchNorm(String method, String setting) {
    for (String kind : List.of("R1", "WGAN_GP")) {
      PlanDraft penalized = draft(method).set("settings.adversary.penalty.kind", kind);
      assertThatThrownBy(() -> penalized.set(setting, "batch").finish())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "under settings.adversary.penalty.kind %s has no batch norm".formatted(kind))
          .hasMessageContaining(setting + " is layer, instance or none, found batch");
      assertThatCode(() -> penalized.set(setting, "layer").finish()).doesNotThrowAnyException();
    }
    assertThatCode(() -> draft(method).set(setting, "batch").finish()).doesNotThrowAnyException();
  }

  @Test
  void theFullyConnectedDiscriminatorHasNoNormThatAPenaltyCouldForbid() {
    PlanDraft dense =
        draft("dcgan")
            .set("settings.architecture", "dense")
            .set("settings.adversary.penalty.kind", "R1");
    assertThat(dense.finish().settings()).isInstanceOf(DcganSettings.class);
  }

  @ParameterizedTest
  @CsvSource({
    "realTarget, 0.9, settings.adversary.realTarget is 1 with WASSERSTEIN",
    "restsAbove, 0.9, settings.adversary.restsAbove is 1 and settings.adversary.waitsBelow 0 with WASSERSTEIN",
    "waitsBelow, 0.4, settings.adversary.restsAbove is 1 and settings.adversary.waitsBelow 0 with WASSERSTEIN",
  })
  void whatACriticWouldIgnoreIsRefused(String option, double value, String message) {
    PlanDraft draft = draft("srgan").set("settings.adversary." + option, value);
    assertThatCode(draft::finish).doesNotThrowAnyException();
    assertThatThrownBy(() -> draft.set("settings.adversary.loss", "WASSERSTEIN").finish())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
