package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;

/**
 * A trained network that another one learns from (Hinton et al. 2015, "Distilling the knowledge in
 * a neural network"), turned another way in every step. What it makes of a picture differs a little
 * with the way that the picture lies; who learns from it in all eight of them comes near to their
 * mean, which is better than each (the self-ensemble of Lim et al. 2017, EDSR, section 4.3) and
 * takes eight times as long.
 */
public final class Teacher implements Part {
  private static final int TURNS = 4;
  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;

  private final LoadedNetwork network;
  private final ProgramMethod computing;
  private final double share;

  /**
   * @param network (N, 3, H, W) to (N, 3, scale H, scale W); closed with this
   * @param computing the precision and layout to compute in
   * @param share of its picture in what is to be learned, above 0 and at most 1
   */
  public Teacher(LoadedNetwork network, ProgramMethod computing, double share) {
    network.freeze();
    this.network = network;
    this.computing = computing;
    this.share = share;
  }

  /**
   * What is to be learned.
   *
   * @param low (N, 3, H, W)
   * @param high the original, (N, 3, scale H, scale W)
   * @param step of the run, which says how the picture is turned
   * @return the teacher's picture and the original, mixed, with {@code low}'s manager
   */
  NDArray target(NDArray low, NDArray high, long step) {
    int turns = (int) (step % TURNS);
    boolean flipped = step / TURNS % 2 == 1;
    NDArray turned = turn(flipped ? low.flip(WIDTH) : low, turns);
    NDArray back = turn(network.forward(turned, computing, false), -turns);
    NDArray taught = flipped ? back.flip(WIDTH) : back;
    return Differentiable.times(taught, share).add(Differentiable.times(high, 1 - share));
  }

  private static NDArray turn(NDArray picture, int turns) {
    return picture.rotate90(turns, new int[] {HEIGHT, WIDTH});
  }

  @Override
  public void close() {
    network.close();
  }
}
