package org.ganvas.training.network;

import java.util.Map;
import java.util.TreeMap;

/** The super-resolution networks by name, one line each. */
public final class Architectures {

  /** Builds a network of so many channels and blocks for a scale. */
  @FunctionalInterface
  public interface Factory {
    Architecture create(int channels, int blocks, int scale);
  }

  private static final Map<String, Factory> BY_NAME =
      Map.of("compact-sr", CompactSr::new, "srresnet", SrResNet::of);

  private Architectures() {}

  /** The factory of that name; an unknown name is an error that lists the known ones. */
  public static Factory named(String name) {
    Factory factory = BY_NAME.get(name);
    if (factory == null) {
      throw new IllegalArgumentException(
          "the architecture is one of %s, found %s"
              .formatted(String.join(", ", new TreeMap<>(BY_NAME).keySet()), name));
    }
    return factory;
  }
}
