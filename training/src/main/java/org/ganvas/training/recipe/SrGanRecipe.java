package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Task;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.gan.Adversary;
import org.ganvas.training.gan.AveragedGenerator;
import org.ganvas.training.gan.CheckerboardConstraint;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.FeatureMatching;
import org.ganvas.training.gan.NetworkUpdater;
import org.ganvas.training.gan.PictureLoss;
import org.ganvas.training.gan.SrGan;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.gan.WeightConstraint;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.BackProjection;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.PatchDiscriminator;
import org.ganvas.training.network.StridedDiscriminator;
import org.ganvas.training.plan.MethodSettings;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.PlanOption.Kind;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;

/** {@code srgan}: a super-resolution model made sharp by a discriminator. */
final class SrGanRecipe implements Recipe {

  @Override
  public String name() {
    return "srgan";
  }

  @Override
  public String summary() {
    return "Makes a super-resolution model sharper, by training it against a discriminator.";
  }

  @Override
  public Class<? extends MethodSettings> settings() {
    return SrGanSettings.class;
  }

  @Override
  public List<PlanOption> options() {
    return List.of(
        PlanOption.DATA,
        PlanOption.VALIDATION,
        new PlanOption(
            "--generator",
            "settings.generator",
            Kind.TEXT,
            "The model to start from: its name, or a .pt file."),
        new PlanOption(
            "--discriminator",
            "settings.discriminator.architecture",
            Kind.TEXT,
            "What judges: strided (crops as a whole), patch, or unet-discriminator (pixels)."),
        new PlanOption(
            "--features",
            "settings.features.file",
            Kind.FILE,
            "Weights of VGG19, VGG16, AlexNet or SqueezeNet as torchvision publishes them, whose"
                + " features are compared. Without: the discriminator's own."),
        new PlanOption(
            "--linear",
            "settings.linear",
            Kind.FILE,
            "The weights per channel that LPIPS publishes for --features. Validation keeps the best"
                + " checkpoint by the distance of these features; without, all channels count"
                + " alike."),
        PlanOption.PIXEL_LOSS,
        PlanOption.PERCEPTUAL_LOSS,
        PlanOption.ADVERSARIAL_LOSS,
        PlanOption.DEGRADATION,
        PlanOption.STEPS,
        PlanOption.BATCH,
        PlanOption.SMALL_CROP,
        PlanOption.LEARNING_RATE,
        PlanOption.DISCRIMINATOR_LEARNING_RATE,
        PlanOption.SEED);
  }

  private static SrGanSettings settings(TrainingPlan plan) {
    return (SrGanSettings) plan.settings();
  }

  @Override
  public TrainingPlan complete(TrainingPlan plan, boolean anew) throws IOException {
    PhotoCrops.requireFolders(plan);
    SrGanSettings settings = settings(plan);
    String generator = settings.generator();
    SrGanSettings found =
        generator != null && (anew || settings.start() == null)
            ? settings.withStart(
                start(ModelCatalogue.standard().find(generator).card(), settings.degradation()))
            : settings;
    requirePixelShuffles(found);
    requireSuitableCrop(found);
    return plan.withSettings(found);
  }

  private static SrGanSettings.Start start(ModelCard card, DegradationSettings degradation) {
    if (card.task() != Task.SUPER_RESOLUTION) {
      throw new IllegalArgumentException(
          "srgan starts from a super-resolution model, found %s, which is for %s"
              .formatted(card.name(), card.task().word()));
    }
    NetworkChoice network = NetworkChoice.of(card);
    boolean projects =
        BackProjection.PICTURE.option().equals(network.options().get(CompactSr.BACK_PROJECTION));
    return new SrGanSettings.Start(
        card.name(),
        // It would bring the noise and the blocks of a degraded picture back.
        projects && !degradation.reducesOnly()
            ? network.without(CompactSr.BACK_PROJECTION)
            : network,
        card.network().scale(),
        card.provenance().plan().get("settings.degradation.kind"),
        card.sharpens());
  }

  private static void requireSuitableCrop(SrGanSettings settings) {
    FeatureSettings.Crop crop = largeCrop(settings);
    NetworkChoice judge = discriminator(settings);
    Architecture architecture = judge.create();
    if (architecture instanceof PatchDiscriminator) {
      judge.requireAtLeast(crop.setting(), crop.side());
    } else if (architecture instanceof StridedDiscriminator) {
      require(
          crop.side() % StridedDiscriminator.MULTIPLE == 0,
          crop.setting()
              + " is a multiple of %d for strided".formatted(StridedDiscriminator.MULTIPLE),
          crop.side());
    } else {
      // A U-Net adds what it has halved and doubled to what it had; no pixel may be left over.
      judge.requireMultiple(crop.setting(), crop.side());
    }
  }

  private static FeatureSettings.Crop largeCrop(SrGanSettings settings) {
    int scale = settings.requireStart().scale();
    return new FeatureSettings.Crop(
        "settings.crop, enlarged %d times,".formatted(scale), settings.crop() * scale);
  }

  private static void requirePixelShuffles(SrGanSettings settings) {
    SrGanSettings.Start start = settings.requireStart();
    require(
        !settings.checkerboardFree() || !start.network().create().pixelShuffles().isEmpty(),
        "settings.checkerboardFree is for networks with pixel shuffles",
        start.network());
  }

  /** The network that judges the large crops. */
  private static NetworkChoice discriminator(SrGanSettings settings) {
    return settings.discriminator().on(largeCrop(settings).side());
  }

  @Override
  public BatchSource open(TrainingPlan plan, Consumer<String> reader) throws IOException {
    SrGanSettings settings = settings(plan);
    return new PhotoCrops(
            settings.requireStart().scale(),
            settings.crop(),
            settings.shrinkAbove(),
            settings.degradation(),
            settings.sharpening())
        .open(plan, reader);
  }

  @Override
  public TrainingMethod create(
      TrainingPlan plan, Device device, boolean anew, Consumer<String> reader) throws IOException {
    SrGanSettings settings = settings(plan);
    SrGanSettings.Start start = settings.requireStart();
    Architecture architecture = start.network().create();
    StateDict initial = architecture.program().initialize(plan.seed());
    String generator = settings.generator();
    if (anew && generator != null) {
      initial = WeightFile.read(ModelCatalogue.standard().find(generator).path());
    }
    NetworkUpdater discriminator =
        NetworkUpdater.loadDiscriminator(
            discriminator(settings).create(),
            plan.seed() + 1,
            plan,
            TrainingPlan.DISCRIMINATOR,
            device);
    return new SrGan(
        new AveragedGenerator(
            NetworkUpdater.load(architecture, initial, plan, TrainingPlan.GENERATOR, device),
            settings.checkerboardFree()
                ? CheckerboardConstraint.on(architecture, initial)
                : WeightConstraint.NONE,
            plan.optimization().averageDecay(),
            weights ->
                new ExportedModel(
                    plan.name(),
                    settings.purpose(plan.name()),
                    start.network().architecture(),
                    architecture,
                    weights)),
        new Adversary(discriminator, settings.adversary()),
        new SrGan.Content(settings.losses(), perceptual(plan, discriminator, device)));
  }

  private static PictureLoss perceptual(
      TrainingPlan plan, NetworkUpdater discriminator, Device device) throws IOException {
    SrGanSettings settings = settings(plan);
    PictureLoss ofFile = settings.features().load(plan.precision(), largeCrop(settings), device);
    return ofFile == null ? new FeatureMatching(discriminator) : ofFile;
  }

  @Override
  public Optional<Validation> validation(TrainingPlan plan, Consumer<String> reader)
      throws IOException {
    String folder = plan.data().validation();
    if (folder == null) {
      return Optional.empty();
    }
    SrGanSettings settings = settings(plan);
    FidelityValidation fidelity =
        FidelityValidation.in(Path.of(folder), settings.requireStart().scale(), new Scanned(reader))
            .degraded(settings.degradation(), plan.seed())
            .sharpened(settings.sharpening());
    String features = settings.features().file();
    if (features == null) {
      // PSNR would choose the start as the best.
      return Optional.of(models -> fidelity.validate(models).withoutQuality());
    }
    String linear = settings.linear();
    return Optional.of(
        PerceptualValidation.on(
            fidelity.evaluation(),
            new PerceptualValidation.Files(
                Path.of(features), linear == null ? null : Path.of(linear))));
  }

  @Override
  public List<Measurement> measure(
      TrainingPlan plan, ModelFile model, String dataSet, Path pictures) throws IOException {
    return FidelityValidation.measure(model, dataSet, pictures);
  }
}
