package org.ganvas.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.TorchScriptArchive;
import org.ganvas.training.weights.Safetensors;

/** Weight files of feature networks, as others publish them, with numbers by a formula. */
public final class FeatureFiles {
  private FeatureFiles() {}

  /** Writes the convolutional part of a network. */
  public static Path write(FeatureArchitecture architecture, Path file) throws IOException {
    Program program = architecture.program(architecture.layers());
    try (OutputStream out = Files.newOutputStream(file)) {
      TorchScriptArchive.write(out, program, FormulaWeights.of(program), Map.of());
    }
    return file;
  }

  /** Writes weights per channel, from 0 to 2. */
  public static Path writeLinear(FeatureArchitecture architecture, Path file) throws IOException {
    return writeLinear(
        architecture, file, (name, size) -> FormulaWeights.numbers(name, size, 1, 1));
  }

  /**
   * Writes weights per channel.
   *
   * @param numbers gives as many as there are channels, for a layer {@code lin0} and so on
   */
  public static Path writeLinear(
      FeatureArchitecture architecture, Path file, BiFunction<String, Integer, float[]> numbers)
      throws IOException {
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      List<Integer> channels = architecture.channels(architecture.distanceLayers());
      for (int i = 0; i < channels.size(); i++) {
        float[] weights = numbers.apply("lin" + i, channels.get(i));
        tensors.put(
            "lin%d.model.1.weight".formatted(i),
            scope.create(weights, new Shape(1, weights.length, 1, 1)));
      }
      Safetensors.write(file, tensors);
    }
    return file;
  }
}
