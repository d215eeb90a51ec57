package org.ganvas.training.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.Safetensors;
import org.ganvas.training.weights.WeightFile;

/** Writes the tensors of a model under their names, for use elsewhere. */
public final class StateDictExporter {
  private StateDictExporter() {}

  /**
   * Writes or replaces a safetensors file.
   *
   * @return how many tensors it holds
   */
  public static int export(ModelFile model, Path target) throws IOException {
    StateDict state = WeightFile.read(model.path());
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a root is no file");
    Files.createDirectories(folder);
    Path unfinished = folder.resolve("ganvas-" + UUID.randomUUID() + ".tmp");
    try {
      Safetensors.write(unfinished, state);
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    return state.names().size();
  }
}
