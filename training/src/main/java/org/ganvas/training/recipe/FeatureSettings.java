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
import org.ganvas.training.network.FeatureArchitecture;
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
        file != null || layers.isEmpty(),
        "settings.features.layers goes with settings.features.file (--features)",
        layers);
    require(
        precision != Precision.FLOAT16,
        "settings.features.precision is FLOAT32, BFLOAT16 or null, for small gradients vanish in"
            + " float16",
        precision);
  }

  /**
   * The squares that are compared.
   *
   * @param setting what their side is called in a message
   * @param side in pixels
   */
  record Crop(String setting, int side) {}

  /**
   * The loss by these features; null if there is no file.
   *
   * @param usual the plan's precision
   * @param crop the pictures that are compared
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the pictures are too small for the layers
   */
  @Nullable PerceptualLoss load(Precision usual, Crop crop, Device device) throws IOException {
    if (file == null) {
      return null;
    }
    FeatureWeights weights = FeatureWeights.read(Path.of(file));
    FeatureArchitecture architecture = weights.architecture();
    List<String> wanted = layers.isEmpty() ? architecture.lossLayers() : layers;
    PerceptualLoss loss =
        new PerceptualLoss(
            FeatureNetwork.load(weights, wanted, device),
            new ProgramMethod(
                Objects.requireNonNullElse(precision, usual),
                Objects.requireNonNullElse(layout, architecture.fastLayout())));
    if (!loss.suits(crop.side())) {
      loss.close();
      throw new IllegalArgumentException(
          "%s leaves pixels for %s of %s, found %d; raise it, or name earlier layers in settings.features.layers"
              .formatted(
                  crop.setting(), String.join(", ", wanted), architecture.title(), crop.side()));
    }
    return loss;
  }
}
