package org.ganvas.inference.image;

/**
 * Turns rows of CIE L*a*b* into sRGB and passes them on. They are seen in the light of D50, as
 * those of ICC profiles are; TIFF 6.0 states no light, Adobe's programs and libtiff take this one.
 */
final class LabRows implements PictureFile.RowSink {
  /** The white of D50. */
  private static final double[] WHITE = {0.96422, 1, 0.82521};

  /** From XYZ in that light to linear sRGB, whose light is D65 (by Bradford's method). */
  private static final double[][] TO_SRGB = {
    {3.1338561, -1.6168667, -0.4906146},
    {-0.9787684, 1.9161415, 0.0334540},
    {0.0719453, -0.2289914, 1.4052427}
  };

  private final boolean offset;
  private final int bands;
  private final int bitDepth;
  private final PictureFile.RowSink sink;

  /**
   * Rows whose samples have as many bits as those of the results.
   *
   * @param offset whether a and b are stored with what makes them positive, as in ICC profiles
   * @param bands samples of a stored pixel, of which the first three count
   */
  LabRows(boolean offset, int bands, int bitDepth, PictureFile.RowSink sink) {
    this.offset = offset;
    this.bands = bands;
    this.bitDepth = bitDepth;
    this.sink = sink;
  }

  @Override
  public void accept(int y, short[] row) {
    short[] rgb = new short[row.length / bands * 3];
    for (int from = 0, to = 0; to < rgb.length; from += bands, to += 3) {
      convert(row, from, rgb, to);
    }
    sink.accept(y, rgb);
  }

  private void convert(short[] lab, int from, short[] rgb, int to) {
    double lightness = (lightness(lab[from]) + 16) / 116;
    double[] xyz = {
      WHITE[0] * cubed(lightness + difference(lab[from + 1]) / 500),
      WHITE[1] * cubed(lightness),
      WHITE[2] * cubed(lightness - difference(lab[from + 2]) / 200)
    };
    for (int c = 0; c < 3; c++) {
      double[] row = TO_SRGB[c];
      rgb[to + c] = encoded(row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]);
    }
  }

  /** From 0 to 100, which in profiles of 16 bits is 0xFF00. */
  private double lightness(short sample) {
    double most = bitDepth == 8 ? 0xFF : offset ? 0xFF00 : 0xFFFF;
    return 100 * Short.toUnsignedInt(sample) / most;
  }

  /** From -128 to 127 and, of 16 bits, what is between. */
  private double difference(short sample) {
    int wide = bitDepth == 8 ? sample << 8 : sample;
    return (short) (offset ? wide - 0x8000 : wide) / 256.0;
  }

  private static double cubed(double root) {
    return root > 6.0 / 29 ? root * root * root : 3 * 6 * 6 * (root - 4.0 / 29) / (29 * 29);
  }

  private short encoded(double linear) {
    double light = Math.max(0, Math.min(linear, 1));
    double value = light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    return (short) Math.round(value * (bitDepth == 8 ? 0xFF : 0xFFFF));
  }
}
