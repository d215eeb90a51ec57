package org.ganvas.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Copies tensors that others hold, such as a network its weights, and writes into them. NDArray's
 * own {@code set(Buffer)} and {@code copyTo} give the tensor other memory instead, which lasts no
 * longer than a Java object does, and libtorch prints a warning that they are out of date.
 */
public final class LiveTensors {
  private static final NDIndex ALL = new NDIndex(":");

  private LiveTensors() {}

  /** A copy that gets no gradients, whatever the tensor does, and is closed with the manager. */
  public static NDArray copy(NDArray tensor, NDManager manager) {
    NDArray copy = tensor.duplicate();
    copy.attach(manager);
    copy.setRequiresGradient(false);
    return copy;
  }

  /**
   * Writes the numbers of a tensor of the same shape, which has at least one dimension. No gradient
   * flows through: DJL switches that off only for the thread in which it was loaded, and in others
   * libtorch refuses to write into weights.
   */
  public static void write(NDArray numbers, NDArray into) {
    boolean recorded = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      into.set(ALL, numbers);
    } finally {
      JniUtils.setGradMode(recorded);
    }
  }

  /** Writes numbers, the last dimension fastest; there is at least one dimension. */
  public static void write(float[] numbers, NDArray into) {
    Shape shape = into.getShape();
    try (NDArray tensor = into.getManager().create(numbers, shape)) {
      write(tensor, into);
    }
  }
}
