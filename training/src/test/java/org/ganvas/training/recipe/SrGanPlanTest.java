package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.export.TinyModels;
import org.ganvas.training.gan.CheckerboardConstraint;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.BackProjection;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureFiles;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.StateDict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrGanPlanTest {
  private static final Path MODELS =
      Path.of("..", "inference", "src", "test", "resources", "models");

  private static PlanDraft draft(String generator) {
    return Recipes.named("srgan")
        .draft()
        .set("data.folders", List.of("a"))
        .set("settings.generator", MODELS.resolve(generator).toString());
  }

  private static SrGanSettings.Start start(PlanDraft draft, boolean anew) throws IOException {
    return ((SrGanSettings) Recipes.named("srgan").complete(draft.finish(), anew).settings())
        .requireStart();
  }

  @Test
  void aCopiedPlanWithAnotherGeneratorStartsFromThatOne() throws IOException {
    PlanDraft first = draft("tiny-x4.pt");
    SrGanSettings.Start found = start(first, true);
    assertThat(found.name()).isEqualTo("tiny-x4");
    assertThat(found.scale()).isEqualTo(4);
    PlanDraft copied = draft("tiny-x2.pt").set("settings.start", found);
    assertThat(start(copied, true).name()).isEqualTo("tiny-x2");
    assertThat(start(copied, true).scale()).isEqualTo(2);
  }

  @Test
  void aRunThatGoesOnNeedsItsGeneratorNoMore() throws IOException {
    SrGanSettings.Start found = start(draft("tiny-x4.pt"), true);
    assertThat(start(draft("gone.pt").set("settings.start", found), false)).isEqualTo(found);
  }

  @Test
  void onlyWhatUndoesTheSameAsItsStartSharpensIt() throws IOException {
    assertThat(sharpens("m", "bicubic")).isEqualTo("tiny-x4");
    assertThat(sharpens("m", "photo")).isNull();
  }

  @Test
  void aModelThatIsTrainedOnUnderItsOwnNameSharpensWhatItDid() throws IOException {
    assertThat(sharpens("tiny-x4", "bicubic")).isNull();
    PlanDraft draft = draft("gone.pt").set("settings.start", start("m-gan", 4, "m"));
    SrGanSettings settings =
        (SrGanSettings) Recipes.named("srgan").complete(draft.finish(), false).settings();
    assertThat(settings.purpose("m-gan").sharpens()).isEqualTo("m");
    assertThat(settings.purpose("m-sharper").sharpens()).isEqualTo("m-gan");
  }

  @Test
  void backProjectionIsLeftOutWhereThereIsNoiseToBringBack(@TempDir Path folder)
      throws IOException {
    CompactSr network = new CompactSr(4, 1, 2, BackProjection.PICTURE);
    Path file = folder.resolve("m.pt");
    TinyModels.write(network, "compact-sr", file);
    PlanDraft draft = draft(file.toAbsolutePath().toString());
    assertThat(start(draft, true).network().create()).isEqualTo(network);
    assertThat(start(draft.set("settings.degradation.kind", "photo"), true).network().create())
        .isEqualTo(new CompactSr(4, 1, 2));
  }

  @Test
  void aUNetJudgesCropsThatCanBeHalvedThreeTimes() throws IOException {
    PlanDraft draft =
        draft("tiny-x4.pt").set("settings.discriminator.architecture", "unet-discriminator");
    assertThat(start(draft.set("settings.crop", 26), true).scale()).isEqualTo(4);
    PlanDraft odd = draft.set("settings.crop", 25);
    assertThatThrownBy(() -> start(odd, true))
        .hasMessage(
            "settings.crop, enlarged 4 times, is a multiple of 8 for unet-discriminator, found"
                + " 100");
    assertThat(start(odd.set("settings.discriminator.architecture", "patch"), true).scale())
        .isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "patch, 12, 11, 'is at least 24 for patch, found 22'",
    "strided, 8, 9, 'is a multiple of 16 for strided, found 18'",
  })
  void aCropThatDoesNotSuitWhatJudgesItIsRefused(String judge, int right, int wrong, String rule)
      throws IOException {
    PlanDraft draft = draft("tiny-x2.pt").set("settings.discriminator.architecture", judge);
    assertThat(start(draft.set("settings.crop", right), true).scale()).isEqualTo(2);
    assertThatThrownBy(() -> start(draft.set("settings.crop", wrong), true))
        .hasMessage("settings.crop, enlarged 2 times, " + rule);
  }

  @Test
  void aCropThatIsTooSmallForTheFeaturesIsRefusedBeforeTheFirstStep(@TempDir Path folder)
      throws IOException {
    Path features =
        FeatureFiles.write(FeatureArchitecture.SQUEEZENET, folder.resolve("features.pt"));
    PlanDraft draft =
        draft("gone.pt")
            .set("settings.start", start("m", 1, null))
            .set("settings.discriminator.channels", 1)
            .set("settings.features.file", features.toString());
    assertThatThrownBy(() -> step(draft.set("settings.crop", 16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "settings.crop, enlarged 1 times, leaves pixels for fire3, fire5, fire9 of SqueezeNet,"
                + " found 16; raise it, or name earlier layers in settings.features.layers");
    assertThat(step(draft.set("settings.crop", 32))).containsKey("perceptualLoss");
    assertThat(
            step(draft.set("settings.crop", 16).set("settings.features.layers", List.of("relu1"))))
        .containsKey("perceptualLoss");
  }

  @Test
  void layersOfNoNetworkAreRefused() {
    PlanDraft draft = draft("gone.pt").set("settings.features.layers", List.of("relu1"));
    assertThatThrownBy(draft::finish)
        .hasMessage(
            "settings.features.layers goes with settings.features.file (--features), found"
                + " [relu1]");
  }

  private static Map<String, Double> step(PlanDraft draft) throws IOException {
    Recipe recipe = Recipes.named("srgan");
    TrainingPlan plan = recipe.complete(draft.finish(), false);
    int side = ((SrGanSettings) plan.settings()).crop();
    Batch.Tensor pictures = Batch.Tensor.of(new float[3 * side * side], 1, 3, side, side);
    try (TrainingMethod method = recipe.create(plan, Device.cpu(), false, line -> {})) {
      return method.step(
          new Batch(Map.of(LowResolutionPairs.LOW, pictures, LowResolutionPairs.HIGH, pictures)),
          1,
          201);
    }
  }

  private static SrGanSettings.Start start(String name, int scale, @Nullable String sharpens) {
    Map<String, String> options = Map.of("scale", Integer.toString(scale));
    return new SrGanSettings.Start(
        name, new NetworkChoice("compact-sr", options), scale, null, sharpens);
  }

  @Test
  void aGeneratorIsFreeOfCheckerboardsFromTheFirstStepOnIfThePlanSaysSo() throws IOException {
    assertThat(changedByConstraint(false)).isGreaterThan(1e-3);
    assertThat(changedByConstraint(true)).isLessThan(1e-6);
  }

  /** How much a constraint changes what a run begins with, at most. */
  private static double changedByConstraint(boolean checkerboardFree) throws IOException {
    Recipe recipe = Recipes.named("srgan");
    PlanDraft draft =
        draft("gone.pt")
            .set("settings.start", start("m", 2, null))
            .set("settings.checkerboardFree", checkerboardFree);
    TrainingPlan plan = recipe.complete(draft.finish(), false);
    try (TrainingMethod method = recipe.create(plan, Device.cpu(), false, line -> {})) {
      LoadedNetwork generator =
          Objects.requireNonNull(method.networks().get(TrainingPlan.GENERATOR)).get(0);
      Architecture architecture =
          ((SrGanSettings) plan.settings()).requireStart().network().create();
      StateDict before = generator.stateDict();
      CheckerboardConstraint.on(architecture, before).apply(generator.weights());
      float[] tail = before.get("tail.weight").data();
      float[] held = generator.stateDict().get("tail.weight").data();
      return IntStream.range(0, tail.length)
          .mapToDouble(i -> Math.abs(tail[i] - held[i]))
          .max()
          .orElseThrow();
    }
  }

  @Test
  void aNetworkWithoutPixelShufflesCannotBeFreeOfTheirCheckerboards() {
    PlanDraft draft =
        draft("gone.pt")
            .set("settings.start", start("m", 1, null))
            .set("settings.checkerboardFree", true);
    assertThatThrownBy(() -> start(draft, false))
        .hasMessageContaining("checkerboardFree is for networks with pixel shuffles, found");
  }

  private static @Nullable String sharpens(String name, String degradation) throws IOException {
    PlanDraft draft = draft("tiny-x4.pt").set("settings.degradation.kind", degradation);
    return ((SrGanSettings) Recipes.named("srgan").complete(draft.finish(), true).settings())
        .purpose(name)
        .sharpens();
  }

  @Test
  void aRunNeedsAModelToStartFrom() {
    PlanDraft none = Recipes.named("srgan").draft().set("data.folders", List.of("a"));
    assertThatThrownBy(() -> start(none, true)).hasMessageContaining("give --generator NAME");
    assertThatThrownBy(() -> start(draft("tiny-digits.pt"), true))
        .hasMessageContaining(
            "starts from a super-resolution model, found tiny-digits, which is for generation");
  }
}
