package org.ganvas.inference.model;

import ai.djl.Device;
import ai.djl.engine.Engine;

/** What a {@link DeviceChoice} comes to on this machine. */
public final class TorchDevice {
  /** The name of DJL's engine for libtorch. */
  public static final String ENGINE = "PyTorch";

  private TorchDevice() {}

  /**
   * The device.
   *
   * @throws ModelException if there is no such GPU that libtorch can use
   */
  public static Device of(DeviceChoice choice) throws ModelException {
    // DJL asks for them when its engine class is loaded: no telemetry, and no download of natives.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    Engine engine = engine();
    if (choice instanceof DeviceChoice.Cpu) {
      return Device.cpu();
    }
    int gpus = engine.getGpuCount();
    if (choice instanceof DeviceChoice.Gpu gpu) {
      if (gpu.index() >= gpus) {
        throw new ModelException(
            ModelException.Reason.UNSUITABLE,
            "there is no GPU %d that libtorch can use, found %d of them; choose cpu or auto"
                .formatted(gpu.index(), gpus));
      }
      return Device.gpu(gpu.index());
    }
    return gpus > 0 ? Device.gpu() : Device.cpu();
  }

  /**
   * DJL looks for its engines and natives, once, by the class loader of the thread; in a program
   * with several class loaders that may know nothing of DJL.
   */
  private static Engine engine() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(TorchDevice.class.getClassLoader());
    try {
      return Engine.getEngine(ENGINE);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
