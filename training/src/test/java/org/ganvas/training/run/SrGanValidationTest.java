package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.training.evaluation.Judge;
import org.ganvas.training.evaluation.SuperResolutionEvaluation;
import org.ganvas.training.metric.PerceptualDistance;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureFiles;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By what the best checkpoint of a sharp model is chosen. */
class SrGanValidationTest {
  private static final FeatureArchitecture FEATURES = FeatureArchitecture.SQUEEZENET;

  @TempDir Path folder;

  private PlanDraft draft() throws IOException {
    return TinyPlans.of("srgan", folder)
        .set("settings.crop", 16) // Features need a few pixels.
        .set("data.validation", folder.resolve("photos").toString())
        .set("optimization.steps", 6)
        .set("intervals.validation", 2);
  }

  /** The lines of the log that validations have written. */
  private List<JsonObject> validated(PlanDraft draft) throws Exception {
    TrainingPlan plan = Recipes.named("srgan").complete(draft.finish(), true);
    try (TrainingSession session = TinyTraining.open(folder, plan)) {
      session.prepare().run(0);
    }
    return Files.readAllLines(folder.resolve("run").resolve("log.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(line -> line.has("validationPsnr"))
        .toList();
  }

  private List<String> best() throws IOException {
    try (Stream<Path> kept = Files.list(folder.resolve("run").resolve("checkpoints"))) {
      return kept.map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("best-"))
          .toList();
    }
  }

  @Test
  void theBestCheckpointIsTheOneThatLooksLeastDifferent() throws Exception {
    Path features = FeatureFiles.write(FEATURES, folder.resolve("features.pt"));
    Path linear = FeatureFiles.writeLinear(FEATURES, folder.resolve("linear.safetensors"));
    List<JsonObject> lines =
        validated(
            draft()
                .set("settings.features.file", features.toString())
                .set("settings.linear", linear.toString()));
    assertThat(lines).hasSize(3);
    JsonObject least =
        lines.stream()
            .min(Comparator.comparing(line -> line.get("validationDistance").getAsDouble()))
            .orElseThrow();
    assertThat(best()).containsExactly("best-%09d".formatted(least.get("step").getAsLong()));
    try (PerceptualDistance distance = PerceptualDistance.open(features, linear, Device.cpu())) {
      assertThat(distance.name()).startsWith("perceptual distance");
      assertThat(lines.get(2).get("validationDistance").getAsDouble())
          .isCloseTo(ofTheLatestModel(distance), within(1e-9));
    }
    assertThat(lines.get(0).get("bicubicDistance").getAsDouble()).isPositive();
  }

  private double ofTheLatestModel(PerceptualDistance distance) throws IOException {
    ModelFile model = ModelFile.read(folder.resolve("run").resolve("tiny.pt"));
    try (Upscaler upscaler = Upscaler.open(model, ComputeChoice.AUTO)) {
      Judge judge = new Judge(distance, null);
      return Objects.requireNonNull(
          SuperResolutionEvaluation.in(folder.resolve("photos"), 2, 10)
              .evaluate(
                  picture -> {
                    try {
                      return upscaler.upscale(picture);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  },
                  judge)
              .distance());
    }
  }

  @Test
  void featuresAloneAreEnoughForADistance() throws Exception {
    Path features = FeatureFiles.write(FEATURES, folder.resolve("features.pt"));
    List<JsonObject> lines = validated(draft().set("settings.features.file", features.toString()));
    assertThat(lines).allMatch(line -> line.get("validationDistance").getAsDouble() > 0);
    assertThat(best()).hasSize(1);
  }

  @Test
  void withoutFeaturesNoneIsTheBest() throws Exception {
    assertThat(validated(draft())).hasSize(3).noneMatch(line -> line.has("validationDistance"));
    assertThat(best()).isEmpty();
  }

  @Test
  void weightsPerChannelNeedFeatures() {
    assertThatThrownBy(() -> draft().set("settings.linear", "l.pth").finish())
        .hasMessageContaining("goes with settings.features.file (--features), found l.pth");
  }
}
