package org.ganvas.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ganvas.inference.model.ModelCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where models are looked for: an option of all commands that use some. */
public final class ModelsOption {
  @Option(
      names = "--models",
      paramLabel = "DIR",
      converter = Converters.ModelsFolder.class,
      description = "A folder of models to look in first.")
  private @Nullable Path folder;

  /** The models there and in the standard folders. */
  public ModelCatalogue catalogue() {
    return catalogue(folder);
  }

  /** The models in a folder that the user names, then those of the standard ones. */
  public static ModelCatalogue catalogue(@Nullable Path first) {
    List<Path> folders = new ArrayList<>();
    if (first != null) {
      folders.add(first);
    }
    folders.addAll(ModelCatalogue.standardFolders());
    return new ModelCatalogue(folders);
  }
}
