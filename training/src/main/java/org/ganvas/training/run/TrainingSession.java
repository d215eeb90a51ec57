package org.ganvas.training.run;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.TorchDevice;
import org.ganvas.training.data.BatchLoader;
import org.ganvas.training.data.BicubicDegradation;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.data.PhotoCache;
import org.ganvas.training.data.PhotoFolder;
import org.ganvas.training.evaluation.Score;
import org.ganvas.training.evaluation.SuperResolutionEvaluation;
import org.ganvas.training.export.ModelCards;
import org.ganvas.training.export.ModelExporter;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.gan.TrainingMethods;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;

/** A run with its networks in memory, as its newest whole checkpoint left them. */
public final class TrainingSession implements AutoCloseable {
  /** Photos that a validation takes; more take time from training. */
  private static final int VALIDATION_PHOTOS = 10;

  private static final ComputeChoice FLOAT32 =
      new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);
  private static final String PROTOCOL =
      "small pictures by MATLAB's antialiased bicubic; on Y of BT.601, as many pixels as the scale"
          + " cut off each border; float32";

  private final TrainingPlan plan;
  private final RunFolder folder;
  private final Consumer<String> reader;
  private final Architecture architecture;
  private final TrainingMethod method;
  private final long done;

  private TrainingSession(
      TrainingPlan plan, RunFolder folder, Device device, Consumer<String> reader)
      throws IOException {
    this.plan = plan;
    this.folder = folder;
    this.reader = reader;
    TrainingPlan.Network wanted = plan.network();
    this.architecture = Architectures.create(wanted.architecture(), wanted.options());
    TrainingMethods.Factory factory = TrainingMethods.named(plan.method());
    Program program = architecture.program();
    Optional<CheckpointStore.Found> found = folder.checkpoints().newest();
    StateDict initial = found.isPresent() ? program.initialize(plan.seed()) : initialState(program);
    LoadedNetwork generator = LoadedNetwork.load(program, initial, device);
    this.method =
        factory.create(
            generator,
            new ProgramMethod(plan.precision(), architecture.fastLayout()),
            plan.optimization().averageDecay());
    this.done = found.isPresent() ? restore(found.get()) : 0;
  }

  /**
   * Sets a run up, from its newest whole checkpoint if there is one.
   *
   * @param folder of the run
   * @param device to compute on
   * @param reader takes a sentence now and then
   * @throws IOException if the run's folder, or the model to start from, cannot be read
   * @throws IllegalArgumentException if the plan names an unknown method or architecture
   */
  public static TrainingSession open(
      TrainingPlan plan, RunFolder folder, DeviceChoice device, Consumer<String> reader)
      throws IOException {
    return new TrainingSession(plan, folder, TorchDevice.of(device), reader);
  }

  private StateDict initialState(Program program) throws IOException {
    StateDict state = program.initialize(plan.seed());
    String startFrom = plan.network().startFrom();
    if (startFrom != null) {
      int taken = state.takeFrom(WeightFile.read(Path.of(startFrom)));
      reader.accept(
          "took %d of %d tensors from %s".formatted(taken, state.names().size(), startFrom));
    }
    return state;
  }

  private long restore(CheckpointStore.Found found) throws IOException {
    found.warnings().forEach(reader);
    found.restoreInto(method.tensors());
    return found.step();
  }

  /** Steps that were taken before this session. */
  public long done() {
    return done;
  }

  /**
   * Finds the photos and makes the run ready to start.
   *
   * @throws IOException if the photos cannot be read
   */
  public TrainingRun prepare() throws IOException {
    TrainingPlan.Data data = plan.data();
    int smallestSide = data.crop() * plan.network().scale();
    PhotoFolder photos =
        PhotoFolder.scan(
            data.folders().stream().map(Path::of).toList(), smallestSide, data.shrinkAbove());
    reader.accept(
        "%d photos, %d skipped".formatted(photos.photos().size(), photos.skipped().size()));
    photos.skipped().forEach(s -> reader.accept("skipped %s: %s".formatted(s.file(), s.reason())));
    List<TrainingObserver> observers = observers();
    folder.writePlan(plan);
    LowResolutionPairs pairs =
        new LowResolutionPairs(
            photos.photos(),
            PhotoCache.ofHalfTheHeap(),
            new LowResolutionPairs.Settings(
                plan.network().scale(), data.crop(), data.batch(), plan.seed()),
            new BicubicDegradation());
    observers.add(new SkippedPhotosObserver(pairs, reader));
    return new TrainingRun(plan, method, new BatchLoader(pairs, done), observers);
  }

  private List<TrainingObserver> observers() throws IOException {
    TrainingPlan.Intervals intervals = plan.intervals();
    LogObserver log =
        new LogObserver(folder.log(), intervals.log(), plan.optimization().steps(), reader);
    List<TrainingObserver> observers = new ArrayList<>();
    observers.add(log);
    String validation = plan.data().validation();
    if (validation != null) {
      SuperResolutionEvaluation evaluation =
          SuperResolutionEvaluation.in(
              Path.of(validation), plan.network().scale(), VALIDATION_PHOTOS);
      ValidationObserver.Exporter exporter =
          step -> export(folder.latestModel(plan.name()), step, List.of());
      observers.add(
          new ValidationObserver(evaluation, exporter, folder, log, intervals.validation()));
    }
    observers.add(new CheckpointObserver(folder.checkpoints(), method, intervals.checkpoint()));
    observers.add(new ReportObserver(folder, intervals.log(), reader));
    return observers;
  }

  /**
   * Writes the model as it is.
   *
   * @param step that it is the result of
   * @throws IOException if it cannot be written, or does not give what the network gives
   */
  public ModelFile export(Path target, long step, List<Measurement> measurements)
      throws IOException {
    ModelCard card = ModelCards.of(plan, architecture, step, measurements);
    return ModelExporter.export(method.program(), method.exportedState(), card, target);
  }

  /**
   * Measures the model as it is, in float32, on a folder of pictures.
   *
   * @param dataSet what the pictures are called on the card
   * @throws IOException if they cannot be read
   */
  public List<Measurement> measure(String dataSet, Path pictures) throws IOException {
    SuperResolutionEvaluation evaluation =
        SuperResolutionEvaluation.in(pictures, plan.network().scale(), Integer.MAX_VALUE);
    Path file = Files.createTempFile("ganvas", ".pt");
    try {
      ModelFile model = export(file, done, List.of());
      Score score = ValidationObserver.score(evaluation, model, FLOAT32);
      return List.of(
          new Measurement(dataSet, "PSNR-Y", score.psnr(), "dB", PROTOCOL),
          new Measurement(dataSet, "SSIM", score.ssim(), "", PROTOCOL));
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public void close() {
    method.close();
  }
}
