package org.ganvas.training.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ganvas.training.script.Parameter;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;

/**
 * The weights of a feature network, as torchvision publishes them, and which network it is.
 *
 * @param architecture recognized by the names and shapes of the tensors
 * @param state the convolutional part; what classifies is left out
 */
public record FeatureWeights(FeatureArchitecture architecture, StateDict state) {
  private static final int SHOWN = 3;

  /**
   * Reads a file of weights, of any kind that {@link WeightFile} reads.
   *
   * @throws IOException if it cannot be read, or is of no architecture that is known
   */
  public static FeatureWeights read(Path file) throws IOException {
    StateDict state = WeightFile.read(file, name -> name.startsWith("features."));
    Optional<FeatureArchitecture> architecture = recognize(state);
    if (architecture.isEmpty()) {
      throw new IOException(
          "features come from %s as torchvision publishes them, found %s with %s"
              .formatted(titles(), file, description(state)));
    }
    return new FeatureWeights(architecture.get(), state);
  }

  /** The architecture whose tensors these are. */
  static Optional<FeatureArchitecture> recognize(StateDict state) {
    return Stream.of(FeatureArchitecture.values())
        .filter(candidate -> holds(state, candidate.program()))
        .findFirst();
  }

  private static boolean holds(StateDict state, Program program) {
    return program.parameters().stream()
        .allMatch(p -> state.contains(p.name()) && state.get(p.name()).shape().equals(p.shape()));
  }

  private static String titles() {
    List<String> titles =
        Stream.of(FeatureArchitecture.values()).map(FeatureArchitecture::title).toList();
    return String.join(", ", titles);
  }

  private static String description(StateDict state) {
    if (state.names().isEmpty()) {
      return "no tensor called features.…";
    }
    List<String> first =
        state.names().stream()
            .limit(SHOWN)
            .map(name -> name + " " + state.get(name).shape())
            .toList();
    return String.join(", ", first) + (state.names().size() > SHOWN ? ", …" : "");
  }

  /** The weights that a program of this architecture has. */
  StateDict of(Program program) {
    StateDict part = new StateDict();
    for (Parameter parameter : program.parameters()) {
      part.put(parameter.name(), state.get(parameter.name()));
    }
    return part;
  }
}
