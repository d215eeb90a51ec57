package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.ganvas.inference.model.MemoryLayout;
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
 * @param precision what it computes in; null for the plan's
 * @param layout its memory layout; null for its architecture's own
 */
public record FeatureSettings(
    @LocalPath @Nullable String file,
    List<String> layers,
    @Nullable Precision precision,
    @Nullable MemoryLayout layout) {
  public FeatureSettings {
    require(given(layers), "settings.features.layers is a list of layers", layers);
    layers = List.copyOf(layers);
    require(
        precision != Precision.FLOAT16,
        "settings.features.precision is FLOAT32, BFLOAT16 or null, for small gradients vanish in"
            + " float16",
        precision);
  }

  /**
   * The loss by these features; null if there is no file.
   *
   * @param usual the plan's precision
   * @throws IOException if the file cannot be read
   */
  @Nullable PerceptualLoss load(Precision usual, Device device) throws IOException {
    if (file == null) {
      return null;
    }
    FeatureWeights weights = FeatureWeights.read(Path.of(file));
    return new PerceptualLoss(
        FeatureNetwork.load(
            weights, layers.isEmpty() ? weights.architecture().lossLayers() : layers, device),
        new ProgramMethod(
            Objects.requireNonNullElse(precision, usual),
            Objects.requireNonNullElse(layout, weights.architecture().fastLayout())));
  }
}
