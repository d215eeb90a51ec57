package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.LiveTensors;
import org.ganvas.training.script.StateDict;

/**
 * Keeps a convolution with a pixel shuffle behind it from weaving a grid. Together the two enlarge
 * each channel by a kernel of {@code factor} times the convolution's side, and as with every
 * enlargement, a frequency that goes in comes out with its images: a constant with the frequencies
 * k / factor, which are a checkerboard. Here the kernel is zero at the images of a constant
 * (Sugawara et al. 2018, "Super-resolution using convolutional neural networks without any
 * checkerboard artifacts", section 3), and also at those of the highest frequency, of stripes and
 * checks of one pixel. These are what a generator draws where a discriminator wants texture.
 */
public final class CheckerboardConstraint implements WeightConstraint {
  /**
   * Waves, whose length is some units, are spanned by others, or zero everywhere, where less than
   * this is left of them: rounding.
   */
  private static final double SPANNED = 1e-6;

  private final Map<String, Enlargement> enlargements;

  /**
   * A convolution and its pixel shuffle.
   *
   * @param factor of the shuffle
   * @param side of the convolution's kernel, odd
   * @param images a matrix (rows, factor² side²) of orthonormal rows that the weights from one
   *     channel to one have no part in
   */
  private record Enlargement(int factor, int side, float[] images) {
    long phases() {
      return (long) factor * factor;
    }

    long taps() {
      return (long) side * side;
    }
  }

  private CheckerboardConstraint(Map<String, Enlargement> enlargements) {
    this.enlargements = enlargements;
  }

  /**
   * For all pixel shuffles of a network.
   *
   * @param weights of that network, for the shapes
   */
  public static CheckerboardConstraint on(Architecture architecture, StateDict weights) {
    Map<String, Enlargement> enlargements = new LinkedHashMap<>();
    architecture
        .pixelShuffles()
        .forEach(
            (name, factor) -> {
              int side = weights.get(name + ".weight").shape().get(3).intValue();
              enlargements.put(name, new Enlargement(factor, side, images(factor, side)));
            });
    return new CheckerboardConstraint(enlargements);
  }

  @Override
  public void apply(Map<String, NDArray> weights) {
    enlargements.forEach(
        (name, enlargement) -> {
          removeImages(Objects.requireNonNull(weights.get(name + ".weight")), enlargement);
          even(Objects.requireNonNull(weights.get(name + ".bias")), enlargement);
        });
  }

  /**
   * @param weight (factor² C', C, side, side)
   */
  private static void removeImages(NDArray weight, Enlargement enlargement) {
    long phases = enlargement.phases();
    long taps = enlargement.taps();
    long outputs = weight.getShape().get(0) / phases;
    long inputs = weight.getShape().get(1);
    try (NDManager scope = weight.getManager().newSubManager()) {
      float[] rows = enlargement.images();
      NDArray images = scope.create(rows, new Shape(rows.length / (phases * taps), phases * taps));
      NDArray kernels =
          LiveTensors.copy(weight, scope)
              .reshape(outputs, phases, inputs, taps)
              .swapAxes(1, 2)
              .reshape(outputs * inputs, phases * taps);
      NDArray rest = kernels.sub(kernels.matMul(images.transpose()).matMul(images));
      LiveTensors.write(
          rest.reshape(outputs, inputs, phases, taps).swapAxes(1, 2).reshape(weight.getShape()),
          weight);
    }
  }

  /** A bias is a constant too: its images are the differences between the shuffled pixels. */
  private static void even(NDArray bias, Enlargement enlargement) {
    long phases = enlargement.phases();
    try (NDManager scope = bias.getManager().newSubManager()) {
      NDArray shuffled = LiveTensors.copy(bias, scope).reshape(-1, phases);
      NDArray mean = shuffled.mean(new int[] {1}, true);
      LiveTensors.write(mean.repeat(1, phases).reshape(bias.getShape()), bias);
    }
  }

  /** What the kernel's transform at the images' frequencies is a product with. */
  private static float[] images(int factor, int side) {
    List<double[]> rows = new ArrayList<>();
    for (int y = 0; y < 2 * factor; y++) {
      for (int x = 0; x < 2 * factor; x++) {
        // In half waves per pixel of the small picture: up to 1, its highest, they are its own.
        if (Math.min(y, 2 * factor - y) > 1 || Math.min(x, 2 * factor - x) > 1) {
          addOrthogonal(rows, wave(y, x, factor, side, 0));
          addOrthogonal(rows, wave(y, x, factor, side, Math.PI / 2));
        }
      }
    }
    int width = rows.get(0).length;
    float[] matrix = new float[rows.size() * width];
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = (float) rows.get(i / width)[i % width];
    }
    return matrix;
  }

  /**
   * A wave over the kernel, in the order of the weights (factor² side²): each shuffled pixel's taps
   * together.
   *
   * @param y waves per 2 factor pixels down the enlarged picture
   * @param x to the right
   * @param phase in radians
   */
  private static double[] wave(int y, int x, int factor, int side, double phase) {
    double[] wave = new double[factor * factor * side * side];
    int taps = side * side;
    for (int i = 0; i < wave.length; i++) {
      int down = i / taps / factor - factor * (i % taps / side);
      int right = i / taps % factor - factor * (i % side);
      wave[i] = Math.cos(Math.PI * (y * down + x * right) / factor + phase);
    }
    return wave;
  }

  /** Adds what of a row the others do not span, at length 1 (Gram and Schmidt). */
  private static void addOrthogonal(List<double[]> rows, double[] row) {
    // Once more, for what rounding left of the first time.
    for (int time = 0; time < 2; time++) {
      for (double[] other : rows) {
        double share = product(row, other);
        Arrays.setAll(row, i -> row[i] - share * other[i]);
      }
    }
    double left = Math.sqrt(product(row, row));
    if (left > SPANNED) {
      Arrays.setAll(row, i -> row[i] / left);
      rows.add(row);
    }
  }

  private static double product(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
