package org.ganvas.inference.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model computes. */
public sealed interface DeviceChoice {
  /** The first GPU that libtorch can use, else the processor. */
  DeviceChoice AUTO = new Auto();

  /** The processor. */
  DeviceChoice CPU = new Cpu();

  /** {@link #AUTO}. */
  record Auto() implements DeviceChoice {}

  /** {@link #CPU}. */
  record Cpu() implements DeviceChoice {}

  /**
   * One GPU.
   *
   * @param index its number, from 0
   */
  record Gpu(int index) implements DeviceChoice {
    public Gpu {
      if (index < 0) {
        throw new IllegalArgumentException("GPUs are numbered from 0, found " + index);
      }
    }
  }

  /**
   * Reads {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static DeviceChoice parse(String text) {
    Matcher gpu = Pattern.compile("gpu(?::(\\d{1,3}))?").matcher(text);
    if (gpu.matches()) {
      return new Gpu(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
    }
    return switch (text) {
      case "auto" -> AUTO;
      case "cpu" -> CPU;
      default ->
          throw new IllegalArgumentException("a device is auto, cpu, gpu or gpu:N, found " + text);
    };
  }
}
