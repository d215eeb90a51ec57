package org.ganvas.inference.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Bicubic resampling as MATLAB's {@code imresize(…, 'bicubic')} does it: Keys' kernel with a =
 * -0.5, stretched when the picture shrinks (so that it is antialiased), weights normalised to one,
 * and borders reflected (early releases repeated the outermost sample instead). This is the kernel
 * by which the field makes its small pictures, so figures depend on every detail of it.
 *
 * <p>The rows are combined first and the columns afterwards, in single precision.
 */
public final class Bicubic {
  private static final int KERNEL_WIDTH = 4;

  private Bicubic() {}

  /**
   * Resamples one plane.
   *
   * @param plane (height, width) samples in any unit
   * @param width samples per row
   * @param height rows
   * @param newWidth samples per row of the result, at least 1
   * @param newHeight rows of the result, at least 1
   * @return (newHeight, newWidth) samples in the same unit, neither rounded nor clipped; the kernel
   *     overshoots at edges
   */
  public static float[] resize(float[] plane, int width, int height, int newWidth, int newHeight) {
    return resize(plane, 1, Weights.of(width, newWidth), Weights.of(height, newHeight));
  }

  /**
   * Resamples interleaved samples by weights that were computed before.
   *
   * @param samples ({@code vertical.inputs()}, {@code horizontal.inputs()}, {@code channels})
   *     samples
   * @param channels samples per pixel, at least 1
   * @return ({@code vertical.outputs()}, {@code horizontal.outputs()}, {@code channels}) samples
   */
  public static float[] resize(
      float[] samples, int channels, Weights horizontal, Weights vertical) {
    return resize(samples, channels, horizontal, vertical, false);
  }

  /**
   * As {@link #resize(float[], int, Weights, Weights)}, but exactly as MATLAB resizes a picture of
   * 8-bit integers: rounded and clipped to 0 to 255 not only at the end but also between rows and
   * columns. The published small pictures were made so; about one sample in ten differs by a step.
   *
   * @param samples whole numbers from 0 to 255
   * @return whole numbers from 0 to 255
   */
  public static float[] resizeEightBits(
      float[] samples, int channels, Weights horizontal, Weights vertical) {
    return resize(samples, channels, horizontal, vertical, true);
  }

  private static float[] resize(
      float[] samples, int channels, Weights horizontal, Weights vertical, boolean eightBits) {
    int rowLength = horizontal.inputs() * channels;
    if (samples.length != (long) rowLength * vertical.inputs()) {
      throw new IllegalArgumentException(
          "%d rows of %d samples are %d samples, found %d"
              .formatted(
                  vertical.inputs(),
                  rowLength,
                  (long) rowLength * vertical.inputs(),
                  samples.length));
    }
    int newLength = horizontal.outputs() * channels;
    float[] result = new float[newLength * vertical.outputs()];
    float[] row = new float[rowLength];
    for (int y = 0; y < vertical.outputs(); y++) {
      Arrays.fill(row, 0);
      for (int tap = 0; tap < vertical.taps(); tap++) {
        addScaled(samples, (vertical.first(y) + tap) * rowLength, vertical.factor(y, tap), row);
      }
      if (eightBits) {
        roundToEightBits(row);
      }
      horizontal.combine(row, channels, result, y * newLength);
    }
    if (eightBits) {
      roundToEightBits(result);
    }
    return result;
  }

  private static void roundToEightBits(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (int) (Math.max(0, Math.min(samples[i], 255)) + 0.5f);
    }
  }

  /**
   * Resamples a whole picture; colours count by their alpha.
   *
   * @return a {@code newWidth} by {@code newHeight} picture of the same layout and bit depth,
   *     rounded and clipped
   */
  public static Picture resize(Picture picture, int newWidth, int newHeight) {
    try {
      return Picture.of(new BicubicRows(picture, newWidth, newHeight));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds {@code factor * source[from …]} to all of {@code target}. */
  static void addScaled(float[] source, int from, float factor, float[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] += factor * source[from + i];
    }
  }

  /** Keys, "Cubic convolution interpolation for digital image processing", 1981, with a = -0.5. */
  private static double kernel(double x) {
    double distance = Math.abs(x);
    if (distance <= 1) {
      return (1.5 * distance - 2.5) * distance * distance + 1;
    }
    if (distance <= 2) {
      return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
    }
    return 0;
  }

  /**
   * How the samples along one side make those of the resampled side: output i is the sum of {@code
   * factor(i, tap) * input[first(i) + tap]} over all taps. Reflected borders are folded into the
   * factors, so that all indices are inside.
   *
   * @param inputs number of samples along the old side
   * @param taps inputs per output
   * @param firsts for each output the index of its first input; never decreasing
   * @param factors (outputs, taps); each output's factors sum to one
   */
  public record Weights(int inputs, int taps, int[] firsts, float[] factors) {

    /** All the outputs of a side of {@code inputs} samples resampled to {@code outputs}. */
    public static Weights of(int inputs, int outputs) {
      return of(inputs, outputs, 0, outputs);
    }

    /**
     * Only the outputs from {@code from} (inclusive) to {@code to} (exclusive): exactly those of
     * {@link #of(int, int)}.
     */
    public static Weights of(int inputs, int outputs, int from, int to) {
      if (inputs < 1 || outputs < 1) {
        throw new IllegalArgumentException(
            "a side has at least 1 sample, found %d to be resampled to %d"
                .formatted(inputs, outputs));
      }
      if (from < 0 || from >= to || to > outputs) {
        throw new IllegalArgumentException(
            "a range of outputs lies within 0 to %d, found %d to %d".formatted(outputs, from, to));
      }
      double scale = (double) outputs / inputs;
      double stretch = Math.max(1, 1 / scale);
      int support = (int) Math.ceil(KERNEL_WIDTH * stretch);
      int taps = Math.min(support, inputs);
      int[] firsts = new int[to - from];
      float[] factors = new float[firsts.length * taps];
      double[] window = new double[support];
      for (int i = 0; i < firsts.length; i++) {
        double center = (from + i + 0.5) / scale - 0.5;
        int left = (int) Math.floor(center - KERNEL_WIDTH * stretch / 2) + 1;
        fillWindow(window, center - left, stretch);
        firsts[i] = Math.max(0, Math.min(left, inputs - taps));
        double[] folded = folded(window, left, inputs, firsts[i]);
        for (int tap = 0; tap < taps; tap++) {
          factors[i * taps + tap] = (float) folded[tap];
        }
      }
      return new Weights(inputs, taps, firsts, factors);
    }

    private static void fillWindow(double[] window, double center, double stretch) {
      double sum = 0;
      for (int tap = 0; tap < window.length; tap++) {
        window[tap] = kernel((center - tap) / stretch);
        sum += window[tap];
      }
      for (int tap = 0; tap < window.length; tap++) {
        window[tap] /= sum;
      }
    }

    /**
     * The window's weights on the samples from {@code first} on: beyond its ends a side is
     * mirrored.
     */
    private static double[] folded(double[] window, int left, int inputs, int first) {
      double[] folded = new double[Math.min(window.length, inputs)];
      for (int tap = 0; tap < window.length; tap++) {
        int mirrored = Math.floorMod(left + tap, 2 * inputs);
        int index = mirrored < inputs ? mirrored : 2 * inputs - 1 - mirrored;
        folded[index - first] += window[tap];
      }
      return folded;
    }

    public int outputs() {
      return firsts.length;
    }

    /** Index of the first input that output {@code i} needs. */
    public int first(int i) {
      return firsts[i];
    }

    /** What input {@code first(i) + tap} counts in output {@code i}. */
    public float factor(int i, int tap) {
      return factors[i * taps + tap];
    }

    /** Index of the first input that any output needs. */
    public int start() {
      return firsts[0];
    }

    /** One more than the index of the last input that any output needs. */
    public int end() {
      return firsts[firsts.length - 1] + taps;
    }

    /**
     * The same weights for a side that was cut down to the inputs {@link #start} to {@link #end}.
     */
    public Weights onNeededInputs() {
      int[] shifted = new int[firsts.length];
      for (int i = 0; i < shifted.length; i++) {
        shifted[i] = firsts[i] - start();
      }
      return new Weights(end() - start(), taps, shifted, factors);
    }

    /**
     * Resamples one row of interleaved samples.
     *
     * @param row ({@code inputs}, {@code channels}) samples
     * @param channels samples per pixel
     * @param result receives ({@code outputs}, {@code channels}) samples from index {@code offset}
     *     on
     */
    void combine(float[] row, int channels, float[] result, int offset) {
      for (int i = 0; i < firsts.length; i++) {
        for (int channel = 0; channel < channels; channel++) {
          float sum = 0;
          int index = firsts[i] * channels + channel;
          for (int tap = 0; tap < taps; tap++, index += channels) {
            sum += factors[i * taps + tap] * row[index];
          }
          result[offset + i * channels + channel] = sum;
        }
      }
    }
  }
}
