package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.training.data.Framing;
import org.ganvas.training.data.PairKind;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.data.PhotoFolder;
import org.ganvas.training.evaluation.TranslationEvaluation;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureFiles;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.CardFigures;
import org.ganvas.training.recipe.PairSettings;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.script.TorchScriptArchive;
import org.ganvas.training.weights.WeightFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Translators from a folder of photos to a model that is used. */
class TranslatorTrainingTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path folder;

  private List<ModelFile> train(PlanDraft draft, Map<String, Path> measured) throws Exception {
    return trained(draft.set("data.validation", SAMPLES.toString()), measured);
  }

  private List<ModelFile> trained(PlanDraft draft, Map<String, Path> measured) throws Exception {
    TrainingPlan plan =
        draft
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
    assertThat(validated().get("samples").getAsString())
        .isEqualTo("from left to right: the input, the result, the target");
    assertThat(models.get(0).card().measurements())
        .extracting(Measurement::metric)
        .startsWith("L1", "PSNR-RGB", "SSIM-RGB")
        .hasSize(9);
    assertThat(models.get(0).card().measurements())
        .as("what the file gives when its run is gone")
        .isEqualTo(
            CardFigures.ofTranslator(
                models.get(0),
                "samples",
                SAMPLES,
                new PairSettings("colorize", "AtoB", null, null),
                new Framing(64, 32, false)));
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

  @ParameterizedTest
  @CsvSource({"AtoB, true", "BtoA, true", "AtoB, false", "BtoA, false"})
  void pairsThatAreGivenAreMeasuredAsTheyWereTrainedOn(String direction, boolean two)
      throws Exception {
    // Noise, and the same noise brighter by 51: of 0 to 1 the difference is 0.2.
    Path first = noise("first/A/1.png", two ? 0 : -1);
    Path second = noise("first/B/1.png", two ? 51 : -1);
    Path measured = first.getParent().getParent();
    PlanDraft draft =
        TinyPlans.of("pix2pix", folder)
            .set("settings.pairs.kind", "given")
            .set("settings.pairs.direction", direction)
            .set("data.folders", List.of((two ? first.getParent() : measured).toString()));
    if (two) {
      draft
          .set("settings.pairs.targets", second.getParent().toString())
          .set("settings.pairs.validationTargets", second.getParent().toString());
    }
    draft.set("data.validation", (two ? first.getParent() : measured).toString());
    List<Measurement> figures =
        trained(draft, Map.of("noise", measured)).get(0).card().measurements();
    assertThat(figure(figures, "L1, unchanged input")).isCloseTo(0.2, within(1e-9));
    assertThat(figure(figures, "L1, input with colours matched")).isLessThan(0.01);
    assertThat(figure(figures, "L1")).isGreaterThan(0.01);
  }

  @Test
  void photosThatAreTakenForPairsAreToldAndStandInTheReport() throws Exception {
    PlanDraft draft =
        TinyPlans.of("pix2pix", folder)
            .set("settings.pairs.kind", "given")
            .set("data.folders", List.of(SAMPLES.toString()));
    trained(draft, Map.of());
    String doubt = "files of pairs show two pictures side by side";
    assertThat(folder.resolve("run").resolve("log.jsonl")).content().containsOnlyOnce(doubt);
    assertThat(folder.resolve("run").resolve("report.html")).content().containsOnlyOnce(doubt);
  }

  @Test
  void pairsInTwoFoldersAreNotMeasuredOnOne() throws Exception {
    Path first = noise("both/A/1.png", 0);
    Path second = noise("both/B/1.png", 51);
    PlanDraft draft =
        TinyPlans.of("pix2pix", folder)
            .set("settings.pairs.kind", "given")
            .set("data.folders", List.of(first.getParent().toString()))
            .set("settings.pairs.targets", second.getParent().toString());
    assertThatThrownBy(() -> trained(draft, Map.of("noise", first.getParent())))
        .hasMessageContaining("a folder with A and B in it")
        .hasMessageContaining("found none in " + first.getParent())
        .hasMessageContaining("ganvas evaluate-translation with --targets");
  }

  @ParameterizedTest
  @CsvSource({"pix2pix, 1", "cyclegan, 2"})
  void aGeneratorStartsFromAnEncoderThatWasTrainedElsewhere(String method, int generators)
      throws Exception {
    Path file = FeatureFiles.write(FeatureArchitecture.SQUEEZENET, folder.resolve("squeezenet.pt"));
    List<String> sentences = new ArrayList<>();
    TrainingPlan plan = squeezeUNet(method, file).finish();
    try (TrainingSession session =
        TrainingSession.open(
            plan, new RunFolder(folder.resolve("run")), DeviceChoice.CPU, sentences::add)) {
      String sentence = "took 50 of 62 tensors from " + file;
      assertThat(sentences)
          .filteredOn(sentence::equals)
          .hasSize(generators)
          .hasSameSizeAs(sentences);
      session.export(name -> folder.resolve(name + "-0.pt"), 0, Map.of());
      assertThat(session.prepare().run(0)).isEqualTo(2);
      for (ModelFile model : session.export(name -> folder.resolve(name + ".pt"), 2, Map.of())) {
        String name = model.card().name();
        StateDict before = WeightFile.read(folder.resolve(name + "-0.pt"));
        assertThat(before.takeFrom(WeightFile.read(file))).isEqualTo(50);
        assertThat(WeightFile.read(model.path()).get("features.0.weight").data())
            .isNotEqualTo(before.get("features.0.weight").data());
        assertThat(model.card().provenance().plan())
            .doesNotContainKey("settings.networks.generator.startFrom");
      }
    }
  }

  @Test
  void bothDirectionsStartFromTheirOwnModelsInAFolder() throws Exception {
    TrainingPlan first = TinyPlans.of("cyclegan", folder).set("seed", 5).finish();
    Path models = Files.createDirectory(folder.resolve("models"));
    try (TrainingSession session = TinyTraining.open(folder.resolve("first"), first)) {
      session.export(name -> models.resolve(name + ".pt"), 0, Map.of());
    }
    TrainingPlan second =
        TinyPlans.of("cyclegan", folder)
            .set("settings.networks.generator.startFrom", models.toString())
            .finish();
    try (TrainingSession session = TinyTraining.open(folder.resolve("second"), second)) {
      List<ModelFile> started = session.export(name -> folder.resolve(name + ".pt"), 0, Map.of());
      assertThat(started).hasSize(2);
      for (ModelFile model : started) {
        Path own = models.resolve(model.card().name() + ".pt");
        assertThat(WeightFile.read(model.path()).get("model.1.weight").data())
            .isEqualTo(WeightFile.read(own).get("model.1.weight").data());
      }
      assertThat(WeightFile.read(started.get(0).path()).get("model.1.weight").data())
          .isNotEqualTo(WeightFile.read(started.get(1).path()).get("model.1.weight").data());
    }
  }

  @Test
  void bothDiscriminatorsOfACycleGanStartFromSqueezeNetAndLearnOn() throws Exception {
    Path file = FeatureFiles.write(FeatureArchitecture.SQUEEZENET, folder.resolve("file.pt"));
    PlanDraft draft =
        TinyPlans.of("cyclegan", folder)
            .set("settings.networks.discriminator.architecture", "squeeze")
            .set("settings.networks.discriminator.receptiveField", 70)
            .set("settings.networks.discriminator.levels", 1)
            .set("settings.networks.discriminator.startFrom", file.toString())
            .set("intervals.checkpoint", 1);
    float[] before = WeightFile.read(file).get("features.0.weight").data();
    ModelFile model = train(draft, Map.of()).get(0);
    assertThat(model.card().provenance().plan())
        .containsEntry("settings.networks.discriminator.architecture", "squeeze")
        .doesNotContainKey("settings.networks.discriminator.startFrom");
    try (Stream<Path> files = Files.walk(folder)) {
      Path checkpoint =
          files
              .filter(found -> found.endsWith("step-000000001/tensors.safetensors"))
              .findAny()
              .orElseThrow();
      StateDict tensors = WeightFile.read(checkpoint);
      for (String direction : List.of("AtoB", "BtoA")) {
        float[] after = tensors.get("discriminator-" + direction + "/features.0.weight").data();
        assertThat(after).isNotEqualTo(before);
        // One step of Adam moves no weight by more than the learning rate.
        assertThat(after).containsExactly(before, within(3e-4f));
      }
    }
  }

  private PlanDraft squeezeUNet(String method, Path startFrom) throws IOException {
    return TinyPlans.of(method, folder)
        .set("settings.networks.generator.architecture", "squeeze-unet")
        .setText("settings.networks.generator.normalization", "null")
        .setText("settings.networks.generator.dropout", "null")
        .set("settings.networks.generator.startFrom", startFrom.toString())
        .set("settings.networks.discriminator.receptiveField", 1)
        .set("optimization.steps", 2);
  }

  @Test
  void aFileWithoutAnyTensorThatFitsIsNoStart() throws Exception {
    Path file = folder.resolve("enlarges.pt");
    Program other = new CompactSr(4, 1, 2).program();
    try (OutputStream out = Files.newOutputStream(file)) {
      TorchScriptArchive.write(out, other, other.initialize(1), Map.of());
    }
    TrainingPlan plan = squeezeUNet("pix2pix", file).finish();
    assertThatThrownBy(() -> TinyTraining.open(folder, plan))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("such as features.0.weight [64, 3, 3, 3], found " + file)
        .hasMessageEndingWith("name one of the same network, or none");
  }

  /** A picture of noise so much brighter; or, below 0, both side by side. */
  private Path noise(String name, int brighter) throws IOException {
    int side = 70;
    BufferedImage image =
        new BufferedImage(brighter < 0 ? 2 * side : side, side, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < image.getWidth() * side; i++) {
      int x = i % image.getWidth();
      int y = i / image.getWidth();
      int grey = 40 + new SplittableRandom(x % side / 4 + 100L * (y / 4)).nextInt(120);
      int more = brighter < 0 ? x / side * 51 : brighter;
      image.setRGB(x, y, 0x010101 * (grey + more));
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static double figure(List<Measurement> figures, String metric) {
    return figures.stream()
        .filter(figure -> figure.metric().equals(metric))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void bothDirectionsOfAPainterAreMeasuredAgainstTheTrueFilter() throws Exception {
    List<ModelFile> models = train(TinyPlans.of("cyclegan", folder), Map.of("samples", SAMPLES));
    TranslationEvaluation pairs =
        TranslationEvaluation.on(
            PairedPhotos.made(
                PhotoFolder.scan(List.of(SAMPLES), 1, 9999),
                PairKind.PAINT,
                new PairedPhotos.Settings(new Framing(64, 32, false), 1, 1)),
            50);
    requireMeasured(models.get(0), pairs);
    requireMeasured(models.get(1), new TranslationEvaluation(pairs.targets(), pairs.inputs()));
    assertThat(models.get(1).card().measurements().get(0).protocol())
        .contains("painting by rule to its photo");
  }

  private static void requireMeasured(ModelFile model, TranslationEvaluation pairs)
      throws IOException {
    List<Measurement> figures = model.card().measurements();
    assertThat(figure(figures, "L1, unchanged input"))
        .isCloseTo(pairs.unchanged().l1(), within(1e-9));
    assertThat(figure(figures, "SSIM-RGB, input with colours matched"))
        .isCloseTo(pairs.fidelity(pairs.colorMatched()).ssim(), within(1e-9));
    try (ImageTranslator translator =
        ImageTranslator.open(model, new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32))) {
      List<Picture> results = new ArrayList<>();
      for (Picture input : pairs.inputs()) {
        results.add(translator.translate(input));
      }
      assertThat(figure(figures, "L1")).isCloseTo(pairs.fidelity(results).l1(), within(1e-6));
    }
  }

  @Test
  void domainsThatAreGivenAreNotMeasured() throws Exception {
    PlanDraft draft =
        TinyPlans.of("cyclegan", folder)
            .set("settings.domains.kind", "given")
            .set("data.folders", List.of(SAMPLES.toString(), SAMPLES.toString()));
    assertThatThrownBy(() -> trained(draft, Map.of("samples", SAMPLES)))
        .hasMessageContaining("found domains that are given; leave --measure samples out");
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
