package org.ganvas.training.recipe;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.gan.Adversary;
import org.ganvas.training.gan.AveragedGenerator;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.NetworkUpdater;
import org.ganvas.training.gan.Pix2Pix;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.plan.MethodSettings;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.PlanOption.Kind;
import org.ganvas.training.script.StateDict;

/** {@code pix2pix}: pictures into other pictures, learned from pairs. */
final class Pix2PixRecipe implements Recipe {
  @Override
  public String name() {
    return "pix2pix";
  }

  @Override
  public String summary() {
    return "Learns from pairs to make of each picture another one, such as colours of grey.";
  }

  @Override
  public Class<? extends MethodSettings> settings() {
    return Pix2PixSettings.class;
  }

  @Override
  public List<PlanOption> options() {
    return List.of(
        PlanOption.DATA,
        new PlanOption(
            "--pair",
            "settings.pairs.kind",
            Kind.TEXT,
            "given (each file shows both pictures side by side, or --targets), or made of each"
                + " photo: colorize, grey, edges, restore or paint."),
        new PlanOption(
            "--direction",
            "settings.pairs.direction",
            Kind.TEXT,
            "AtoB or BtoA: which picture of a pair becomes which."),
        new PlanOption(
            "--targets",
            "settings.pairs.targets",
            Kind.FOLDER,
            "Folder with the second pictures, of the same names as the first ones."),
        PlanOption.VALIDATION,
        new PlanOption(
            "--validation-targets",
            "settings.pairs.validationTargets",
            Kind.FOLDER,
            "What --targets is to --data, to --validation."),
        TranslatorOptions.GENERATOR,
        TranslatorOptions.CHANNELS,
        TranslatorOptions.NORMALIZATION,
        TranslatorOptions.START_FROM,
        new PlanOption(
            "--dropout",
            "settings.networks.generator.dropout",
            Kind.TEXT,
            "Noise: training, never, or for a U-Net always, so that no two results are equal."
                + " Default: training; squeeze-unet has none."),
        TranslatorOptions.PATCH,
        TranslatorOptions.DISCRIMINATOR_START_FROM,
        TranslatorOptions.LOAD,
        TranslatorOptions.CROP,
        PlanOption.PIXEL_LOSS,
        PlanOption.ADVERSARIAL_LOSS,
        new PlanOption(
            "--features",
            "settings.features.file",
            Kind.FILE,
            "Weights of VGG19, VGG16, AlexNet or SqueezeNet as torchvision publishes them, whose"
                + " features are compared too."),
        PlanOption.PERCEPTUAL_LOSS,
        PlanOption.STEPS,
        PlanOption.BATCH,
        PlanOption.LEARNING_RATE,
        PlanOption.DISCRIMINATOR_LEARNING_RATE,
        PlanOption.SEED);
  }

  private static Pix2PixSettings settings(TrainingPlan plan) {
    return (Pix2PixSettings) plan.settings();
  }

  @Override
  public TrainingPlan complete(TrainingPlan plan, boolean anew) {
    PhotoCrops.requireFolders(plan);
    Pix2PixSettings settings = settings(plan);
    settings.networks().check(settings.framing());
    if (settings.pairs().validationTargets() != null && plan.data().validation() == null) {
      throw new IllegalArgumentException(
          "--validation-targets belong to the pictures of --validation, found none of these; give"
              + " --validation DIR, or leave --validation-targets out");
    }
    if (settings.pairs().targets() != null
        && plan.data().validation() != null
        && settings.pairs().validationTargets() == null) {
      throw new IllegalArgumentException(
          "where pairs lie in two folders, those of the validation do as well, found one;"
              + " give --validation-targets DIR");
    }
    return plan;
  }

  @Override
  public BatchSource open(TrainingPlan plan, Consumer<String> reader) throws IOException {
    Pix2PixSettings settings = settings(plan);
    return settings
        .pairs()
        .open(
            plan.data().paths(),
            settings.pairs().targets(),
            new PairedPhotos.Settings(settings.framing(), plan.data().batch(), plan.seed()),
            reader);
  }

  @Override
  public TrainingMethod create(
      TrainingPlan plan, Device device, boolean anew, Consumer<String> reader) throws IOException {
    Pix2PixSettings settings = settings(plan);
    TranslatorNetworks.Generator generator = settings.networks().generator();
    NetworkChoice choice = generator.choice();
    Architecture architecture = choice.create();
    TranslatorNetworks.Discriminator judge = settings.networks().discriminator();
    Architecture judging = judge.choice(6).create();
    String known = anew ? judge.startFrom() : null;
    NetworkUpdater discriminator =
        NetworkUpdater.loadDiscriminator(
            judging,
            InitialWeights.of(judging, plan.seed() + 1, known, reader),
            plan,
            TrainingPlan.DISCRIMINATOR,
            device);
    FeatureSettings.Crop crop =
        new FeatureSettings.Crop("settings.framing.crop", settings.framing().crop());
    StateDict initial =
        InitialWeights.of(architecture, plan.seed(), anew ? generator.startFrom() : null, reader);
    return new Pix2Pix(
        new AveragedGenerator(
            NetworkUpdater.load(architecture, initial, plan, TrainingPlan.GENERATOR, device),
            plan.optimization().averageDecay(),
            weights ->
                new ExportedModel(
                    plan.name(),
                    Purpose.translation(settings.rule()),
                    choice.architecture(),
                    architecture,
                    weights)),
        new Adversary(discriminator, settings.adversary(), Pix2Pix.DISCRIMINATOR_WEIGHT),
        new Pix2Pix.Content(
            settings.losses(),
            settings.features().load(plan.precision(), crop, device),
            settings.pairs().colorizes()));
  }

  @Override
  public Optional<Validation> validation(TrainingPlan plan, Consumer<String> reader)
      throws IOException {
    String folder = plan.data().validation();
    if (folder == null) {
      return Optional.empty();
    }
    Pix2PixSettings settings = settings(plan);
    String second = settings.pairs().validationTargets();
    return Optional.of(
        PairValidation.in(
            Path.of(folder), second, settings.pairs(), settings.framing(), new Scanned(reader)));
  }

  @Override
  public List<Measurement> measure(
      TrainingPlan plan, ModelFile model, String dataSet, Path pictures) throws IOException {
    Pix2PixSettings settings = settings(plan);
    return CardFigures.ofTranslator(model, dataSet, pictures, settings.pairs(), settings.framing());
  }
}
