package org.ganvas.inference.task;

import java.util.EnumMap;
import java.util.Map;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Orientation;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.Task;
import org.ganvas.inference.tile.TileComputer;
import org.ganvas.inference.tile.TileGrid;
import org.ganvas.inference.tile.TileStitcher;

/**
 * A network from pictures to pictures, loaded in the background, and the threads that run it on
 * tiles. Thread-safe.
 */
final class PictureNetwork implements AutoCloseable {
  private final ModelCard card;
  private final LoadingModel model;
  private final TileWorkers workers = new TileWorkers();

  PictureNetwork(ModelFile file, ComputeChoice choice) {
    this.card = file.card();
    this.model = LoadingModel.start(file, choice);
  }

  /**
   * How a picture is run through the network.
   *
   * @param grid the tiles of the picture, filled up to the network's size multiple
   * @param atOnce how many of them may be computed at once, at least 1
   * @param shape what the result is like
   * @param computation how a tile is computed
   */
  record Run(TileGrid grid, int atOnce, TileStitcher.Shape shape, Computation computation) {}

  /**
   * How a tile is computed.
   *
   * @param statistics what the network takes for the statistics of the picture in each way that it
   *     sees it, for those of a mirrored one are others; empty if every tile has its own, or the
   *     network has none
   * @param ensemble in which ways the network sees it
   */
  record Computation(
      ProgramMethod method, Map<Orientation, float[]> statistics, SelfEnsemble ensemble) {}

  /**
   * Refuses a model that is for something else.
   *
   * @throws ModelException if the model is not for this task
   */
  static void requireTask(ModelFile file, Task wanted) throws ModelException {
    Task found = file.card().task();
    if (found != wanted) {
      throw new ModelException(
          ModelException.Reason.UNSUITABLE,
          "%s: a model for %s is needed, found one for %s; use ganvas %s"
              .formatted(file.path(), wanted.word(), found.word(), found.command()));
    }
  }

  ModelCard card() {
    return card;
  }

  /** Waits for the model, and chooses how it computes so many pixels. */
  ProgramMethod methodFor(long pixels) throws ModelException {
    return model.get().methodFor(pixels);
  }

  /**
   * As {@link #methodFor(long)}, for tiles of which as many are computed at once as there are
   * workers.
   *
   * @param exact whether a pixel must come out alike, bit for bit, in whatever tile it lies
   */
  ProgramMethod methodFor(TileGrid grid, boolean exact) throws ModelException {
    GeneratorModel generator = model.get();
    long pixels = (long) grid.width() * grid.height();
    return exact || threadsPerTile(generator, grid, TileWorkers.COUNT) > 1
        ? generator.methodFor(pixels)
        : generator.methodForOneThread(pixels);
  }

  private static int threadsPerTile(GeneratorModel generator, TileGrid grid, int atOnce) {
    return TileWorkers.threadsPerTile(generator.threads(), grid.columns(), atOnce);
  }

  /** What the network's normalizations find in a picture as a whole, in each way it is seen. */
  Map<Orientation, float[]> statistics(
      FloatPlanes picture, ProgramMethod method, SelfEnsemble ensemble) throws ModelException {
    Map<Orientation, float[]> statistics = new EnumMap<>(Orientation.class);
    for (Orientation way : ensemble.ways()) {
      statistics.put(way, model.get().statistics(SelfEnsemble.turned(picture, way), method));
    }
    return statistics;
  }

  /** The result, computed as its rows are read, a row of tiles at a time. */
  PictureRows rows(Picture picture, Run run, Progress progress) throws ModelException {
    GeneratorModel generator = model.get();
    NetworkInput input = new NetworkInput(picture, card.network().inputChannels());
    int threads = threadsPerTile(generator, run.grid, run.atOnce);
    TileCount count = new TileCount(progress, run.grid.size());
    TileNetwork network = network(generator, run.computation, threads);
    TileComputer computer =
        source -> {
          count.begin();
          FloatPlanes result = network.run(input.read(source));
          count.end();
          return result;
        };
    return new TileStitcher(run.grid, run.shape, computer, workers.executor());
  }

  private static TileNetwork network(GeneratorModel generator, Computation how, int threads) {
    return how.ensemble.of(
        way -> {
          float[] statistics = how.statistics.get(way);
          return statistics == null
              ? tile -> generator.run(tile, how.method, threads)
              : tile -> generator.run(tile, statistics, how.method, threads);
        });
  }

  /** Waits until the model is loaded and no tile is being computed, and frees it. */
  @Override
  public void close() {
    workers.close();
    model.close();
  }
}
