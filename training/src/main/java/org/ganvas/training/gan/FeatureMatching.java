package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * How much generated pictures differ from the real ones for the discriminator: the mean absolute
 * difference of its inner layers, averaged over the layers (Wang et al. 2018, pix2pixHD, section
 * 3.2). It needs no other network's weights. The discriminator must be held constant meanwhile.
 */
public final class FeatureMatching implements PictureLoss {
  private final NetworkUpdater discriminator;

  /**
   * @param discriminator gives its inner layers; not closed with this
   */
  public FeatureMatching(NetworkUpdater discriminator) {
    this.discriminator = discriminator;
  }

  @Override
  public NDArray of(NDArray generated, NDArray real, long update) {
    NDList wanted = discriminator.network().innerLayers(real, discriminator.computing());
    NDList found = discriminator.network().innerLayers(generated, discriminator.computing());
    NDArray sum = PictureLoss.overLayers(found, wanted, difference -> difference.abs().mean());
    return Differentiable.times(sum, 1.0 / found.size());
  }

  @Override
  public void close() {}
}
