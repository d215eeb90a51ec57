package org.ganvas.training.evaluation;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

/**
 * The global change of colours that gives one set of pictures the mean and the covariance of
 * another one: a linear map of red, green and blue, the same for every pixel, and of all such maps
 * the one that changes least (Pitié and Kokaram 2007, "The linear Monge-Kantorovitch linear colour
 * mapping for example-based colour transfer", section 2.4; Reinhard et al. 2001 match each channel
 * by itself). What a learned translation has to beat.
 *
 * @param matrix (3, 3), row by row
 * @param offset added afterwards, in samples of 0 to 255
 */
record ColorMatch(double[] matrix, double[] offset) {
  private static final int CHANNELS = 3;

  static {
    Loader.load(opencv_java.class);
  }

  /**
   * The map from the colours of some RGB pictures of 8 bits to those of others.
   *
   * @param from at least one
   * @param to at least one; they need not belong to the first ones
   */
  static ColorMatch between(List<Picture> from, List<Picture> to) {
    Colors source = Colors.of(from);
    Colors target = Colors.of(to);
    Mat root = powered(source.covariance, Math::sqrt);
    Mat inverse = powered(source.covariance, value -> value > 1e-9 ? 1 / Math.sqrt(value) : 0);
    Mat between = product(product(root, target.covariance), root);
    Mat map = product(product(inverse, powered(between, Math::sqrt)), inverse);
    double[] matrix = new double[CHANNELS * CHANNELS];
    map.get(0, 0, matrix);
    double[] offset = target.mean.clone();
    for (int i = 0; i < matrix.length; i++) {
      offset[i / CHANNELS] -= matrix[i] * source.mean[i % CHANNELS];
    }
    return new ColorMatch(matrix, offset);
  }

  /** The RGB picture of 8 bits with its colours changed. */
  Picture apply(Picture picture) {
    short[] samples = new short[picture.samples().length];
    for (int pixel = 0; pixel < samples.length; pixel += CHANNELS) {
      for (int row = 0; row < CHANNELS; row++) {
        double sum = offset[row];
        for (int column = 0; column < CHANNELS; column++) {
          sum += matrix[row * CHANNELS + column] * picture.samples()[pixel + column];
        }
        samples[pixel + row] = (short) Math.max(0, Math.min(255, Math.round(sum)));
      }
    }
    return new Picture(picture.width(), picture.height(), PixelLayout.RGB, 8, samples);
  }

  private record Colors(double[] mean, Mat covariance) {
    static Colors of(List<Picture> pictures) {
      double[] sums = new double[CHANNELS];
      double[] products = new double[CHANNELS * CHANNELS];
      long pixels = 0;
      for (Picture picture : pictures) {
        require(picture);
        short[] samples = picture.samples();
        for (int pixel = 0; pixel < samples.length; pixel += CHANNELS) {
          for (int i = 0; i < CHANNELS; i++) {
            sums[i] += samples[pixel + i];
            for (int j = 0; j < CHANNELS; j++) {
              products[i * CHANNELS + j] += samples[pixel + i] * samples[pixel + j];
            }
          }
        }
        pixels += samples.length / CHANNELS;
      }
      Mat covariance = new Mat(CHANNELS, CHANNELS, CvType.CV_64F);
      for (int i = 0; i < products.length; i++) {
        double mean = sums[i / CHANNELS] / pixels * sums[i % CHANNELS] / pixels;
        covariance.put(i / CHANNELS, i % CHANNELS, products[i] / pixels - mean);
      }
      for (int i = 0; i < CHANNELS; i++) {
        sums[i] /= pixels;
      }
      return new Colors(sums, covariance);
    }

    private static void require(Picture picture) {
      if (picture.layout() != PixelLayout.RGB || picture.bitDepth() != 8) {
        throw new IllegalArgumentException(
            "colours are matched on RGB of 8 bits, found %s of %d"
                .formatted(picture.layout(), picture.bitDepth()));
      }
    }
  }

  /** A symmetric matrix with a function applied to its eigenvalues, which are not negative. */
  private static Mat powered(Mat symmetric, DoubleUnaryOperator function) {
    Mat values = new Mat();
    Mat vectors = new Mat();
    Core.eigen(symmetric, values, vectors);
    Mat scaled = vectors.clone();
    for (int i = 0; i < CHANNELS; i++) {
      double value = function.applyAsDouble(Math.max(0, values.get(i, 0)[0]));
      Core.multiply(scaled.row(i), Scalar.all(value), scaled.row(i));
    }
    Mat powered = new Mat();
    Core.gemm(vectors, scaled, 1, new Mat(), 0, powered, Core.GEMM_1_T);
    return powered;
  }

  private static Mat product(Mat a, Mat b) {
    Mat product = new Mat();
    Core.gemm(a, b, 1, new Mat(), 0, product);
    return product;
  }
}
