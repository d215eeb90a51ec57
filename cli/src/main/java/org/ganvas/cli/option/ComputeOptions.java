package org.ganvas.cli.option;

import org.ganvas.inference.model.ComputeChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of all commands that run a model. */
public final class ComputeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--precision",
      paramLabel = "auto|float32|bfloat16|float16",
      defaultValue = "auto",
      description =
          "Number format of the computation. Default: the fastest here; float32 to generate.")
  private String precision = "auto";

  @Mixin private DeviceOption device = new DeviceOption();

  /**
   * What was chosen.
   *
   * @throws ParameterException if there is no such precision
   */
  public ComputeChoice choice() {
    try {
      return new ComputeChoice(device.choice(), Converters.precision(precision));
    } catch (TypeConversionException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
