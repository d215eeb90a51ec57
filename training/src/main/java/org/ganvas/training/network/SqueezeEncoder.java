package org.ganvas.training.network;

import java.util.ArrayList;
import java.util.List;
import org.ganvas.training.network.FeatureLayer.MaxPool;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * The convolutional part of SqueezeNet 1.1 (Iandola et al. 2016) as a part of other networks, so
 * that they can start from weights that know from ImageNet what is on a picture. The parameters are
 * called as in torchvision, {@code features.0.weight} and so on; of the layers only the first
 * convolution differs, which is padded, so that the sides are halved without a rest.
 */
final class SqueezeEncoder {
  /** What is given, at half the size and so on: relu1, fire3, fire5, fire9. */
  static final int LEVELS = 4;

  /**
   * About the root mean square of what these layers, trained on ImageNet, make of photos. They have
   * no norm, and without these divisors what follows would begin with numbers as large.
   */
  private static final List<Double> MAGNITUDES = List.of(32.0, 32.0, 32.0, 8.0);

  private SqueezeEncoder() {}

  /**
   * Appends it, up to the last level that is wanted.
   *
   * @param picture (N, 3, H, W) as {@link FeatureArchitecture#standardized} gives it, H and W
   *     multiples of 2 to the power of {@code levels}
   * @param levels how many, up to {@link #LEVELS}
   * @return the layers before each pooling, and the last one, each divided by its magnitude: (N,
   *     64, H / 2, W / 2), then 128 channels at a quarter, 256 at an eighth, 512 at a sixteenth
   */
  static List<Value> append(Script script, Value picture, int levels) {
    List<Value> found = new ArrayList<>();
    List<FeatureLayer> layers = FeatureArchitecture.squeezeNet(1);
    Value x = picture;
    for (int i = 0; found.size() < levels; i++) {
      if (i == layers.size() || layers.get(i) instanceof MaxPool) {
        found.add(script.multiply(x, 1 / MAGNITUDES.get(found.size())));
      }
      if (found.size() < levels) {
        x = layers.get(i).append(script, x, FeatureArchitecture.module(i));
      }
    }
    return found;
  }
}
