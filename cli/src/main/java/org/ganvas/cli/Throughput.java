package org.ganvas.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.ProgramMethod;

/**
 * How many output megapixels a second a network computes, tile by tile, by each method. The methods
 * take turns, so that whatever else the machine does meanwhile hits them alike.
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
        model.run(tile, method);
      }
    }
    Map<ProgramMethod, double[]> rates = new LinkedHashMap<>();
    methods.forEach(method -> rates.put(method, new double[repeats]));
    for (int repeat = 0; repeat < repeats; repeat++) {
      for (ProgramMethod method : methods) {
        long start = System.nanoTime();
        FloatPlanes result = model.run(tile, method);
        double microseconds = (System.nanoTime() - start) / 1e3;
        double rate = (double) result.width() * result.height() / microseconds;
        Objects.requireNonNull(rates.get(method))[repeat] = rate;
      }
    }
    Map<ProgramMethod, Spread> spreads = new LinkedHashMap<>();
    rates.forEach((method, values) -> spreads.put(method, Spread.of(values)));
    return spreads;
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
