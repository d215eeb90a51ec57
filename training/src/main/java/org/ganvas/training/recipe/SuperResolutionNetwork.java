package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.network.BackProjection;
import org.ganvas.training.network.CompactSr;

/**
 * A super-resolution network by name.
 *
 * @param architecture its registered name, such as {@code compact-sr}
 * @param channels channels of the inner layers
 * @param blocks residual blocks
 * @param scale output pixels per input pixel along one side
 * @param backProjection whether the result, made small again, is brought nearer to the input,
 *     {@code false}, {@code colors} or {@code true}, see {@link BackProjection}; of {@code
 *     compact-sr} only
 */
public record SuperResolutionNetwork(
    String architecture, int channels, int blocks, int scale, String backProjection) {
  public SuperResolutionNetwork {
    require(given(architecture), "settings.network.architecture is a name", architecture);
    require(channels >= 1 && channels <= 1024, "settings.network.channels is 1 to 1024", channels);
    require(blocks >= 1 && blocks <= 256, "settings.network.blocks is 1 to 256", blocks);
    require(scale >= 1 && scale <= 8, "settings.network.scale is 1 to 8", scale);
    require(
        given(backProjection),
        "settings.network.backProjection is false, colors or true",
        backProjection);
  }

  /** What its {@code backProjection} says. */
  BackProjection projection() {
    return BackProjection.of(backProjection);
  }

  /**
   * The network itself.
   *
   * @throws IllegalArgumentException if there is no such architecture, or it has no such form
   */
  Architecture create() {
    // Other networks have the same options, but refuse back-projection.
    return Architectures.create(
        architecture, new CompactSr(channels, blocks, scale, projection()).options());
  }
}
