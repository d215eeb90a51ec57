package org.ganvas.training.benchmark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.NetworkPass;

/**
 * Watches the passes of a step through the networks of one kind, and then makes them alone, on
 * noise. What the networks learn of that is of no use to anybody.
 */
final class PassTimer {
  private static final double NANOS_PER_MILLISECOND = 1e6;

  private final List<LoadedNetwork> networks;
  private final List<NetworkPass> seen = new ArrayList<>();

  /** Watches from now on. */
  PassTimer(List<LoadedNetwork> networks) {
    this.networks = networks;
    networks.forEach(network -> network.watch(seen::add));
  }

  /**
   * Ends watching, and measures what was seen.
   *
   * @param repeats how often each pass is measured, after once to warm up; the median counts
   */
  NetworkTimes measure(List<ProgramMethod> methods, int repeats) {
    networks.forEach(network -> network.watch(null));
    Map<ProgramMethod, Double> milliseconds = new LinkedHashMap<>();
    for (ProgramMethod method : methods) {
      double sum = 0;
      for (NetworkPass pass : new LinkedHashSet<>(seen)) {
        sum += Collections.frequency(seen, pass) * median(pass, method, repeats);
      }
      milliseconds.put(method, sum / NANOS_PER_MILLISECOND);
    }
    return new NetworkTimes(seen.size(), milliseconds);
  }

  private long median(NetworkPass pass, ProgramMethod method, int repeats) {
    long unused = nanoseconds(pass, method);
    long[] measured = new long[repeats];
    Arrays.setAll(measured, repeat -> nanoseconds(pass, method));
    Arrays.sort(measured);
    return measured[repeats / 2];
  }

  /** All networks of a kind are alike, so one stands for them. */
  private long nanoseconds(NetworkPass pass, ProgramMethod method) {
    LoadedNetwork network = networks.get(0);
    network.weights().values().forEach(weight -> weight.setRequiresGradient(pass.reachesWeights()));
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray x = scope.randomUniform(0, 1, pass.input());
      if (!pass.isDifferentiated()) {
        long start = System.nanoTime();
        NDList unused = network.repeat(pass, x, method);
        await(scope);
        return System.nanoTime() - start;
      }
      x.setRequiresGradient(pass.reachesInput());
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        long start = System.nanoTime();
        gradients.backward(sum(network.repeat(pass, x, method)));
        await(scope);
        return System.nanoTime() - start;
      }
    }
  }

  /** A GPU computes behind the caller's back, in order; a number that is read comes last. */
  private static void await(NDManager scope) {
    float unused = scope.zeros(new Shape(1)).getFloat();
  }

  private static NDArray sum(NDList results) {
    NDArray sum = results.get(0).sum();
    for (int i = 1; i < results.size(); i++) {
      sum = sum.add(results.get(i).sum());
    }
    return sum;
  }
}
