package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.script.StateDict;

/**
 * The running means of a generator, measured anew (Brock et al. 2019, BigGAN, section 3.1 and
 * appendix D, "standing statistics"): those that training left, averaged or not, are of the weights
 * of many steps, and would not quite fit the averaged weights that are exported.
 *
 * @param latents where the latent vectors come from
 */
record StandingStatistics(LatentSource latents) {
  private static final String RUNNING_MEAN = ".running_mean";

  /** Of the old statistics 0.9^60 is left, 0.2%. */
  private static final int BATCHES = 60;

  private static final int BATCH = 100;

  /**
   * The same weights with running means of their own.
   *
   * @param network in training, whose program and device are used; it is not changed
   * @param state its weights, averaged
   */
  StateDict measured(LoadedNetwork network, StateDict state) {
    if (state.names().stream().noneMatch(name -> name.endsWith(RUNNING_MEAN))) {
      return state;
    }
    try (LoadedNetwork averaged =
        LoadedNetwork.load(network.program(), state, network.manager().getDevice())) {
      Shape shape = new Shape(BATCH, latents.space().channels(), 1, 1);
      for (int i = 1; i <= BATCHES; i++) {
        try (NDManager scope = averaged.manager().newSubManager()) {
          // Negative numbers, for no step has these.
          NDArray input = scope.create(latents.drawWithLabels(-i, BATCH), shape);
          NDArray unused = averaged.forward(input, ProgramMethod.PLAIN, true);
        }
      }
      return averaged.stateDict();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
