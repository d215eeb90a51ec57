package org.ganvas.training.gan;

import java.util.Map;
import java.util.TreeMap;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;

/** The training methods by name, one line each. */
public final class TrainingMethods {

  /** Sets a method up around the network that it trains. */
  @FunctionalInterface
  public interface Factory {
    /**
     * Makes the method for a network.
     *
     * @param averageDecay share of the old weight average that a step keeps
     */
    TrainingMethod create(LoadedNetwork generator, ProgramMethod method, double averageDecay);
  }

  private static final Map<String, Factory> BY_NAME =
      Map.of("super-resolution", SuperResolution::new);

  private TrainingMethods() {}

  /** The factory of that name; an unknown name is an error that lists the known ones. */
  public static Factory named(String name) {
    Factory factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "the training method is one of %s, found %s"
              .formatted(String.join(", ", new TreeMap<>(BY_NAME).keySet()), name));
    }
    return factory;
  }
}
