package org.ganvas.inference.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes an ICC profile of three primaries and a curve: Java's own one, with others in it. */
final class ColorantProfile {
  /** Instead of an exponent: the curve of sRGB. */
  static final double SRGB_CURVE = 0;

  private static final int[] COLORANTS = {
    ICC_Profile.icSigRedColorantTag,
    ICC_Profile.icSigGreenColorantTag,
    ICC_Profile.icSigBlueColorantTag
  };
  private static final int[] CURVES = {
    ICC_Profile.icSigRedTRCTag, ICC_Profile.icSigGreenTRCTag, ICC_Profile.icSigBlueTRCTag
  };

  /** The white of all profiles (ICC.1, 6.3.4.3). */
  private static final double[] D50 = {0.9642, 1, 0.8249};

  /** From XYZ to what an eye adapts (ICC.1, annex E). */
  private static final double[][] BRADFORD = {
    {0.8951, 0.2664, -0.1614}, {-0.7502, 1.7135, 0.0367}, {0.0389, -0.0685, 1.0296}
  };

  private ColorantProfile() {}

  /**
   * Where the white, red, green and blue of colours lie.
   *
   * @param xy x and y of each in the diagram of CIE 1931
   */
  @SuppressWarnings("ArrayRecordComponent") // They are neither compared nor handed out.
  record Chromaticities(double[] xy) {
    static final Chromaticities DISPLAY_P3 = ofPrimaries(0.68, 0.32, 0.265, 0.69, 0.15, 0.06);
    static final Chromaticities BT_2020 = ofPrimaries(0.708, 0.292, 0.17, 0.797, 0.131, 0.046);

    private static final Chromaticities SRGB = ofPrimaries(0.64, 0.33, 0.3, 0.6, 0.15, 0.06);
    private static final double LEAST_AREA = 0.01;
    private static final double ROUNDED = 0.002;

    private static Chromaticities ofPrimaries(double... xy) {
      return new Chromaticities(
          new double[] {0.3127, 0.329, xy[0], xy[1], xy[2], xy[3], xy[4], xy[5]});
    }

    /** Whether they are colours, and the white is mixed of the primaries. */
    boolean arePossible() {
      for (int i = 0; i < xy.length; i += 2) {
        if (xy[i] < 0 || xy[i + 1] <= 0 || xy[i] + xy[i + 1] > 1) {
          return false;
        }
      }
      double[][] primaries = matrix();
      double area = determinant(primaries) * xy[3] * xy[5] * xy[7];
      if (Math.abs(area) < LEAST_AREA) {
        return false;
      }
      double[] parts = product(inverse(primaries), xyz(0));
      return parts[0] > 0 && parts[1] > 0 && parts[2] > 0;
    }

    /** Whether they are those of sRGB, perhaps rounded. */
    boolean areOfSrgb() {
      return IntStream.range(0, xy.length).allMatch(i -> Math.abs(xy[i] - SRGB.xy[i]) <= ROUNDED);
    }

    private double[] xyz(int color) {
      double x = xy[2 * color];
      double y = xy[2 * color + 1];
      return new double[] {x / y, 1, (1 - x - y) / y};
    }

    /** The primaries as columns, each as light as white. */
    private double[][] matrix() {
      return transposed(new double[][] {xyz(1), xyz(2), xyz(3)});
    }

    /** Each primary's part of white, seen in the light of D50. */
    double[][] colorants() {
      double[] parts = product(inverse(matrix()), xyz(0));
      double[] from = product(BRADFORD, xyz(0));
      double[] to = product(BRADFORD, D50);
      double[][] colorants = new double[3][];
      for (int color = 0; color < 3; color++) {
        double[] cone = product(BRADFORD, xyz(color + 1));
        for (int i = 0; i < 3; i++) {
          cone[i] *= parts[color] * to[i] / from[i];
        }
        colorants[color] = product(inverse(BRADFORD), cone);
      }
      return colorants;
    }
  }

  /**
   * The profile, or null if it would be that of sRGB.
   *
   * @param chromaticities null for those of sRGB; grey has none
   * @param exponent what stored samples are raised to, from 0.1 to 10, or {@link #SRGB_CURVE}
   */
  static byte @Nullable [] of(
      @Nullable Chromaticities chromaticities, double exponent, boolean gray) {
    boolean usualCurve = exponent == SRGB_CURVE;
    if (usualCurve && (gray || chromaticities == null)) {
      return null;
    }
    ICC_Profile profile = copy(gray ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB);
    if (gray) {
      profile.setData(ICC_Profile.icSigGrayTRCTag, curve(exponent));
      return profile.getData();
    }
    if (chromaticities != null) {
      double[][] colorants = chromaticities.colorants();
      for (int color = 0; color < 3; color++) {
        profile.setData(COLORANTS[color], xyz(colorants[color]));
      }
    }
    if (!usualCurve) {
      for (int tag : CURVES) {
        profile.setData(tag, curve(exponent));
      }
    }
    return profile.getData();
  }

  private static ICC_Profile copy(int space) {
    return ICC_Profile.getInstance(ICC_Profile.getInstance(space).getData());
  }

  /** A curveType of one value (ICC.1, 10.6). */
  private static byte[] curve(double exponent) {
    return ByteBuffer.allocate(14)
        .put(ascii("curv"))
        .putInt(8, 1)
        .putShort(12, (short) Math.round(exponent * 256))
        .array();
  }

  /** An XYZType (ICC.1, 10.31). */
  private static byte[] xyz(double[] color) {
    ByteBuffer tag = ByteBuffer.allocate(20).put(ascii("XYZ ")).putInt(0);
    for (double value : color) {
      tag.putInt((int) Math.round(value * 65536));
    }
    return tag.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static double[] product(double[][] matrix, double[] vector) {
    double[] result = new double[3];
    for (int i = 0; i < 3; i++) {
      result[i] = dot(matrix[i], vector);
    }
    return result;
  }

  private static double[][] inverse(double[][] matrix) {
    double determinant = determinant(matrix);
    double[][] cofactors = new double[3][];
    for (int i = 0; i < 3; i++) {
      cofactors[i] = cross(matrix[(i + 1) % 3], matrix[(i + 2) % 3]);
      for (int j = 0; j < 3; j++) {
        cofactors[i][j] /= determinant;
      }
    }
    return transposed(cofactors);
  }

  private static double determinant(double[][] matrix) {
    return dot(matrix[0], cross(matrix[1], matrix[2]));
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static double[] cross(double[] a, double[] b) {
    return new double[] {
      a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    };
  }

  private static double[][] transposed(double[][] m) {
    return new double[][] {
      {m[0][0], m[1][0], m[2][0]}, {m[0][1], m[1][1], m[2][1]}, {m[0][2], m[1][2], m[2][2]}
    };
  }
}
