package org.ganvas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.export.ModelImporter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas import}: a model out of weights that were trained elsewhere. */
@Command(
    name = "import",
    description = {
      "Makes a model of weights that PyTorch saved, such as CycleGAN's latest_net_G.pth,",
      "or of safetensors. Nothing in the file is executed."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage, or the weights do not fit"})
public final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The weights: .pth, .pt or .safetensors.")
  private Path weights = Path.of("");

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      required = true,
      description = "The network: resnet-6, resnet-9, unet-128, unet-256, srresnet or compact-sr.")
  private String architecture = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "The model's name, by which it is called then.")
  private String name = "";

  @Option(
      names = "--option",
      paramLabel = "NAME=VALUE",
      description = "An option of the network, such as channels=32; may be repeated.")
  private Map<String, String> options = new LinkedHashMap<>();

  @Option(
      names = "--licence",
      paramLabel = "SPDX",
      defaultValue = "LicenseRef-unspecified",
      description = "The licence of the weights, for the card.")
  private String licence = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Default: NAME.pt beside the other models.")
  private @Nullable Path output;

  @Option(names = "--overwrite", description = "Replace the file if it exists.")
  private boolean overwrite;

  @Override
  public Integer call() {
    if (!name.matches("[^\\s./\\\\][^/\\\\]*")) {
      throw refused("a name has no folder in it and does not begin with a dot, found " + name);
    }
    Path target = output == null ? ModelCatalogue.installedFolder().resolve(name + ".pt") : output;
    if (!overwrite && Files.exists(target)) {
      throw refused(target + " exists already; give --overwrite to replace it");
    }
    try {
      ModelFile model =
          new ModelImporter(architecture, options, name, licence).importFrom(weights, target);
      spec.commandLine()
          .getOut()
          .println(
              "wrote %s, %,d parameters"
                  .formatted(model.path(), model.card().network().parameters()));
      return ExitCode.OK;
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage());
    } catch (IOException e) {
      spec.commandLine().getErr().println("ganvas import: " + Failures.message(e));
      return ExitCode.SOFTWARE;
    }
  }

  private ParameterException refused(@Nullable String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
