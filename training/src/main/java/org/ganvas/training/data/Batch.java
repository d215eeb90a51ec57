package org.ganvas.training.data;

/**
 * Small pictures and the large ones that they were made from.
 *
 * @param size N, the number of pairs
 * @param crop side of a small picture in pixels
 * @param scale large pixels per small pixel along one side
 * @param low (N, 3, crop, crop) red, green, blue in 0 to 1, in steps of 1/255
 * @param high (N, 3, crop * scale, crop * scale), likewise
 */
public record Batch(int size, int crop, int scale, float[] low, float[] high) {
  public Batch {
    long lowLength = 3L * size * crop * crop;
    if (low.length != lowLength || high.length != lowLength * scale * scale) {
      throw new IllegalArgumentException(
          "a batch of %d pairs of %dx%d pixels at x%d has %d and %d samples, found %d and %d"
              .formatted(
                  size,
                  crop,
                  crop,
                  scale,
                  lowLength,
                  lowLength * scale * scale,
                  low.length,
                  high.length));
    }
  }

  /** Side of a large picture in pixels. */
  public int highCrop() {
    return crop * scale;
  }
}
