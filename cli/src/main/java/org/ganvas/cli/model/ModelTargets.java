package org.ganvas.cli.model;

import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.model.ModelCatalogue;
import org.jspecify.annotations.Nullable;

/**
 * Where the models of a run are written.
 *
 * @param output of the only model, the file; of several ones, their folder; null for the place of
 *     the installed ones
 * @param names of the models
 */
public record ModelTargets(@Nullable Path output, List<String> names) {

  /** The file of a model. */
  public Path file(String name) {
    if (output == null) {
      return ModelCatalogue.installedFolder().resolve(name + ".pt");
    }
    return names.size() == 1 ? output : output.resolve(name + ".pt");
  }

  /** The files of all models. */
  public List<Path> files() {
    return names.stream().map(this::file).toList();
  }
}
