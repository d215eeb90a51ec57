package org.ganvas.training.metric;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureNetwork;
import org.ganvas.training.network.FeatureWeights;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;

/**
 * How different two pictures look to people, by the formula of LPIPS (Zhang et al. 2018, section 3,
 * equation 1): the features of several layers of a network, each pixel's scaled to length 1 across
 * the channels; the square of their difference, weighted by channel; the mean over the pixels, and
 * the sum over the layers.
 *
 * <p>LPIPS moves pictures from -1 to 1 by a shift and a scale of its own; for 0 to 1 these are the
 * mean and the deviation of ImageNet that the feature networks here have built in. The figure is
 * LPIPS itself only if both files belong together, so it is called after the network.
 */
public final class PerceptualDistance implements AutoCloseable {
  /** Of LPIPS's code; keeps a pixel without any feature from a division by zero. */
  private static final float EPSILON = 1e-10f;

  private static final ProgramMethod EXACT =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_LAST);

  private final String kind;
  private final FeatureNetwork features;
  private final List<NDArray> channelWeights;

  private PerceptualDistance(String kind, FeatureNetwork features, List<NDArray> channelWeights) {
    this.kind = kind;
    this.features = features;
    this.channelWeights = channelWeights;
  }

  /**
   * Reads a distance.
   *
   * @param featureFile weights of VGG16, AlexNet or SqueezeNet, as torchvision publishes them
   * @param linearFile the weights per channel that LPIPS publishes for that network
   * @throws IOException if a file cannot be read, or the two are not of the same network
   */
  public static PerceptualDistance open(Path featureFile, Path linearFile, Device device)
      throws IOException {
    FeatureWeights weights = FeatureWeights.read(featureFile);
    return open("", weights, linearWeights(linearFile, weights.architecture()), device);
  }

  /**
   * Reads a distance that counts all channels alike, as the paper's baselines do (section 3).
   *
   * @param featureFile weights of VGG19, VGG16, AlexNet or SqueezeNet, as torchvision publishes
   *     them
   * @throws IOException if the file cannot be read
   */
  public static PerceptualDistance openUnweighted(Path featureFile, Device device)
      throws IOException {
    FeatureWeights weights = FeatureWeights.read(featureFile);
    FeatureArchitecture architecture = weights.architecture();
    List<StateDict.Entry> ones = new ArrayList<>();
    for (int channels : architecture.channels(architecture.distanceLayers())) {
      float[] values = new float[channels];
      Arrays.fill(values, 1);
      ones.add(new StateDict.Entry(List.of(1L, (long) channels, 1L, 1L), values));
    }
    return open("unweighted ", weights, ones, device);
  }

  private static PerceptualDistance open(
      String kind, FeatureWeights weights, List<StateDict.Entry> linear, Device device)
      throws IOException {
    FeatureNetwork network =
        FeatureNetwork.load(weights, weights.architecture().distanceLayers(), device);
    try {
      return new PerceptualDistance(kind, network, linear.stream().map(network::create).toList());
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
  }

  /** One tensor (1, C, 1, 1) per layer. */
  private static List<StateDict.Entry> linearWeights(Path file, FeatureArchitecture architecture)
      throws IOException {
    StateDict state = WeightFile.read(file);
    List<StateDict.Entry> linear = new ArrayList<>();
    List<Integer> channels = architecture.channels(architecture.distanceLayers());
    for (int i = 0; i < channels.size(); i++) {
      String name = "lin%d.model.1.weight".formatted(i);
      List<Long> shape = List.of(1L, (long) channels.get(i), 1L, 1L);
      if (!state.contains(name) || !state.get(name).shape().equals(shape)) {
        String found = state.contains(name) ? state.get(name).shape().toString() : "no such tensor";
        throw new IOException(
            "%s has the weights per channel of another network: %s of %s is %s, found %s"
                .formatted(file, name, architecture.title(), shape, found));
      }
      linear.add(state.get(name));
    }
    return linear;
  }

  /** Such as "perceptual distance (SqueezeNet)". */
  public String name() {
    return "%sperceptual distance (%s)".formatted(kind, features.architecture().title());
  }

  /** Width and height of a picture must be at least this. */
  public int smallestSide() {
    return features.smallestSide();
  }

  /**
   * The distance of two pictures; 0 if they are equal.
   *
   * @param a RGB, 8 bits
   * @param b of the same size
   * @param border pixels to leave out at each side
   * @throws IllegalArgumentException if the sizes differ, or too little is left
   */
  public double of(Picture a, Picture b, int border) {
    if (a.width() != b.width() || a.height() != b.height()) {
      throw new IllegalArgumentException(
          "pictures of the same size are compared, found %dx%d and %dx%d"
              .formatted(a.width(), a.height(), b.width(), b.height()));
    }
    int smaller = Math.min(a.width(), a.height()) - 2 * border;
    if (smaller < smallestSide()) {
      throw new IllegalArgumentException(
          "the %s needs %d pixels per side inside the border, found %d"
              .formatted(name(), smallestSide(), smaller));
    }
    try (NDManager scope = features.newScope()) {
      return of(tensor(a, border, scope), tensor(b, border, scope), false).getFloat(0);
    }
  }

  /** (1, 3, H, W), 0 to 1. */
  private static NDArray tensor(Picture picture, int border, NDManager scope) {
    int width = picture.width() - 2 * border;
    int height = picture.height() - 2 * border;
    float[] planes = new float[3 * width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        int pixel = 3 * ((y + border) * picture.width() + x + border);
        for (int c = 0; c < 3; c++) {
          planes[c * width * height + i] = picture.samples()[pixel + c] / 255f;
        }
      }
    }
    return scope.create(planes, new Shape(1, 3, height, width));
  }

  /**
   * The distance of each picture from its counterpart.
   *
   * @param a float32 (N, 3, H, W), RGB, 0 to 1
   * @param b of the same shape; a constant
   * @param differentiable whether gradients flow to {@code a}, within a gradient collector
   * @return float32 (N), with the manager of {@code a}
   */
  public NDArray of(NDArray a, NDArray b, boolean differentiable) {
    NDList ofB = features.features(b, EXACT, false);
    NDList ofA = features.features(a, EXACT, differentiable);
    NDArray sum = layer(ofA.get(0), ofB.get(0), channelWeights.get(0));
    for (int i = 1; i < ofA.size(); i++) {
      sum = sum.add(layer(ofA.get(i), ofB.get(i), channelWeights.get(i)));
    }
    return sum;
  }

  /** (N). */
  private static NDArray layer(NDArray a, NDArray b, NDArray weights) {
    NDArray difference = unit(a).sub(unit(b));
    // (N, H, W): how different each pixel is.
    NDArray places = difference.square().mul(weights).sum(new int[] {1});
    return places.reshape(places.getShape().get(0), -1).mean(new int[] {1});
  }

  /** Each pixel's features scaled to length 1. */
  private static NDArray unit(NDArray features) {
    NDArray length = features.square().sum(new int[] {1}, true).sqrt();
    return features.div(length.add(EPSILON));
  }

  @Override
  public void close() {
    features.close();
  }
}
