package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.ImageSampler;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.SampleGrid;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.export.ModelCards;
import org.ganvas.training.export.ModelExporter;
import org.ganvas.training.gan.Adversary;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.gan.Turn;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.run.RunFolder;
import org.ganvas.training.run.TrainingSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DcganRecipeTest {
  private static final Recipe RECIPE = Recipes.named("dcgan");
  @TempDir Path folder;

  @BeforeEach
  void twoKindsOfPictures() throws IOException {
    for (int i = 0; i < 3; i++) {
      write("dark", i, 20 + 10 * i);
      write("light", i, 215 + 10 * i);
    }
  }

  private void write(String label, int number, int grey) throws IOException {
    BufferedImage image = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(grey, grey, grey));
    graphics.fillRect(0, 0, 40, 32);
    graphics.dispose();
    Path file = folder.resolve("data").resolve(label).resolve(number + ".png");
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private PlanDraft draft(String settings) {
    PlanDraft draft =
        RECIPE
            .draft()
            .set("name", "tiny")
            .set("data.folders", List.of(folder.resolve("data").toString()))
            .set("data.batch", 8)
            .set("settings.pictures.side", 32)
            .set("settings.pictures.channels", 1)
            .set("settings.latent.size", 4)
            .set("settings.convolutional.generatorChannels", 4)
            .set("settings.convolutional.discriminatorChannels", 4)
            .set("settings.dense.generatorWidth", 8)
            .set("settings.dense.discriminatorWidth", 64)
            .set("settings.dense.layers", 2);
    for (String setting : settings.split(" ", -1)) {
      String[] parts = setting.split("=", -1);
      draft.setText("settings." + parts[0], parts[1]);
    }
    return draft;
  }

  private ModelFile train(TrainingPlan plan, int steps) throws IOException {
    try (TrainingSession session =
        TrainingSession.open(
            plan, new RunFolder(folder.resolve("run")), DeviceChoice.CPU, line -> {})) {
      return session.export(name -> folder.resolve(name + ".pt"), steps, Map.of()).get(0);
    }
  }

  private static Map<String, Double> steps(TrainingMethod training, BatchSource source, int steps)
      throws IOException {
    Map<String, Double> figures = Map.of();
    for (int step = 1; step <= steps; step++) {
      Engine.getInstance().setRandomSeed(step);
      figures = training.step(source.batch(step - 1), 1, step);
    }
    return figures;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "architecture=dense adversary.loss=MINIMAX",
        "architecture=dense adversary.penalty.kind=R1 adversary.loss=HINGE",
        "convolutional.generatorNormalization=virtual-batch latent.distribution=SPHERE",
        "adversary.loss=WASSERSTEIN adversary.penalty.kind=WGAN_GP"
            + " convolutional.discriminatorNormalization=layer"
            + " adversary.stepsPerGeneratorStep=2",
        "convolutional.spectralNorm=true convolutional.leakySlope=20"
            + " convolutional.generatorNormalization=layer latent.distribution=UNIFORM",
        "convolutional.upsampling=nearest augmentation.color=1 augmentation.shift=0.125"
            + " augmentation.cutout=0.5",
        "pictures.labels=none pictures.side=64 pictures.channels=3 adversary.loss=LEAST_SQUARES",
      })
  void everyMemberOfTheFamilyTrainsAndItsModelMakesPictures(String settings) throws Exception {
    TrainingPlan plan = RECIPE.complete(draft(settings).finish(), true);
    List<String> labels = settings.contains("none") ? List.of() : List.of("dark", "light");
    BatchSource source = RECIPE.open(plan, line -> {});
    try (TrainingMethod training = RECIPE.create(plan, Device.cpu(), true, line -> {})) {
      Map<String, Double> figures = steps(training, source, 10);
      assertThat(figures).containsKeys("generatorLoss", "discriminatorLoss", "diversity");
      assertThat(figures.values()).allSatisfy(figure -> assertThat(figure).isFinite());
    }
    ModelFile model = train(plan, 0);
    LatentSpace.Distribution distribution =
        ((DcganSettings) plan.settings()).latent().distribution();
    assertThat(model.card().latent()).isEqualTo(new LatentSpace(4, distribution, labels));
    Validation.Result judged =
        RECIPE.validation(plan, line -> {}).orElseThrow().validate(List.of(model));
    int side = ((DcganSettings) plan.settings()).pictures().side();
    int columns = labels.isEmpty() ? 8 : 10;
    assertThat(judged.samples().picture().width()).isEqualTo(columns * (side + 2) - 2);
    assertThat(judged.samples().picture().height())
        .isEqualTo((labels.isEmpty() ? 8 : 2) * (side + 2) - 2);
  }

  /** The first step of equal networks on equal pictures and latent vectors. */
  @Test
  void theDiscriminatorIsShownChangedPicturesOfBothKinds() throws Exception {
    Map<String, Double> plain = firstStep("augmentation.cutout=0");
    Map<String, Double> changed = firstStep("augmentation.cutout=0.5");
    assertThat(firstStep("augmentation.cutout=0")).isEqualTo(plain);
    assertThat(changed.get("generatorLoss")).isNotEqualTo(plain.get("generatorLoss"));
    // Had the real ones not been changed, the share that is taken for real would have stayed.
    assertThat(changed.get(Adversary.REAL_ACCURACY))
        .isNotEqualTo(plain.get(Adversary.REAL_ACCURACY));
  }

  private Map<String, Double> firstStep(String settings) throws IOException {
    TrainingPlan plan = RECIPE.complete(draft(settings).set("data.batch", 64).finish(), true);
    try (TrainingMethod training = RECIPE.create(plan, Device.cpu(), true, line -> {})) {
      return steps(training, RECIPE.open(plan, line -> {}), 1);
    }
  }

  @Test
  void aConditionalGanLearnsWhatTheLabelsMean() throws Exception {
    TrainingPlan plan =
        RECIPE.complete(
            draft("architecture=dense dense.dropout=false dense.discriminatorWidth=64")
                .set("networks.generator.learningRate", 2e-3)
                .set("networks.discriminator.learningRate", 2e-3)
                .set("optimization.averageDecay", 0.9)
                .finish(),
            true);
    BatchSource source = RECIPE.open(plan, line -> {});
    try (TrainingMethod training = RECIPE.create(plan, Device.cpu(), true, line -> {})) {
      Map<String, Double> unused = steps(training, source, 150);
      ExportedModel exported = training.exports().get(0);
      ModelFile model =
          ModelExporter.export(
              exported.architecture().program(),
              exported.weights(),
              ModelCards.of(exported, plan, 150, List.of()),
              folder.resolve("learnt.pt"));
      try (ImageSampler sampler = ImageSampler.open(model.path().toString())) {
        assertThat(brightness(sampler, "dark")).isLessThan(0.3);
        assertThat(brightness(sampler, "light")).isGreaterThan(0.7);
      }
    }
  }

  private static double brightness(ImageSampler sampler, String label) throws IOException {
    SampleGrid grid = SampleGrid.ofSeeds(sampler.latentSpace(), List.of(label), 1, 16);
    double sum = 0;
    long count = 0;
    for (Picture picture : sampler.sample(grid, Progress.NONE)) {
      for (short sample : picture.samples()) {
        sum += sample / 255.0;
        count++;
      }
    }
    return sum / count;
  }

  @Test
  void theDiversityIsThatOfThePicturesNotOfTheirLabels() throws Exception {
    TrainingPlan plan = RECIPE.complete(draft("architecture=dense").finish(), true);
    try (TrainingMethod training = RECIPE.create(plan, Device.cpu(), true, line -> {})) {
      Batch real = RECIPE.open(plan, line -> {}).batch(0);
      Map<String, Double> figures = training.step(real, 1, 10);
      // A new generator makes nothing but grey: the labels differ, the pictures hardly.
      assertThat(figures.get(Turn.DIVERSITY)).isLessThan(0.3);
      assertThat(real.tensor(LabelledPictures.LABEL).values()).contains(0, 1);
    }
  }

  @Test
  void aPenaltyIsOnThePictureAndNotOnItsLabel() throws Exception {
    String settings =
        "convolutional.discriminatorNormalization=none adversary.penalty.kind=R1"
            + " adversary.penalty.weight=1e6";
    TrainingPlan plan = RECIPE.complete(draft(settings).finish(), true);
    try (TrainingMethod training = RECIPE.create(plan, Device.cpu(), true, line -> {})) {
      Batch real = RECIPE.open(plan, line -> {}).batch(0);
      assertThat(training.step(real, 1, 1).get("penaltyLoss")).isGreaterThan(1e-3);
      // Now it is blind to all but the labels, which it sees behind the one channel of a picture.
      for (NDArray weight : training.tensors().values()) {
        if (weight.getShape().equals(new Shape(4, 3, 4, 4))) {
          weight.set(new NDIndex(":, :1"), 0);
        }
      }
      assertThat(training.step(real, 1, 2).get("penaltyLoss")).isLessThan(1e-5);
    }
  }

  @Test
  void otherLabelsThanThoseOfTheRunAreRefused() throws IOException {
    TrainingPlan plan = RECIPE.complete(draft("architecture=dense").finish(), true);
    write("new", 0, 100);
    assertThatThrownBy(() -> RECIPE.open(plan, line -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the labels [dark, light], found [dark, light, new]");
  }
}
