package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuperResolutionPlanTest {

  private static PlanDraft draft() {
    return Recipes.named("super-resolution").draft();
  }

  private static SuperResolutionSettings settings(TrainingPlan plan) {
    return (SuperResolutionSettings) plan.settings();
  }

  @Test
  void whatAUserWritesIsJsonOrElseAText() {
    TrainingPlan plan =
        draft()
            .setText("settings.crop", "24")
            .setText("name", "a b")
            .setText("data.validation", "/some/where")
            .setText("networks.generator.layout", "CHANNELS_FIRST")
            .finish();
    assertThat(settings(plan).crop()).isEqualTo(24);
    assertThat(plan.name()).isEqualTo("a b");
    assertThat(plan.data().validation()).isEqualTo("/some/where");
    assertThat(plan.computing("generator", MemoryLayout.CHANNELS_LAST).layout())
        .isEqualTo(MemoryLayout.CHANNELS_FIRST);
  }

  @Test
  void theDefaultsAreAPlan() {
    TrainingPlan plan = draft().finish();
    assertThat(plan.method()).isEqualTo("super-resolution");
    assertThat(plan.precision()).isEqualTo(Precision.FLOAT32);
    assertThat(plan.data().batch()).isEqualTo(16);
    assertThat(plan.publication()).isNull();
  }

  @Test
  void aFileGoesOverTheDefaultsAndASettingOverTheFile() {
    TrainingPlan plan =
        draft()
            .over("{\"data\": {\"batch\": 4}, \"settings\": {\"crop\": 24}, \"seed\": 9}")
            .set("settings.crop", 48)
            .set("settings.network.scale", null)
            .finish();
    assertThat(plan.data().batch()).isEqualTo(4);
    assertThat(settings(plan).crop()).isEqualTo(48);
    assertThat(settings(plan).shrinkAbove()).isEqualTo(2500);
    assertThat(plan.seed()).isEqualTo(9);
    assertThat(settings(plan).network().scale()).isEqualTo(4);
  }

  @Test
  void aPlanSurvivesItsFile() {
    TrainingPlan plan =
        draft()
            .set("data.folders", List.of("a b", "ü"))
            .over(
                "{\"publication\": {\"description\": \"d\", \"licence\": \"CC0-1.0\", \"data\":"
                    + " [{\"name\": \"n\", \"pictures\": 3, \"licence\": \"l\", \"attribution\": \"\"}]}}")
            .finish();
    assertThat(draft().over(PlanDraft.json(plan)).finish()).isEqualTo(plan);
    assertThat(plan.publication().data()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"sed\": 1} | found sed",
        "{\"data\": {\"bach\": 1}} | found data.bach",
        "{\"data\": null} | data is an object of settings, found null",
        "{\"networks\": 4} | networks is an object of settings, found 4",
        "{\"seed\": \"x\"} | a setting has the wrong type: seed is a whole number, found \"x\"",
        "{\"seed\": 1.5} | a setting has the wrong type: seed is a whole number, found 1.5",
        "{\"data\": {\"batch\": 2.5}} | a setting has the wrong type: data.batch is a whole number, found 2.5",
        "{\"data\": {\"batch\": [2]}} | a setting has the wrong type: data.batch is a whole number, found [2]",
        "{\"networks\": {\"generator\": {\"gradientLimit\": \"x\"}}} | networks' gradientLimit is a number, found \"x\"",
        "{\"networks\": {\"generator\": {\"precision\": \"bfloat16\"}}} | networks' precision is one of FLOAT32, ",
        "{\"networks\": {\"generator\": {\"layout\": \"FAST\"}}} | found \"FAST\"",
        "{\"data\": {\"batch\": 0}} | data.batch is 1 to 1024, found 0",
        "{\"settings\": {\"crop\": 7}} | settings.crop is 8 to 512 pixels, found 7",
        "{\"data\": {\"folders\": null}} | data.folders is a list of folders, found null",
        "{\"data\": {\"folders\": [null]}} | data.folders is a list of folders, found [null]",
        "{\"settings\": {\"network\": {\"scale\": 9}}} | network.scale is 1 to 8, found 9",
        "{\"settings\": {\"network\": {\"architecture\": null}}} | network.architecture is a name, found null",
        "{\"settings\": {\"sharpening\": null}} | settings.sharpening is an object of settings, found null",
        "{\"settings\": {\"sharpening\": {\"amount\": -1}}} | settings.sharpening.amount is 0 (none) to 5 times, found -1",
        "{\"settings\": {\"teacher\": {\"share\": 0}}} | settings.teacher.share is above 0",
        "{\"settings\": {\"network\": {\"backProjection\": true}, \"degradation\": {\"kind\": \"photo\"}}} | and so goes with --degradation bicubic, found photo",
        "{\"precision\": \"FLOAT8\"} | precision is one of FLOAT32, BFLOAT16, FLOAT16, found \"FLOAT8\"",
        "{\"precision\": null} | precision is FLOAT32 or BFLOAT16",
        "{\"name\": null} | name is a file's name",
        "{\"name\": \"\"} | name is a file's name",
        "{\"name\": \"../x\"} | name is a file's name",
        "{\"name\": \"a/b\"} | name is a file's name",
        "{\"optimization\": {\"steps\": 0}} | optimization.steps is at least 1, found 0",
        "{\"networks\": {\"generator\": {\"learningRate\": 0}}} | networks' learningRate is above 0",
        "{\"networks\": {\"generator\": {\"gradientLimit\": 0}}} | networks' gradientLimit is above 0",
        "{\"networks\": {\"generator\": {\"firstBeta\": 1}}} | firstBeta is 0 or more",
        "{\"networks\": {\"discriminator\": {}}} | found networks.discriminator",
        "{\"settings\": {\"crop\": 16.5}} | a setting has the wrong type: settings.crop is a whole number, found 16.5",
        "{\"optimization\": {\"fall\": \"STEEP\"}} | optimization.fall is one of COSINE, LINEAR, NONE, found \"STEEP\"",
        "{\"optimization\": {\"fall\": null}} | optimization.fall is COSINE, LINEAR or NONE",
        "{\"optimization\": {\"averageDecay\": 1}} | optimization.averageDecay is 0 or more",
        "{\"intervals\": {\"log\": 0}} | intervals.log is at least 1 step, found 0",
        "{\"publication\": {}} | publication.description is a sentence, found null",
        "[] | a plan is a JSON object",
        "{ | a plan is a JSON object",
        "{\"seed\": 1}} | a plan is a JSON object",
      })
  void refusesWhatIsNoPlanInOneLine(String json, String why) {
    assertThatThrownBy(() -> draft().over(json).finish())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("\n");
  }

  @Test
  void aNameMayHaveSpacesDotsAndForeignLetters() {
    for (String name : List.of("photo-x4", "Größe 2.1", "写真")) {
      assertThat(draft().set("name", name).finish().name()).isEqualTo(name);
    }
  }

  @Test
  void refusesAnUnknownSettingAndAnUnknownMethod() {
    assertThatThrownBy(() -> draft().set("data.bach", 3))
        .hasMessage("a plan has the settings folders, validation, batch, found data.bach");
    assertThatThrownBy(() -> draft().set("seed.low", 3).finish())
        .hasMessageContaining("a setting has the wrong type");
    assertThatThrownBy(() -> Recipes.named("gan"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the training method is one of super-resolution, ")
        .hasMessageEndingWith(", found gan");
  }

  @Test
  void thePlansOfTheShippedModelsArePlans() throws IOException {
    try (Stream<Path> plans = Files.list(Path.of("../models/plans"))) {
      for (Path file : plans.toList()) {
        String json = Files.readString(file);
        String method = JsonParser.parseString(json).getAsJsonObject().get("method").getAsString();
        TrainingPlan plan = Recipes.named(method).draft().over(json).finish();
        assertThat(plan.name() + ".json").isEqualTo(file.getFileName().toString());
      }
    }
  }
}
