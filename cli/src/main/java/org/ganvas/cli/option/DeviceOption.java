package org.ganvas.cli.option;

import org.ganvas.inference.model.DeviceChoice;
import picocli.CommandLine.Option;

/** Where to compute: an option of all commands that run or train a network. */
public final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu[:N]",
      defaultValue = "auto",
      converter = Converters.Device.class,
      description = "Where to compute. Default: ${DEFAULT-VALUE}.")
  private DeviceChoice device = DeviceChoice.AUTO;

  /** What was chosen. */
  public DeviceChoice choice() {
    return device;
  }
}
