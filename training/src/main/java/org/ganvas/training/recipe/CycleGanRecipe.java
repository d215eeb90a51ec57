package org.ganvas.training.recipe;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.data.Framing;
import org.ganvas.training.data.UnpairedPhotos;
import org.ganvas.training.evaluation.TranslationEvaluation;
import org.ganvas.training.gan.Adversary;
import org.ganvas.training.gan.AveragedGenerator;
import org.ganvas.training.gan.CycleGan;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.ImagePool;
import org.ganvas.training.gan.NetworkUpdater;
import org.ganvas.training.gan.Pix2Pix;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.gan.Translator;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.plan.MethodSettings;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.PlanOption.Kind;
import org.ganvas.training.script.StateDict;
import org.jspecify.annotations.Nullable;

/** {@code cyclegan}: two domains of pictures into each other, learned without pairs. */
final class CycleGanRecipe implements Recipe {
  /** Each direction has seeds of its own: of the generator, the discriminator and the pool. */
  private static final int SEEDS = 3;

  @Override
  public String name() {
    return "cyclegan";
  }

  @Override
  public String summary() {
    return "Learns from two folders of pictures to make those of each look like the other's.";
  }

  @Override
  public Class<? extends MethodSettings> settings() {
    return CycleGanSettings.class;
  }

  @Override
  public List<PlanOption> options() {
    return List.of(
        PlanOption.DATA,
        new PlanOption(
            "--domains",
            "settings.domains.kind",
            Kind.TEXT,
            "given (--data names two folders, or one with trainA and trainB in it), or painted"
                + " (photos, and what the painterly filter makes of other photos)."),
        new PlanOption(
            "--names",
            "settings.names",
            Kind.TEXT,
            "Names of the models to the second domain and to the first, such as paint,photo."
                + " Default: NAME-AtoB,NAME-BtoA."),
        PlanOption.VALIDATION,
        new PlanOption(
            "--validation-b",
            "settings.domains.validationB",
            Kind.FOLDER,
            "What --validation is to the first domain, to the second."),
        TranslatorOptions.GENERATOR,
        TranslatorOptions.CHANNELS,
        TranslatorOptions.NORMALIZATION,
        TranslatorOptions.START_FROM,
        TranslatorOptions.DISCRIMINATOR,
        TranslatorOptions.PATCH,
        TranslatorOptions.DISCRIMINATOR_START_FROM,
        TranslatorOptions.LOAD,
        TranslatorOptions.CROP,
        new PlanOption(
            "--cycle-loss", "settings.losses.cycle", Kind.NUMBER, "Weight of coming back."),
        new PlanOption(
            "--identity-loss",
            "settings.losses.identity",
            Kind.NUMBER,
            "Weight of leaving alone what is of the domain already."),
        PlanOption.STEPS,
        PlanOption.BATCH,
        PlanOption.LEARNING_RATE,
        PlanOption.DISCRIMINATOR_LEARNING_RATE,
        PlanOption.SEED);
  }

  private static CycleGanSettings settings(TrainingPlan plan) {
    return (CycleGanSettings) plan.settings();
  }

  @Override
  public TrainingPlan complete(TrainingPlan plan, boolean anew) {
    CycleGanSettings settings = settings(plan);
    settings.domains().check(plan.data().folders());
    settings.networks().check(settings.framing());
    if (settings.domains().validationB() != null && plan.data().validation() == null) {
      throw new IllegalArgumentException(
          "a validation looks at both domains, found pictures of the second one; give"
              + " --validation DIR, or leave --validation-b out");
    }
    if (plan.data().validation() != null
        && !settings.domains().isPainted()
        && settings.domains().validationB() == null) {
      throw new IllegalArgumentException(
          "a validation looks at both domains, found pictures of the first one; give"
              + " --validation-b DIR");
    }
    return plan;
  }

  @Override
  public List<String> modelNames(TrainingPlan plan) {
    return settings(plan).modelNames(plan.name());
  }

  @Override
  public BatchSource open(TrainingPlan plan, Consumer<String> reader) throws IOException {
    return settings(plan)
        .domains()
        .open(
            plan.data().paths(),
            new UnpairedPhotos.Settings(
                settings(plan).framing(),
                settings(plan).domains().isPainted(),
                plan.data().batch(),
                plan.seed()),
            new Scanned(reader));
  }

  @Override
  public TrainingMethod create(
      TrainingPlan plan, Device device, boolean anew, Consumer<String> reader) throws IOException {
    return new CycleGan(
        translator(plan, 0, device, anew, reader),
        translator(plan, 1, device, anew, reader),
        settings(plan).losses());
  }

  /** The file that a model starts from: what is named, or the model of its own name in there. */
  private static @Nullable String startOf(String name, @Nullable String startFrom) {
    return startFrom != null && Files.isDirectory(Path.of(startFrom))
        ? Path.of(startFrom, name + ".pt").toString()
        : startFrom;
  }

  /** The direction that gives the model of that index. */
  private Translator translator(
      TrainingPlan plan, int direction, Device device, boolean anew, Consumer<String> reader)
      throws IOException {
    CycleGanSettings settings = settings(plan);
    NetworkChoice choice = settings.networks().generator().choice();
    Architecture architecture = choice.create();
    long seed = plan.seed() + (long) SEEDS * direction;
    String name = modelNames(plan).get(direction);
    String startFrom = anew ? settings.networks().generator().startFrom() : null;
    NetworkUpdater generator =
        NetworkUpdater.load(
            architecture,
            InitialWeights.of(architecture, seed, startOf(name, startFrom), reader),
            plan,
            TrainingPlan.GENERATOR,
            device);
    NetworkUpdater discriminator = discriminator(plan, seed + 1, device, anew, reader);
    int side = settings.framing().crop();
    return new Translator(
        new AveragedGenerator(
            generator,
            plan.optimization().averageDecay(),
            weights ->
                new ExportedModel(
                    name, Purpose.translation(null), choice.architecture(), architecture, weights)),
        new Adversary(discriminator, settings.adversary(), Pix2Pix.DISCRIMINATOR_WEIGHT),
        new ImagePool(
            settings.pool(), new Shape(3, side, side), seed + 2, discriminator.manager()));
  }

  private static NetworkUpdater discriminator(
      TrainingPlan plan, long seed, Device device, boolean anew, Consumer<String> reader)
      throws IOException {
    TranslatorNetworks.Discriminator settings = settings(plan).networks().discriminator();
    Architecture architecture = settings.choice(3).create();
    StateDict initial =
        InitialWeights.of(architecture, seed, anew ? settings.startFrom() : null, reader);
    return NetworkUpdater.loadDiscriminator(
        architecture, initial, plan, TrainingPlan.DISCRIMINATOR, device);
  }

  @Override
  public Optional<Validation> validation(TrainingPlan plan, Consumer<String> reader)
      throws IOException {
    String folder = plan.data().validation();
    if (folder == null) {
      return Optional.empty();
    }
    CycleGanSettings settings = settings(plan);
    Framing framing = settings.framing().plain();
    String folderB = settings.domains().validationB();
    Scanned scanned = new Scanned(reader);
    return Optional.of(
        folderB == null
            ? painted(Path.of(folder), framing, scanned)
            : unpaired(
                List.of(Path.of(folder), Path.of(folderB)), settings.domains(), framing, scanned));
  }

  private static Validation painted(Path folder, Framing framing, Scanned scanned)
      throws IOException {
    PairSettings paintings = PairSettings.paintings(false);
    TranslationEvaluation pairs =
        PairValidation.in(folder, null, paintings, framing, scanned).evaluation();
    return new DomainValidation(pairs.inputs(), pairs.targets(), true);
  }

  private static Validation unpaired(
      List<Path> folders, DomainSettings domains, Framing framing, Scanned scanned)
      throws IOException {
    UnpairedPhotos photos =
        domains.open(folders, new UnpairedPhotos.Settings(framing, false, 1, 1), scanned);
    List<Picture> a = new ArrayList<>();
    List<Picture> b = new ArrayList<>();
    for (int i = 0; i < PairValidation.SQUARES; i++) {
      Batch batch = photos.batch(i);
      a.addAll(TranslationEvaluation.pictures(batch.tensor(UnpairedPhotos.A)));
      b.addAll(TranslationEvaluation.pictures(batch.tensor(UnpairedPhotos.B)));
    }
    photos.undecodable().forEach(scanned::skipped);
    return new DomainValidation(a, b, false);
  }

  @Override
  public List<Measurement> measure(
      TrainingPlan plan, ModelFile model, String dataSet, Path pictures) throws IOException {
    CycleGanSettings settings = settings(plan);
    if (!settings.domains().isPainted()) {
      throw new IOException(
          "translators between two domains are measured where the true translation is known, with"
              + " --domains painted, found domains that are given; leave --measure %s out"
                  .formatted(dataSet));
    }
    Framing framing = settings.framing().plain();
    boolean back = modelNames(plan).indexOf(model.card().name()) != 0;
    String how = back ? "painting by rule to its photo" : "photo to its painting by rule";
    return PairValidation.measuring(pictures, null, PairSettings.paintings(back), framing)
        .measure(model, dataSet, PairValidation.protocol(framing, how));
  }
}
