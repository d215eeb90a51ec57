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
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.data.PictureSet;
import org.ganvas.training.data.PictureSource;
import org.ganvas.training.gan.Adversary;
import org.ganvas.training.gan.AveragedGenerator;
import org.ganvas.training.gan.Dcgan;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.LatentSource;
import org.ganvas.training.gan.NetworkUpdater;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.plan.MethodSettings;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.ReferenceBatch;
import org.ganvas.training.script.StateDict;

/** {@code dcgan}: a generator that makes pictures like those of a folder. */
final class DcganRecipe implements Recipe {
  /** The latent vectors of no step, for the reference of virtual batch norm. */
  private static final long REFERENCE = 0;

  @Override
  public String name() {
    return "dcgan";
  }

  @Override
  public String summary() {
    return "Makes new pictures like those of a folder, of a given label if these have labels.";
  }

  @Override
  public Class<? extends MethodSettings> settings() {
    return DcganSettings.class;
  }

  @Override
  public List<PlanOption> options() {
    return DcganOptions.ALL;
  }

  private static DcganSettings settings(TrainingPlan plan) {
    return (DcganSettings) plan.settings();
  }

  @Override
  public TrainingPlan complete(TrainingPlan plan, boolean anew) throws IOException {
    PhotoCrops.requireFolders(plan);
    DcganSettings settings = settings(plan);
    if (anew || settings.pictures().labelNames() == null) {
      settings = settings.withLabels(pictures(plan).pictures().labels());
    }
    settings.generator().create();
    settings.discriminator().create();
    return plan.withSettings(settings);
  }

  private static PictureSource pictures(TrainingPlan plan) throws IOException {
    DcganSettings.Pictures pictures = settings(plan).pictures();
    return PictureSource.open(plan.data().paths(), pictures.labels(), pictures.side());
  }

  @Override
  public BatchSource open(TrainingPlan plan, Consumer<String> reader) throws IOException {
    PictureSource source = pictures(plan);
    List<String> expected = settings(plan).latentSpace().labels();
    if (!source.pictures().labels().equals(expected)) {
      throw new IOException(
          "this run's pictures have the labels %s, found %s; continue it with the same pictures"
              .formatted(expected, source.pictures().labels()));
    }
    reader.accept(
        "%d pictures, %d labels, %d skipped"
            .formatted(source.pictures().size(), expected.size(), source.skipped().size()));
    source.skipped().forEach(s -> reader.accept("skipped %s: %s".formatted(s.file(), s.reason())));
    return squares(source.pictures(), plan);
  }

  private static LabelledPictures squares(PictureSet pictures, TrainingPlan plan) {
    DcganSettings.Pictures wanted = settings(plan).pictures();
    return new LabelledPictures(
        pictures,
        new LabelledPictures.Settings(
            wanted.side(), wanted.channels(), wanted.mirror(), plan.data().batch(), plan.seed()));
  }

  @Override
  public TrainingMethod create(
      TrainingPlan plan, Device device, boolean anew, Consumer<String> reader) throws IOException {
    DcganSettings settings = settings(plan);
    NetworkChoice choice = settings.generator();
    Architecture architecture = choice.create();
    LatentSource latents = new LatentSource(settings.latentSpace(), plan.seed());
    StateDict initial = architecture.program().initialize(plan.seed());
    ReferenceBatch.replaceLatents(initial, count -> latents.draw(REFERENCE, count));
    NetworkUpdater discriminator =
        NetworkUpdater.loadDiscriminator(
            settings.discriminator().create(),
            plan.seed() + 1,
            plan,
            TrainingPlan.DISCRIMINATOR,
            device);
    return new Dcgan(
        new AveragedGenerator(
            NetworkUpdater.load(architecture, initial, plan, TrainingPlan.GENERATOR, device),
            plan.optimization().averageDecay(),
            weights ->
                new ExportedModel(
                    plan.name(),
                    Purpose.generation(settings.latentSpace()),
                    choice.architecture(),
                    architecture,
                    weights)),
        new Adversary(discriminator, settings.adversary()),
        settings.augmentation(),
        latents);
  }

  @Override
  public Optional<Validation> validation(TrainingPlan plan, Consumer<String> reader)
      throws IOException {
    String features = settings(plan).features();
    if (features == null) {
      return Optional.of(new GeneratorValidation(null));
    }
    String folder = plan.data().validation();
    PictureSource source =
        folder == null
            ? pictures(plan)
            : PictureSource.open(
                List.of(Path.of(folder)), PictureSource.NONE, settings(plan).pictures().side());
    if (folder != null) {
      source.skipped().forEach(new Scanned(reader)::skipped);
    }
    return Optional.of(
        new GeneratorValidation(
            GeneratorValidation.Comparison.with(
                Path.of(features), source.pictures(), set -> squares(set, plan))));
  }

  @Override
  public List<Measurement> measure(
      TrainingPlan plan, ModelFile model, String dataSet, Path pictures) throws IOException {
    return GeneratorValidation.measureLabels(model, dataSet, pictures);
  }
}
