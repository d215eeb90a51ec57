package org.ganvas.training.metric;

import java.util.Arrays;

/**
 * How much of what a generator makes looks real, and how much of what is real it makes: the share
 * of the feature vectors of one set that lie in a ball around a vector of the other set which
 * reaches to that one's k-th nearest neighbour (Kynkäänniemi et al. 2019, "Improved precision and
 * recall metric for assessing generative models", section 2).
 *
 * @param precision share of the generated pictures among the real ones, 0 to 1
 * @param recall share of the real pictures among the generated ones, 0 to 1
 */
public record PrecisionRecall(double precision, double recall) {
  /** The paper's number of neighbours. */
  public static final int NEIGHBOURS = 3;

  /** Vectors whose distances to all others are held at a time. */
  private static final int BLOCK = 256;

  /**
   * Compares two sets; of about one size, for both figures depend on it.
   *
   * @param real (M, D) feature vectors
   * @param generated (N, D) feature vectors
   * @param neighbours k, 3 in the paper
   * @throws IllegalArgumentException if a set has no more than k vectors, or their lengths differ
   */
  public static PrecisionRecall of(float[][] real, float[][] generated, int neighbours) {
    if (neighbours < 1 || Math.min(real.length, generated.length) <= neighbours) {
      throw new IllegalArgumentException(
          "precision and recall need more pictures than the %d neighbours, found %d and %d"
              .formatted(neighbours, real.length, generated.length));
    }
    return new PrecisionRecall(
        shareWithin(radii(real, neighbours), real, generated),
        shareWithin(radii(generated, neighbours), generated, real));
  }

  /** The squared distance of each vector to its k-th nearest neighbour. */
  private static double[] radii(float[][] vectors, int neighbours) {
    double[] radii = new double[vectors.length];
    for (int from = 0; from < vectors.length; from += BLOCK) {
      double[][] distances = distances(block(vectors, from), vectors);
      for (int i = 0; i < distances.length; i++) {
        distances[i][from + i] = 0; // rounding must not make a vector its own neighbour
        Arrays.sort(distances[i]);
        radii[from + i] = distances[i][neighbours];
      }
    }
    return radii;
  }

  private static double shareWithin(double[] radii, float[][] centres, float[][] vectors) {
    int within = 0;
    for (int from = 0; from < vectors.length; from += BLOCK) {
      for (double[] distances : distances(block(vectors, from), centres)) {
        int i = 0;
        while (i < radii.length && distances[i] > radii[i]) {
          i++;
        }
        within += i < radii.length ? 1 : 0;
      }
    }
    return (double) within / vectors.length;
  }

  private static float[][] block(float[][] vectors, int from) {
    return Arrays.copyOfRange(vectors, from, Math.min(from + BLOCK, vectors.length));
  }

  /** (M, N) squared distances of all vectors of two sets. */
  private static double[][] distances(float[][] a, float[][] b) {
    double[][] distances = FeatureMatrix.products(a, b);
    double[] squares = Arrays.stream(b).mapToDouble(FeatureMatrix::square).toArray();
    for (int i = 0; i < a.length; i++) {
      double square = FeatureMatrix.square(a[i]);
      for (int j = 0; j < b.length; j++) {
        distances[i][j] = Math.max(0, square + squares[j] - 2 * distances[i][j]);
      }
    }
    return distances;
  }
}
