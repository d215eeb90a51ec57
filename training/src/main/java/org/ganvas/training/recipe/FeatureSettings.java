package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.gan.PerceptualLoss;
import org.ganvas.training.network.FeatureNetwork;
import org.ganvas.training.network.FeatureWeights;
import org.ganvas.training.plan.LocalPath;
import org.jspecify.annotations.Nullable;

/**
 * The network whose features are compared.
 *
 * @param file weights of VGG19, VGG16, AlexNet or SqueezeNet as torchvision publishes them; null
 *     for none
 * @param layers such as {@code conv5_4}; empty for those that suit the network
 */
public record FeatureSettings(@LocalPath @Nullable String file, List<String> layers) {
  public FeatureSettings {
    require(given(layers), "settings.features.layers is a list of layers", layers);
    layers = List.copyOf(layers);
  }

  /**
   * The loss by these features; null if there is no file.
   *
   * @throws IOException if the file cannot be read
   */
  @Nullable PerceptualLoss load(Precision precision, Device device) throws IOException {
    if (file == null) {
      return null;
    }
    FeatureWeights weights = FeatureWeights.read(Path.of(file));
    return new PerceptualLoss(
        FeatureNetwork.load(
            weights, layers.isEmpty() ? weights.architecture().lossLayers() : layers, device),
        new ProgramMethod(precision, weights.architecture().fastLayout()));
  }
}
