package org.ganvas.inference.task;

import java.util.List;
import java.util.SplittableRandom;
import org.ganvas.inference.model.LatentSpace;

/**
 * A point of a generator's latent space: the same on every machine for a seed.
 *
 * @param values the vector
 */
public record Latent(float[] values) {
  private static final double NEARLY_NOTHING = 1e-6;

  /**
   * The point that a seed names: {@link #draw} with a new {@code SplittableRandom} of that seed,
   * which is SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
   * generators", figure 14).
   */
  public static Latent ofSeed(LatentSpace space, long seed) {
    return draw(space, new SplittableRandom(seed));
  }

  /**
   * The next point. A number u from 0 (inclusive) to 1 is {@code (nextLong() >>> 11) / 2^53}. A
   * uniform number of the vector is 2u - 1. Two normal ones are r cos(a) and r sin(a) where r =
   * sqrt(-2 ln(1 - u)) and then a = 2 pi u (Box and Muller 1958), computed by {@link StrictMath};
   * of an odd last pair the first is taken. A point on the sphere is a normal vector, scaled.
   */
  public static Latent draw(LatentSpace space, SplittableRandom random) {
    double[] values = new double[space.size()];
    switch (space.distribution()) {
      case UNIFORM -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = 2 * unit(random) - 1;
        }
      }
      case GAUSSIAN -> fillNormal(values, random);
      case SPHERE -> {
        fillNormal(values, random);
        scale(values, Math.sqrt(values.length) / Math.max(NEARLY_NOTHING, length(values)));
      }
    }
    return of(values);
  }

  private static void fillNormal(double[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i += 2) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit(random)));
      double angle = 2 * Math.PI * unit(random);
      values[i] = radius * StrictMath.cos(angle);
      if (i + 1 < values.length) {
        values[i + 1] = radius * StrictMath.sin(angle);
      }
    }
  }

  private static double unit(SplittableRandom random) {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  /**
   * A point on the way to another along the sphere: spherical linear interpolation (Shoemake 1985;
   * White 2016, "Sampling generative networks", section 2.1), which keeps to the lengths that a
   * generator knows.
   *
   * @param part of the way: 0 for this point, 1 for the other
   * @throws IllegalArgumentException if the other is of another number of values
   */
  public Latent towards(Latent other, double part) {
    if (other.values.length != values.length) {
      throw new IllegalArgumentException(
          "a way leads to a point of the same space, found %d numbers and %d"
              .formatted(other.values.length, values.length));
    }
    double[] a = doubles(values);
    double[] b = doubles(other.values);
    double cosine = dot(a, b) / Math.max(NEARLY_NOTHING, length(a) * length(b));
    double angle = StrictMath.acos(Math.max(-1, Math.min(cosine, 1)));
    double sine = StrictMath.sin(angle);
    // In one direction, or in opposite ones, there is no arc to follow.
    boolean straight = sine < NEARLY_NOTHING;
    double first = straight ? 1 - part : StrictMath.sin((1 - part) * angle) / sine;
    double second = straight ? part : StrictMath.sin(part * angle) / sine;
    for (int i = 0; i < a.length; i++) {
      a[i] = first * a[i] + second * b[i];
    }
    return of(a);
  }

  /**
   * Latent arithmetic (Radford et al. 2016, DCGAN, section 6.3.2), the result scaled to the mean
   * length of its operands, since a sum of several is farther out than any that a generator knows.
   *
   * @param operands at least one
   * @param signs for each operand 1 or -1
   */
  static Latent sum(List<Latent> operands, List<Integer> signs) {
    double[] sum = new double[operands.get(0).values.length];
    double meanLength = 0;
    for (int k = 0; k < operands.size(); k++) {
      double[] operand = doubles(operands.get(k).values);
      meanLength += length(operand) / operands.size();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += signs.get(k) * operand[i];
      }
    }
    if (operands.size() > 1 && length(sum) > NEARLY_NOTHING) {
      scale(sum, meanLength / length(sum));
    }
    return of(sum);
  }

  private static double length(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void scale(double[] vector, double factor) {
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
  }

  private static double[] doubles(float[] vector) {
    double[] values = new double[vector.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = vector[i];
    }
    return values;
  }

  private static Latent of(double[] vector) {
    float[] values = new float[vector.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) vector[i];
    }
    return new Latent(values);
  }
}
