package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import java.util.Map;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;

/**
 * A super-resolution network by name.
 *
 * @param architecture its registered name, such as {@code compact-sr}
 * @param channels channels of the inner layers
 * @param blocks residual blocks
 * @param scale output pixels per input pixel along one side
 */
public record SuperResolutionNetwork(String architecture, int channels, int blocks, int scale) {
  public SuperResolutionNetwork {
    require(given(architecture), "network.architecture is a name", architecture);
    require(channels >= 1 && channels <= 1024, "network.channels is 1 to 1024", channels);
    require(blocks >= 1 && blocks <= 256, "network.blocks is 1 to 256", blocks);
    require(scale >= 1 && scale <= 8, "network.scale is 1 to 8", scale);
  }

  /**
   * The network itself.
   *
   * @throws IllegalArgumentException if there is no such architecture, or it has no such form
   */
  Architecture create() {
    return Architectures.create(
        architecture,
        Map.of(
            "channels", Integer.toString(channels),
            "blocks", Integer.toString(blocks),
            "scale", Integer.toString(scale)));
  }
}
