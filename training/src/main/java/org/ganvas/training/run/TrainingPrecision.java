package org.ganvas.training.run;

import java.util.List;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Processor;
import org.ganvas.inference.model.TorchDevice;

/** The number format that a run trains in where the user left it open. */
public final class TrainingPrecision {
  private TrainingPrecision() {}

  /**
   * The fastest one of a device, without anything being measured.
   *
   * @throws ModelException if there is no such GPU that libtorch can use
   */
  public static Precision fastest(DeviceChoice device) throws ModelException {
    return fastest(TorchDevice.of(device).isGpu(), Processor.ofThisMachine());
  }

  /**
   * Those that a device computes without imitating them, float32 first.
   *
   * @throws ModelException if there is no such GPU that libtorch can use
   */
  public static List<Precision> worthMeasuring(DeviceChoice device) throws ModelException {
    return worthMeasuring(TorchDevice.of(device).isGpu(), Processor.ofThisMachine());
  }

  static List<Precision> worthMeasuring(boolean gpu, Processor processor) {
    return gpu ? List.of(Precision.FLOAT32, Precision.BFLOAT16) : processor.precisions();
  }

  /** Never float16, other than for inference: its range is too small for gradients as they are. */
  static Precision fastest(boolean gpu, Processor processor) {
    return gpu || processor.favoursBfloat16() ? Precision.BFLOAT16 : Precision.FLOAT32;
  }
}
