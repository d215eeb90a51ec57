package org.ganvas.cli;

import org.ganvas.inference.model.DeviceChoice;
import picocli.CommandLine.Option;

/** Where to compute: an option of all commands that run or train a network. */
final class DeviceOption {
  @Option(
      names = "--device",
      paramLabel = "auto|cpu|gpu[:N]",
      defaultValue = "auto",
      converter = Converters.Device.class,
      description = "Where to compute. Default: ${DEFAULT-VALUE}.")
  private DeviceChoice device = DeviceChoice.AUTO;

  DeviceChoice choice() {
    return device;
  }
}
