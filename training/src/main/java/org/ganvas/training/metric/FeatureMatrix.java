package org.ganvas.training.metric;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** Products of feature vectors with each other, by OpenCV's matrix multiplication. */
final class FeatureMatrix {
  static {
    Loader.load(opencv_java.class);
  }

  private FeatureMatrix() {}

  /**
   * The products of all vectors of two sets.
   *
   * @param a (M, D) vectors
   * @param b (N, D) vectors
   * @return (M, N) scalar products
   * @throws IllegalArgumentException if not all vectors have one length
   */
  static double[][] products(float[][] a, float[][] b) {
    Mat left = matrix(a, a[0].length);
    Mat right = matrix(b, a[0].length);
    Mat product = new Mat();
    Mat none = new Mat();
    try {
      Core.gemm(left, right, 1, none, 0, product, Core.GEMM_2_T);
      double[][] products = new double[a.length][b.length];
      for (int i = 0; i < a.length; i++) {
        product.get(i, 0, products[i]);
      }
      return products;
    } finally {
      left.release();
      right.release();
      product.release();
      none.release();
    }
  }

  private static Mat matrix(float[][] vectors, int length) {
    Mat matrix = new Mat(vectors.length, length, CvType.CV_64F);
    double[] row = new double[length];
    for (int i = 0; i < vectors.length; i++) {
      if (vectors[i].length != length) {
        matrix.release();
        throw new IllegalArgumentException(
            "all feature vectors have one length, found %d and %d"
                .formatted(length, vectors[i].length));
      }
      for (int j = 0; j < length; j++) {
        row[j] = vectors[i][j];
      }
      matrix.put(i, 0, row);
    }
    return matrix;
  }

  static double square(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    return sum;
  }
}
