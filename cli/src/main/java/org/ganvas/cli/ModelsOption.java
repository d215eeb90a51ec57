package org.ganvas.cli;

import java.nio.file.Path;
import org.ganvas.inference.model.ModelCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where models are looked for: an option of all commands that use some. */
final class ModelsOption {
  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "A folder of models to look in first.")
  private @Nullable Path folder;

  ModelCatalogue catalogue() {
    return ModelsCommand.catalogue(folder);
  }
}
