package org.ganvas.training.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ganvas.inference.model.ProgramMethod;

/**
 * How long the passes through the networks of one kind take in a step, made alone.
 *
 * @param passes how many there are in a step
 * @param milliseconds of all of them together, forward and backward, by each method
 */
public record NetworkTimes(int passes, Map<ProgramMethod, Double> milliseconds) {
  public NetworkTimes {
    milliseconds = Collections.unmodifiableMap(new LinkedHashMap<>(milliseconds));
  }

  /** The method that takes the least time. */
  public ProgramMethod fastest() {
    return Collections.min(milliseconds.entrySet(), Map.Entry.comparingByValue()).getKey();
  }
}
