package org.ganvas.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ganvas.cli.option.Converters;
import org.ganvas.cli.option.ModelOutput;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.export.ModelImporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas import}: a model out of weights that were trained elsewhere. */
@Command(
    name = "import",
    description = {
      "Makes a model of weights that were trained elsewhere.",
      "The file is one that PyTorch saved, such as CycleGAN's latest_net_G.pth, or safetensors;"
          + " nothing in it is executed."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage, or the weights do not fit, or the file exists"
    })
public final class ImportCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The weights: .pth, .pt or .safetensors.")
  private Path weights = Path.of("");

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      required = true,
      description =
          "The network: resnet-6, resnet-9, unet-128, unet-256, squeeze-unet, srresnet or"
              + " compact-sr.")
  private String architecture = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      converter = Converters.Name.class,
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

  @Mixin private ModelOutput output = new ModelOutput();

  @Override
  public Integer call() throws IOException {
    Path target = output.file(name);
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
      // Not its first line alone: each tensor that does not fit has one.
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
