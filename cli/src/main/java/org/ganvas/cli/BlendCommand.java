package org.ganvas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ganvas.inference.model.ModelBlend;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ganvas blend}: a model between two models of one network. */
@Command(
    name = "blend",
    description = "Writes a model whose weights lie between those of two models of one network.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
public final class BlendCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "A", description = "A model's name or .pt file.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "B", description = "Another one of the same network.")
  private String to = "";

  @Option(
      names = "--alpha",
      paramLabel = "0-1",
      required = true,
      description = "How far from A to B: 0 gives the weights of A, 1 those of B.")
  private double alpha;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "The new model's name. Default: that of the file.")
  private @Nullable String name;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file to write. Default: NAME.pt beside the other models.")
  private @Nullable Path output;

  @Option(names = "--overwrite", description = "Replace the file if it exists.")
  private boolean overwrite;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "A folder of models to look in first.")
  private @Nullable Path models;

  @Override
  public Integer call() {
    Path target = target();
    if (!overwrite && Files.exists(target)) {
      throw new ParameterException(
          spec.commandLine(), target + " exists already; give --overwrite to replace it");
    }
    try {
      ModelCatalogue catalogue = ModelsCommand.catalogue(models);
      ModelBlend blend = blend(catalogue.find(from), catalogue.find(to));
      ModelFile written = blend.export(target, name == null ? stem(target) : name);
      spec.commandLine().getOut().println("wrote " + written.path());
      return ExitCode.OK;
    } catch (ModelException e) {
      complain(e);
      return e.reason() == ModelException.Reason.UNKNOWN ? ExitCode.USAGE : ExitCode.SOFTWARE;
    } catch (IOException e) {
      complain(e);
      return ExitCode.SOFTWARE;
    }
  }

  private void complain(IOException e) {
    spec.commandLine().getErr().println("ganvas blend: " + Failures.message(e));
  }

  private ModelBlend blend(ModelFile a, ModelFile b) {
    try {
      return new ModelBlend(a, b, alpha);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Path target() {
    if (output != null) {
      return output;
    }
    if (name == null || !name.matches("[^\\s./\\\\][^/\\\\]*")) {
      throw new ParameterException(
          spec.commandLine(),
          name == null
              ? "a blend has a name or a file: give --name or -o"
              : "a name has no folder in it and does not begin with a dot, found " + name);
    }
    return ModelCatalogue.installedFolder().resolve(name + ".pt");
  }

  private static String stem(Path file) {
    String text = file.getFileName().toString();
    return text.endsWith(".pt") ? text.substring(0, text.length() - 3) : text;
  }
}
