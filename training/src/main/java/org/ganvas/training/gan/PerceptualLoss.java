package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.FeatureNetwork;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.ProgramRefusedException;

/**
 * How much the features of generated pictures differ from those of the real ones (Ledig et al.
 * 2017, SRGAN, section 2.2.1, equation 5): the mean square of the difference, summed over the
 * layers of the feature network.
 */
public final class PerceptualLoss implements PictureLoss {
  /** What plans call the network that gives the features. */
  private static final String NETWORK = "features";

  /** Features are scaled by 1 / 12.75, so their squares by about 0.006 (section 3.2). */
  private static final float RESCALING = 0.006f;

  /**
   * Features are computed on a grid of every second pixel, then of every fourth, and so on. Lay it
   * on the same pixels of what the generator makes of one input pixel in every step, the generator
   * would learn a weave that this grid does not see; so both pictures are shifted below it, by 0 to
   * 3 pixels each way.
   */
  private static final int SHIFTS = 4;

  /** How much smaller the pictures become by that, along each side. */
  private static final int MARGIN = SHIFTS - 1;

  private final FeatureNetwork features;
  private final ProgramMethod method;

  /**
   * @param features closed with this
   * @param method the precision and layout that the features are computed in
   */
  public PerceptualLoss(FeatureNetwork features, ProgramMethod method) {
    this.features = features;
    this.method = method;
  }

  /**
   * The loss; within a gradient collector it can be differentiated by {@code generated}.
   *
   * @param generated float32 (N, 3, H, W), RGB, 0 to 1
   * @param real of the same shape; a constant
   * @param update of the generator, from 1; decides on the shift. Not the step of the run: of every
   *     so many of these that are the generator's, not all shifts would be among
   * @return a float32 scalar, with the manager of {@code generated}
   */
  @Override
  public NDArray of(NDArray generated, NDArray real, long update) {
    NDList wanted = features.features(shifted(real, update), method, false);
    NDList found = features.features(shifted(generated, update), method, true);
    NDArray sum = PictureLoss.overLayers(found, wanted, difference -> difference.square().mean());
    return Differentiable.times(sum, RESCALING);
  }

  /**
   * Whether squares are large enough for the layers. Tried out, for it depends on how each layer
   * rounds, and a run would find out only after the discriminator's warm-up.
   *
   * @param side in pixels
   */
  public boolean suits(int side) {
    int compared = side - MARGIN;
    try (NDManager scope = features.newScope()) {
      NDArray square = scope.zeros(new Shape(1, 3, Math.max(1, compared), Math.max(1, compared)));
      NDList unused = features.features(square, method, false);
      return compared > 0;
    } catch (ProgramRefusedException e) {
      return false;
    }
  }

  private static NDArray shifted(NDArray pictures, long update) {
    long top = update / SHIFTS % SHIFTS;
    long left = update % SHIFTS;
    long height = pictures.getShape().get(2) - MARGIN;
    long width = pictures.getShape().get(3) - MARGIN;
    return pictures.get(":, :, {}:{}, {}:{}", top, top + height, left, left + width);
  }

  @Override
  public Map<String, LoadedNetwork> networks() {
    return Map.of(NETWORK, features.network());
  }

  @Override
  public void close() {
    features.close();
  }
}
