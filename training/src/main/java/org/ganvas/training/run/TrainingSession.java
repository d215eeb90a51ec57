package org.ganvas.training.run;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ganvas.training.data.BatchLoader;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.data.PhotoCache;
import org.ganvas.training.data.PhotoFolder;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.gan.TrainingMethods;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.script.Program;

/** A run that is set up: data found, networks loaded, the newest checkpoint taken in. */
public final class TrainingSession implements AutoCloseable {
  private final TrainingPlan plan;
  private final TrainingMethod method;
  private final PhotoFolder photos;
  private final TrainingRun run;
  private final long done;

  private TrainingSession(
      TrainingPlan plan, TrainingMethod method, PhotoFolder photos, TrainingRun run, long done) {
    this.plan = plan;
    this.method = method;
    this.photos = photos;
    this.run = run;
    this.done = done;
  }

  /**
   * Sets a run up, from its newest whole checkpoint if there is one.
   *
   * @param folder of the run
   * @param device to compute on
   * @param reader takes a sentence now and then
   * @throws IOException if the pictures or the run's folder cannot be used
   */
  public static TrainingSession open(
      TrainingPlan plan, RunFolder folder, Device device, Consumer<String> reader)
      throws IOException {
    int smallestSide = plan.data().crop() * plan.network().scale();
    PhotoFolder photos =
        PhotoFolder.scan(
            plan.data().folders().stream().map(Path::of).toList(),
            smallestSide,
            2);
    reader.accept(
        "%d photos, %d skipped".formatted(photos.photos().size(), photos.skipped().size()));
    photos.skipped().forEach(s -> reader.accept("skipped %s: %s".formatted(s.file(), s.reason())));
    folder.writePlan(plan);
    TrainingMethod method = method(plan, device);
    CheckpointStore store = folder.checkpoints();
    Optional<CheckpointStore.Found> found = store.newest();
    if (found.isPresent()) {
      found.get().warnings().forEach(reader);
      found.get().restoreInto(method.tensors());
      reader.accept("resuming after step " + found.get().step());
    }
    List<TrainingObserver> observers = new ArrayList<>();
    observers.add(
        new LogObserver(
            folder.log(), plan.intervals().log(), plan.optimization().steps(), reader));
    observers.add(new CheckpointObserver(store, method, plan.intervals().checkpoint()));
    TrainingRun run = new TrainingRun(plan, method, observers);
    long done = found.map(CheckpointStore.Found::step).orElse(0L);
    return new TrainingSession(plan, method, photos, run, done);
  }

  private static TrainingMethod method(TrainingPlan plan, Device device) throws IOException {
    TrainingPlan.Network wanted = plan.network();
    Architecture architecture =
        Architectures.named(wanted.architecture())
            .create(wanted.channels(), wanted.blocks(), wanted.scale());
    Program program = architecture.program();
    LoadedNetwork generator =
        LoadedNetwork.load(program, program.initialize(plan.seed()), device);
    return TrainingMethods.named(plan.method())
        .create(
            generator,
            new LoadedNetwork.Format(plan.precision(), architecture.fastLayout()),
            plan.optimization().averageDecay());
  }

  /**
   * Trains to the end, or until {@link #stop()}.
   *
   * @return the number of the last step
   */
  public long run() throws IOException, InterruptedException {
    LowResolutionPairs pairs =
        new LowResolutionPairs(
            photos.photos(),
            PhotoCache.ofHalfTheHeap(),
            new LowResolutionPairs.Settings(
                plan.network().scale(), plan.data().crop(), plan.data().batch(), plan.seed()));
    try (BatchLoader loader = new BatchLoader(pairs, done)) {
      return run.run(done, loader);
    }
  }

  /** Asks the run to end with a checkpoint, and waits until it has. */
  public void stop() throws InterruptedException {
    run.stop();
  }

  public TrainingMethod method() {
    return method;
  }

  @Override
  public void close() {
    method.close();
  }
}
