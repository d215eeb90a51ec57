package org.ganvas.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.TorchDevice;
import org.ganvas.training.data.BatchLoader;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.export.ModelCards;
import org.ganvas.training.export.ModelExporter;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.plan.PlanChange;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipe;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.recipe.Validation;

/** A run with its networks in memory, as one of its checkpoints left them. */
public final class TrainingSession implements AutoCloseable {
  private final TrainingPlan plan;
  private final RunFolder folder;
  private final Consumer<String> reader;
  private final Recipe recipe;
  private final RunState state;
  private final long done;

  private TrainingSession(
      TrainingPlan plan, RunFolder folder, Consumer<String> reader, RunState state, long done) {
    this.plan = plan;
    this.folder = folder;
    this.reader = reader;
    this.recipe = Recipes.named(plan.method());
    this.state = state;
    this.done = done;
  }

  /**
   * Sets a run up, from its newest whole checkpoint if there is one.
   *
   * @param plan complete, see {@link Recipe#complete}
   * @param folder of the run
   * @param device to compute on
   * @param reader takes a sentence now and then
   * @throws IOException if the run's folder, or the model to start from, cannot be read
   * @throws IllegalArgumentException if the plan names an unknown method or architecture
   */
  public static TrainingSession open(
      TrainingPlan plan, RunFolder folder, DeviceChoice device, Consumer<String> reader)
      throws IOException {
    return open(plan, folder, device, reader, folder.checkpoints().newest());
  }

  /**
   * Sets a run up from the checkpoint that a validation found best.
   *
   * @throws IOException if there is none, or it cannot be read
   */
  public static TrainingSession openBest(
      TrainingPlan plan, RunFolder folder, DeviceChoice device, Consumer<String> reader)
      throws IOException {
    Optional<FoundCheckpoint> best = folder.checkpoints().best();
    if (best.isEmpty()) {
      throw new IOException(
          "the best checkpoint is kept by a run with --validation, found none in " + folder.path());
    }
    return open(plan, folder, device, reader, best);
  }

  private static TrainingSession open(
      TrainingPlan plan,
      RunFolder folder,
      DeviceChoice device,
      Consumer<String> reader,
      Optional<FoundCheckpoint> found)
      throws IOException {
    TrainingMethod method =
        Recipes.named(plan.method()).create(plan, TorchDevice.of(device), found.isEmpty(), reader);
    RunState state = new RunState(method, new Balance());
    try {
      if (found.isPresent()) {
        found.get().warnings().forEach(reader);
        state.restore(found.get());
      }
      long done = found.map(FoundCheckpoint::step).orElse(0L);
      return new TrainingSession(plan, folder, reader, state, done);
    } catch (IOException | RuntimeException e) {
      method.close();
      throw e;
    }
  }

  /** Steps that were taken before this session. */
  public long done() {
    return done;
  }

  /**
   * Finds the pictures and makes the run ready to start.
   *
   * @throws IOException if the pictures cannot be read
   */
  public TrainingRun prepare() throws IOException {
    BatchSource source = recipe.open(plan, reader);
    LogObserver log =
        new LogObserver(folder.log(), plan.intervals().log(), plan.optimization().steps(), reader);
    List<TrainingObserver> observers = observers(log);
    List<PlanChange> changes = folder.changes(plan);
    folder.writePlan(plan);
    if (done == 0) {
      for (String sentence : source.warnings()) {
        log.warn(done, sentence);
      }
    }
    if (done < plan.optimization().steps()) {
      for (PlanChange change : changes) {
        log.note(done + 1, change);
      }
    }
    observers.add(new SkippedPhotosObserver(source, reader));
    return new TrainingRun(plan, state.method(), new BatchLoader(source, done), observers);
  }

  private List<TrainingObserver> observers(LogObserver log) throws IOException {
    TrainingPlan.Intervals intervals = plan.intervals();
    List<TrainingObserver> observers = new ArrayList<>();
    observers.add(log);
    observers.add(new BalanceObserver(state.balance(), log));
    Optional<Validation> validation =
        recipe.validation(plan, sentence -> reader.accept("validation: " + sentence));
    if (validation.isPresent()) {
      ValidationObserver.Judge judge =
          step -> validation.get().validate(export(folder::latestModel, step, Map.of()));
      observers.add(new ValidationObserver(judge, state, folder, log, intervals.validation()));
    }
    observers.add(new CheckpointObserver(folder.checkpoints(), state, intervals.checkpoint()));
    observers.add(new ReportObserver(folder, intervals.log(), reader));
    return observers;
  }

  /**
   * Writes the models as they are.
   *
   * @param target where to write the model of a name
   * @param step that they are the result of
   * @param dataSets folders of pictures to measure them on, by the names for their cards
   * @throws IOException if one cannot be written or measured, or does not give what its network
   *     gives
   */
  public List<ModelFile> export(
      Function<String, Path> target, long step, Map<String, Path> dataSets) throws IOException {
    List<ModelFile> written = new ArrayList<>();
    for (ExportedModel model : state.method().exports()) {
      List<Measurement> figures = measure(model, step, dataSets);
      written.add(export(model, ModelCards.of(model, plan, step, figures), target));
    }
    return written;
  }

  private static ModelFile export(
      ExportedModel model, ModelCard card, Function<String, Path> target) throws IOException {
    return ModelExporter.export(
        model.architecture().program(), model.weights(), card, target.apply(model.name()));
  }

  private List<Measurement> measure(ExportedModel model, long step, Map<String, Path> dataSets)
      throws IOException {
    List<Measurement> figures = new ArrayList<>();
    if (dataSets.isEmpty()) {
      return figures;
    }
    Path file = Files.createTempFile("ganvas", ".pt");
    try {
      ModelFile written = export(model, ModelCards.of(model, plan, step, List.of()), name -> file);
      for (Map.Entry<String, Path> set : dataSets.entrySet()) {
        figures.addAll(recipe.measure(plan, written, set.getKey(), set.getValue()));
      }
      return figures;
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public void close() {
    state.method().close();
  }
}
