package org.ganvas.training.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;

/** Inner layers of a network that was trained to classify; its weights stay as they are. */
public final class FeatureNetwork implements AutoCloseable {
  private final FeatureArchitecture architecture;
  private final LoadedNetwork network;

  private FeatureNetwork(FeatureArchitecture architecture, LoadedNetwork network) {
    this.architecture = architecture;
    this.network = network;
    network.freeze();
  }

  /**
   * Loads the layers up to the last one that is wanted.
   *
   * @param layers names such as {@code conv5_4}, see {@link FeatureArchitecture#layers}, in the
   *     order in which {@link #features} gives them
   * @throws IllegalArgumentException if the architecture has no such layer
   */
  public static FeatureNetwork load(FeatureWeights weights, List<String> layers, Device device)
      throws IOException {
    Program program = weights.architecture().program(layers);
    return new FeatureNetwork(
        weights.architecture(), LoadedNetwork.load(program, weights.of(program), device));
  }

  public FeatureArchitecture architecture() {
    return architecture;
  }

  /** H and W of a picture must be at least this. */
  public int smallestSide() {
    return network.program().facts().smallestSide();
  }

  /** A manager on the network's device, for what a computation needs for a while. */
  public NDManager newScope() {
    return network.manager().newSubManager();
  }

  /** A constant that lives as long as the network. */
  public NDArray create(StateDict.Entry entry) {
    return network.manager().create(entry.data(), new Shape(entry.shape()));
  }

  /**
   * What the layers make of pictures.
   *
   * @param pictures float32 (N, 3, H, W), RGB, 0 to 1
   * @param differentiable whether gradients flow to the pictures, within a gradient collector;
   *     without, the result is a constant and less memory is used
   * @return one float32 (N, C, H', W') per layer, with the manager of {@code pictures}
   */
  public NDList features(NDArray pictures, ProgramMethod method, boolean differentiable) {
    // Nothing in these networks behaves otherwise in training.
    return network.forwardAll(pictures, method, differentiable);
  }

  public LoadedNetwork network() {
    return network;
  }

  @Override
  public void close() {
    network.close();
  }
}
