package org.ganvas.training.export;

import java.io.IOException;
import java.nio.file.Path;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.PendingModel;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.Safetensors;
import org.ganvas.training.weights.WeightFile;

/** Writes the tensors of a model under the names that other programs know, for use elsewhere. */
public final class StateDictExporter {
  private StateDictExporter() {}

  /**
   * Writes or replaces a safetensors file.
   *
   * @return how many tensors it holds
   */
  public static int export(ModelFile model, Path target) throws IOException {
    StateDict state =
        ForeignNames.givenBack(WeightFile.read(model.path()), model.card().provenance().plan());
    return PendingModel.publish(
        target,
        unfinished -> {
          Safetensors.write(unfinished, state);
          return state.names().size();
        });
  }
}
