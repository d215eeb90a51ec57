package org.ganvas.training.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;
import org.jspecify.annotations.Nullable;

/** What the weights of a network are before the first step. */
final class InitialWeights {
  private InitialWeights() {}

  /**
   * Fresh weights, but for the tensors that a file has of the same name and shape. Residual blocks
   * that it does not have begin by passing on what they are given, so that a deeper network begins
   * as the shallower one that the file is of (T. Chen et al. 2016, "Net2Net", section 2.3).
   *
   * @param startFrom of any kind that {@link WeightFile} reads; null for fresh weights only
   * @param reader takes a sentence that says how many tensors were taken over
   * @throws IOException if the file cannot be read, or none of its tensors fits
   */
  static StateDict of(
      Architecture architecture, long seed, @Nullable String startFrom, Consumer<String> reader)
      throws IOException {
    Program program = architecture.program();
    StateDict initial = program.initialize(seed);
    if (startFrom == null) {
      return initial;
    }
    architecture.blockEnds().forEach(name -> initial.put(name, zero(initial.get(name))));
    StateDict file = WeightFile.read(Path.of(startFrom));
    int taken = initial.takeFrom(file);
    if (taken == 0) {
      throw new IOException(
          ("the file to start from has tensors of the names and shapes of %s, such as %s, found"
                  + " %s with none of its %d tensors; name one of the same network, or none")
              .formatted(program.name(), example(initial), startFrom, file.names().size()));
    }
    reader.accept(
        "took %d of %d tensors from %s".formatted(taken, initial.names().size(), startFrom));
    return initial;
  }

  private static StateDict.Entry zero(StateDict.Entry entry) {
    return new StateDict.Entry(entry.shape(), new float[entry.data().length]);
  }

  private static String example(StateDict state) {
    String first = state.names().iterator().next();
    return first + " " + state.get(first).shape();
  }
}
