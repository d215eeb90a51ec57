package org.ganvas.cli.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.ProgramMethod;

/**
 * How many output megapixels a second a network computes by each method: a tile at a time, on all
 * processors; {@link ProgramMethod#WINOGRAD}, which has one thread only, a tile on each. The
 * methods take turns, so that whatever else the machine does meanwhile hits them alike.
 */
final class Throughput {
  static final int TILE = 256;

  /** libtorch profiles and rewrites a program during its first runs. */
  static final int WARM_UP_RUNS = 3;

  private Throughput() {}

  /**
   * @param repeats measured runs of each method, at least 1
   */
  static Map<ProgramMethod, Spread> measure(
      GeneratorModel model, List<ProgramMethod> methods, int repeats) throws ModelException {
    FloatPlanes tile = noise(model.card().network());
    for (ProgramMethod method : methods) {
      for (int run = 0; run < WARM_UP_RUNS; run++) {
        pixelsOf(model, tile, method);
      }
    }
    Map<ProgramMethod, double[]> rates = new LinkedHashMap<>();
    methods.forEach(method -> rates.put(method, new double[repeats]));
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (ProgramMethod method : methods) {
        long start = System.nanoTime();
        double pixels = pixelsOf(model, tile, method);
        double rate = pixels / ((System.nanoTime() - start) / 1e3);
        Objects.requireNonNull(rates.get(method))[repeat] = rate;
      }
    }
    Map<ProgramMethod, Spread> spreads = new LinkedHashMap<>();
    rates.forEach((method, values) -> spreads.put(method, Spread.of(values)));
    return spreads;
  }

  /** Computes one tile, or several, and counts the pixels that come out. */
  private static long pixelsOf(GeneratorModel model, FloatPlanes tile, ProgramMethod method)
      throws ModelException {
    if (!method.winograd()) {
      return pixels(model.run(tile, method));
    }
    ExecutorService threads = Executors.newFixedThreadPool(model.threads());
    try {
      Callable<Long> task = () -> pixels(model.run(tile, method, 1));
      long sum = 0;
      for (Future<Long> done : threads.invokeAll(Collections.nCopies(model.threads(), task))) {
        sum += done.get();
      }
      return sum;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      threads.shutdown();
    }
  }

  private static long pixels(FloatPlanes picture) {
    return (long) picture.width() * picture.height();
  }

  private static FloatPlanes noise(NetworkFacts network) {
    int side = TILE / network.sizeMultiple() * network.sizeMultiple();
    FloatPlanes planes = FloatPlanes.zeros(network.inputChannels(), side, side);
    Random random = new Random(1);
    for (int i = 0; i < planes.values().length; i++) {
      planes.values()[i] = random.nextFloat();
    }
    return planes;
  }
}
