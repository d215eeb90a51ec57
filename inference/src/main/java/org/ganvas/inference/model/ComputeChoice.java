package org.ganvas.inference.model;

import org.jspecify.annotations.Nullable;

/**
 * How a model is to compute.
 *
 * @param device where
 * @param precision the number format; null chooses the fastest one that this machine computes
 *     natively
 */
public record ComputeChoice(DeviceChoice device, @Nullable Precision precision) {
  /** The fastest way on this machine. */
  public static final ComputeChoice AUTO = new ComputeChoice(DeviceChoice.AUTO, null);
}
