package org.ganvas.training.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureFiles;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipe;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.run.TinyPlans;
import org.ganvas.training.run.TrainingObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepBenchmarkTest {
  private static final ProgramMethod FAST =
      new ProgramMethod(Precision.BFLOAT16, MemoryLayout.CHANNELS_LAST);
  private static final List<ProgramMethod> BOTH = List.of(ProgramMethod.PLAIN, FAST);

  @TempDir private Path folder;

  private StepBenchmark benchmark(PlanDraft draft) throws IOException {
    Recipe recipe = Recipes.named(draft.get("method").orElseThrow());
    return new StepBenchmark(
        recipe.complete(draft.finish(), true), DeviceChoice.CPU, sentence -> {});
  }

  /** The passes as the papers' steps have them. */
  @ParameterizedTest
  @CsvSource({
    "super-resolution, 1, 0",
    // One through which the generator learns, two of feature matching, two that teach it.
    "srgan, 1, 5",
    "pix2pix, 1, 3",
    // There, back again and identity, each both ways.
    "cyclegan, 6, 6",
    "dcgan, 1, 3",
  })
  void everyPassOfEveryNetworkIsMeasured(String method, int ofGenerator, int ofDiscriminator)
      throws Exception {
    PlanDraft draft = TinyPlans.of(method, folder);
    Map<String, NetworkTimes> networks = benchmark(draft).networks(BOTH, 1);
    assertThat(networks).hasSize(ofDiscriminator == 0 ? 1 : 2).containsKey("generator");
    networks.forEach(
        (network, times) -> {
          assertThat(times.passes())
              .as(network)
              .isEqualTo(network.equals("generator") ? ofGenerator : ofDiscriminator);
          assertThat(times.milliseconds().keySet()).containsExactlyElementsOf(BOTH);
          assertThat(times.milliseconds().values()).allMatch(time -> time > 0);
        });
  }

  @Test
  void wholeStepsAreThoseOfARunPastItsWarmUpAndComputeAsAsked() throws Exception {
    StepBenchmark benchmark = benchmark(srGanWithFeatures());
    assertThat(benchmark.networks(BOTH, 1).get("features").passes()).isEqualTo(2);
    Map<String, ProgramMethod> plain =
        Map.of(
            "generator", ProgramMethod.PLAIN,
            "discriminator", ProgramMethod.PLAIN,
            "features", ProgramMethod.PLAIN);
    List<TrainingObserver.Step> steps = benchmark.steps(plain, 2);
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0).stepNanos()).isPositive();
    Map<String, Double> figures = steps.get(0).figures();
    assertThat(figures).containsKeys("pixelLoss", "perceptualLoss", "discriminatorLoss");
    assertThat(benchmark.steps(plain, 1).get(0).figures()).isEqualTo(figures);
    for (String network : plain.keySet()) {
      Map<String, ProgramMethod> mixed = new HashMap<>(plain);
      mixed.put(network, FAST);
      assertThat(benchmark.steps(mixed, 1).get(0).figures()).as(network).isNotEqualTo(figures);
    }
  }

  @Test
  void thePlanGetsTheLayoutsThatWereFastestWhereItHasNone() throws Exception {
    PlanDraft draft =
        srGanWithFeatures().set("networks.discriminator.layout", MemoryLayout.CHANNELS_FIRST);
    TrainingPlan before = draft.finish();
    TrainingPlan after = benchmark(draft).withFastestLayouts(1);
    assertThat(after.network("generator").layout()).isNotNull();
    assertThat(after.network("discriminator").layout()).isEqualTo(MemoryLayout.CHANNELS_FIRST);
    PlanDraft found = Recipes.named("srgan").draft().over(PlanDraft.json(after));
    assertThat(found.get("settings.features.layout")).isPresent();
    // Nothing else changed.
    assertThat(
            PlanDraft.json(
                found
                    .setText("networks.generator.layout", "null")
                    .setText("settings.features.layout", "null")
                    .finish()))
        .isEqualTo(PlanDraft.json(Recipes.named("srgan").complete(before, true)));
  }

  private PlanDraft srGanWithFeatures() throws IOException {
    Path weights =
        FeatureFiles.write(FeatureArchitecture.SQUEEZENET, folder.resolve("squeezenet.pt"));
    return TinyPlans.of("srgan", folder)
        .set("settings.crop", 24)
        .set("settings.features.file", weights.toString());
  }

  @Test
  void theFastestMethodTakesTheLeastTime() {
    assertThat(new NetworkTimes(1, Map.of(ProgramMethod.PLAIN, 3.0, FAST, 1.0)).fastest())
        .isEqualTo(FAST);
  }
}
