package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Translators from a folder of photos to a model that is used. */
class TranslatorTrainingTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path folder;

  private List<ModelFile> train(PlanDraft draft, Map<String, Path> measured) throws Exception {
    TrainingPlan plan =
        draft
            .set("data.validation", SAMPLES.toString())
            .set("settings.framing.load", 64)
            .set("settings.framing.crop", 32)
            .set("optimization.steps", 2)
            .set("intervals.validation", 2)
            .finish();
    try (TrainingSession session = TinyTraining.open(folder, plan)) {
      session.prepare().run(0);
      return session.export(name -> folder.resolve(name + ".pt"), 2, measured);
    }
  }

  private JsonObject validated() throws IOException {
    return Files.readAllLines(folder.resolve("run").resolve("log.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(line -> line.has("unchangedL1"))
        .findFirst()
        .orElseThrow();
  }

  private Picture samples() throws IOException {
    Path file = folder.resolve("run").resolve("samples").resolve("step-000000002.png");
    return new ImageDecoder().decode(file).picture();
  }

  @Test
  void aModelThatColoursIsJudgedOnPairsAndKeepsTheBrightness() throws Exception {
    List<ModelFile> models = train(TinyPlans.of("pix2pix", folder), Map.of("samples", SAMPLES));
    assertThat(validated().keySet()).contains("validationL1", "validationPsnr", "validationSsim");
    assertThat(samples().width()).isEqualTo(3 * 32);
    assertThat(models.get(0).card().measurements())
        .extracting(Measurement::metric)
        .containsExactly("L1", "PSNR-RGB", "SSIM-RGB");
    Picture cat = new ImageDecoder().decode(SAMPLES.resolve("cat.jpg")).picture();
    try (ImageTranslator translator = ImageTranslator.open(models.get(0).path().toString())) {
      Picture colored = translator.translate(cat);
      List<Double> differences = new ArrayList<>();
      for (int i = 0; i < cat.samples().length; i += 3) {
        differences.add(Math.abs(luma(colored, i) - luma(cat, i)));
      }
      assertThat(differences).allMatch(difference -> difference <= 1);
      assertThat(colored.samples()).isNotEqualTo(cat.samples());
    }
  }

  private static double luma(Picture picture, int i) {
    short[] samples = picture.samples();
    return 0.299 * samples[i] + 0.587 * samples[i + 1] + 0.114 * samples[i + 2];
  }

  @Test
  void paintersAreJudgedByTheKnownFilterAndWrittenUnderTheirNames() throws Exception {
    List<ModelFile> models = train(TinyPlans.of("cyclegan", folder), Map.of());
    assertThat(models).extracting(model -> model.card().name()).containsExactly("paint", "photo");
    JsonObject figures = validated();
    assertThat(figures.keySet()).contains("validationL1", "matchedL1", "cycleL1");
    // The filter is no map of colours, but one comes closer than nothing at all.
    assertThat(figures.get("matchedL1").getAsDouble())
        .isLessThan(figures.get("unchangedL1").getAsDouble());
    assertThat(samples().width()).isEqualTo(4 * 32);
  }
}
