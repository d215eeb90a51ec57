package org.ganvas.training.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ganvas.inference.model.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanDraftTest {

  private static PlanDraft draft() {
    return PlanDraft.defaultsOf("super-resolution");
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
            .over("{\"data\": {\"batch\": 4, \"crop\": 24}, \"seed\": 9}")
            .set("data.crop", 48)
            .set("network.scale", null)
            .finish();
    assertThat(plan.data().batch()).isEqualTo(4);
    assertThat(plan.data().crop()).isEqualTo(48);
    assertThat(plan.data().shrinkAbove()).isEqualTo(2500);
    assertThat(plan.seed()).isEqualTo(9);
    assertThat(plan.network().scale()).isEqualTo(4);
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
        "{\"network\": 4} | network is an object of settings, found 4",
        "{\"seed\": \"x\"} | a setting has the wrong type",
        "{\"seed\": 1.5} | a setting has the wrong type",
        "{\"data\": {\"batch\": 2.5}} | a setting has the wrong type",
        "{\"data\": {\"batch\": [2]}} | a setting has the wrong type",
        "{\"data\": {\"batch\": 0}} | data.batch is 1 to 1024, found 0",
        "{\"data\": {\"crop\": 7}} | data.crop is 8 to 512 pixels, found 7",
        "{\"data\": {\"folders\": null}} | data.folders is a list of folders, found null",
        "{\"data\": {\"folders\": [null]}} | data.folders is a list of folders, found [null]",
        "{\"network\": {\"scale\": 9}} | network.scale is 1 to 8, found 9",
        "{\"network\": {\"architecture\": null}} | network.architecture is a name, found null",
        "{\"precision\": \"FLOAT8\"} | precision is FLOAT32 or BFLOAT16",
        "{\"name\": null} | name is a file's name",
        "{\"name\": \"\"} | name is a file's name",
        "{\"name\": \"../x\"} | name is a file's name",
        "{\"name\": \"a/b\"} | name is a file's name",
        "{\"optimization\": {\"steps\": 0}} | optimization.steps is at least 1, found 0",
        "{\"optimization\": {\"learningRate\": 0}} | optimization.learningRate is above 0",
        "{\"optimization\": {\"averageDecay\": 1}} | optimization.averageDecay is 0 or more",
        "{\"intervals\": {\"log\": 0}} | intervals.log is at least 1 step, found 0",
        "{\"publication\": {}} | publication.description is a sentence, found null",
        "[] | a plan is a JSON object",
        "{ | a plan is a JSON object",
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
        .hasMessage("there is no setting data.bach");
    assertThatThrownBy(() -> PlanDraft.defaultsOf("gan"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the training method is super-resolution, found gan");
  }
}
