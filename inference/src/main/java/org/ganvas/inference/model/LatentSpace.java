package org.ganvas.inference.model;

import java.util.List;

/**
 * What a generator makes pictures of. Its program takes (N, size + labels, 1, 1): the latent
 * vector, then one channel for each label, 1 for the wanted one and 0 for the others; it gives (N,
 * 1 or 3, H, W) from 0 to 1.
 *
 * @param size numbers in a latent vector
 * @param distribution how latent vectors are drawn
 * @param labels the names of the labels in the order of their channels; empty for a generator
 *     without labels
 */
public record LatentSpace(int size, Distribution distribution, List<String> labels) {

  /** How latent vectors are drawn. */
  public enum Distribution {
    /** Every number on its own, from the normal distribution with mean 0 and deviation 1. */
    GAUSSIAN,
    /** Every number on its own, evenly from -1 to 1. */
    UNIFORM,
    /**
     * Evenly on the sphere whose radius is the square root of {@code size}, so that a number has
     * the deviation 1.
     */
    SPHERE
  }

  /** C of the program's input. */
  public int channels() {
    return size + labels.size();
  }
}
