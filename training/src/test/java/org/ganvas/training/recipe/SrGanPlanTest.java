package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.training.plan.PlanDraft;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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
  void aModelThatIsTrainedOnUnderItsOwnNameDoesNotSharpenItself() throws IOException {
    assertThat(sharpens("tiny-x4", "bicubic")).isNull();
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
        .hasMessageContaining("starts from a super-resolution model, found tiny-digits");
  }
}
