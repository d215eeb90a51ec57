package org.ganvas.training.network;

import ai.djl.ndarray.types.Shape;

/**
 * One pass through a network in a training step, as far as its time depends on it.
 *
 * @param entry what the name of the program's method has after precision and layout; mostly empty
 * @param input shape of what goes in, (N, C, H, W)
 * @param training whether normalization and dropout behave as in training
 * @param reachesInput whether a gradient flows back to what went in
 * @param reachesWeights whether gradients flow into the weights
 */
public record NetworkPass(
    String entry, Shape input, boolean training, boolean reachesInput, boolean reachesWeights) {

  /** Whether a backward pass follows. */
  public boolean isDifferentiated() {
    return reachesInput || reachesWeights;
  }
}
