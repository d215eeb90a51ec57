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
import org.ganvas.training.gan.AveragedGenerator;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.NetworkUpdater;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.gan.SuperResolution;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.plan.MethodSettings;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.PlanOption.Kind;
import org.ganvas.training.script.StateDict;

/** {@code super-resolution}: pictures made larger, as true to the original as can be. */
final class SuperResolutionRecipe implements Recipe {

  @Override
  public String name() {
    return "super-resolution";
  }

  @Override
  public String summary() {
    return "Enlarges photos, as true to the original as can be.";
  }

  @Override
  public Class<? extends MethodSettings> settings() {
    return SuperResolutionSettings.class;
  }

  @Override
  public List<PlanOption> options() {
    return List.of(
        PlanOption.DATA,
        PlanOption.VALIDATION,
        new PlanOption("--scale", "settings.network.scale", Kind.WHOLE, "How many times as wide."),
        new PlanOption(
            "--architecture",
            "settings.network.architecture",
            Kind.TEXT,
            "compact-sr or srresnet."),
        new PlanOption(
            "--channels", "settings.network.channels", Kind.WHOLE, "Channels of the inner layers."),
        new PlanOption("--blocks", "settings.network.blocks", Kind.WHOLE, "Residual blocks."),
        new PlanOption(
            "--start-from",
            "settings.startFrom",
            Kind.FILE,
            "A .pt file; its tensors of equal name and shape are taken over."),
        new PlanOption(
            "--loss",
            "settings.loss",
            Kind.TEXT,
            "L1 (mean absolute difference) or L2 (mean square)."),
        new PlanOption(
            "--teacher",
            "settings.teacher.model",
            Kind.TEXT,
            "A model to learn from beside the originals: its name, or a .pt file."),
        PlanOption.STEPS,
        PlanOption.BATCH,
        PlanOption.SMALL_CROP,
        PlanOption.DEGRADATION,
        PlanOption.LEARNING_RATE,
        PlanOption.SEED);
  }

  private static SuperResolutionSettings settings(TrainingPlan plan) {
    return (SuperResolutionSettings) plan.settings();
  }

  @Override
  public TrainingPlan complete(TrainingPlan plan, boolean anew) throws IOException {
    SuperResolutionSettings settings = settings(plan);
    settings.network().create();
    PhotoCrops.requireFolders(plan);
    return plan.withSettings(settings.withTeacher(settings.teacher().named()));
  }

  @Override
  public BatchSource open(TrainingPlan plan, Consumer<String> reader) throws IOException {
    SuperResolutionSettings settings = settings(plan);
    return new PhotoCrops(
            settings.network().scale(),
            settings.crop(),
            settings.shrinkAbove(),
            settings.degradation(),
            settings.sharpening())
        .open(plan, reader);
  }

  @Override
  public TrainingMethod create(
      TrainingPlan plan, Device device, boolean anew, Consumer<String> reader) throws IOException {
    SuperResolutionNetwork network = settings(plan).network();
    Architecture architecture = network.create();
    String startFrom = anew ? settings(plan).startFrom() : null;
    StateDict initial = InitialWeights.of(architecture, plan.seed(), startFrom, reader);
    return new SuperResolution(
        new AveragedGenerator(
            NetworkUpdater.load(architecture, initial, plan, TrainingPlan.GENERATOR, device),
            plan.optimization().averageDecay(),
            weights ->
                new ExportedModel(
                    plan.name(),
                    Purpose.SUPER_RESOLUTION,
                    network.architecture(),
                    architecture,
                    weights)),
        settings(plan).loss(),
        settings(plan).teacher().load(network.scale(), plan.precision(), device));
  }

  @Override
  public Optional<Validation> validation(TrainingPlan plan, Consumer<String> reader)
      throws IOException {
    String folder = plan.data().validation();
    return folder == null
        ? Optional.empty()
        : Optional.of(
            FidelityValidation.in(
                    Path.of(folder), settings(plan).network().scale(), new Scanned(reader))
                .degraded(settings(plan).degradation(), plan.seed())
                .sharpened(settings(plan).sharpening()));
  }

  @Override
  public List<Measurement> measure(
      TrainingPlan plan, ModelFile model, String dataSet, Path pictures) throws IOException {
    return FidelityValidation.measure(model, dataSet, pictures);
  }
}
