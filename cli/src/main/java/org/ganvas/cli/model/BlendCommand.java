package org.ganvas.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.ganvas.cli.console.Failures;
import org.ganvas.cli.option.Converters;
import org.ganvas.cli.option.ModelOutput;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.inference.model.ModelBlend;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.training.export.WeightTransfer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code ganvas blend}: a model between two models of one network, or their difference on a third.
 */
@Command(
    name = "blend",
    description = {
      "Writes a model whose weights lie between those of two models of one network, or, with --onto,"
          + " gives a third model what B has learned since it was A."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed", "2:wrong usage, or the file exists"})
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
      names = "--onto",
      paramLabel = "C",
      description = {
        "A model's name or .pt file: the result is C and alpha of the difference between A and B,"
            + " in the tensors that all three have. C may have more blocks."
      })
  private @Nullable String onto;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      converter = Converters.Name.class,
      description = "The new model's name. Default: that of the file.")
  private @Nullable String name;

  @Mixin private ModelOutput output = new ModelOutput();

  @Mixin private ModelsOption models = new ModelsOption();

  @Override
  public Integer call() throws IOException {
    String called = name == null ? output.nameOfFile() : name;
    if (called == null) {
      throw wrongUsage("a blend has a name or a file: give --name or -o");
    }
    Path target = output.file(called);
    ModelCatalogue catalogue = models.catalogue();
    ModelFile written = write(catalogue, target, called);
    spec.commandLine().getOut().println("wrote " + written.path());
    return ExitCode.OK;
  }

  private ModelFile write(ModelCatalogue catalogue, Path target, String called) throws IOException {
    ModelFile a = catalogue.find(from);
    ModelFile b = catalogue.find(to);
    try {
      return onto == null
          ? new ModelBlend(a, b, alpha).export(target, called)
          : new WeightTransfer(a, b, catalogue.find(onto), alpha).export(target, called);
    } catch (IllegalArgumentException e) {
      throw wrongUsage(Failures.message(e));
    }
  }

  private ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
