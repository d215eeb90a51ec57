package org.ganvas.training.metric;

import java.util.Collection;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;

/**
 * How close a picture comes to another one in all three channels, as translations are measured; a
 * grey picture counts as three equal channels, alpha is ignored.
 *
 * @param l1 mean absolute difference of samples from 0 to 1
 * @param psnr peak signal-to-noise ratio over all samples, in dB; infinite for equal pictures
 * @param ssim mean over red, green and blue of the structural similarity, at most 1
 */
public record ColorFidelity(double l1, double psnr, double ssim) {
  private static final double PEAK = 255;
  private static final int CHANNELS = 3;

  /**
   * Compares two pictures of 8 bits.
   *
   * @throws IllegalArgumentException if the sizes differ, a side is shorter than the 11 pixels of
   *     the similarity's window, or they are not of 8 bits
   */
  public static ColorFidelity of(Picture picture, Picture reference) {
    check(picture, reference);
    double absolute = 0;
    double square = 0;
    double ssim = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      double[] found = plane(picture, channel);
      double[] wanted = plane(reference, channel);
      for (int i = 0; i < found.length; i++) {
        double difference = found[i] - wanted[i];
        absolute += Math.abs(difference);
        square += difference * difference;
      }
      ssim += Ssim.of(found, wanted, picture.width()) / CHANNELS;
    }
    double samples = (double) CHANNELS * picture.width() * picture.height();
    return new ColorFidelity(absolute / samples / PEAK, Psnr.ofMeanSquare(square / samples), ssim);
  }

  /**
   * The mean of each figure, see {@link Psnr#mean}.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static ColorFidelity mean(Collection<ColorFidelity> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("a mean needs at least one figure, found none");
    }
    return new ColorFidelity(
        figures.stream().mapToDouble(ColorFidelity::l1).average().orElseThrow(),
        Psnr.mean(figures.stream().mapToDouble(ColorFidelity::psnr).toArray()),
        figures.stream().mapToDouble(ColorFidelity::ssim).average().orElseThrow());
  }

  private static void check(Picture picture, Picture reference) {
    if (picture.bitDepth() != 8 || reference.bitDepth() != 8) {
      throw new IllegalArgumentException(
          "figures are measured on 8 bits, found %d and %d"
              .formatted(picture.bitDepth(), reference.bitDepth()));
    }
    if (picture.width() != reference.width() || picture.height() != reference.height()) {
      throw new IllegalArgumentException(
          "pictures of the same size are compared, found %dx%d and %dx%d"
              .formatted(picture.width(), picture.height(), reference.width(), reference.height()));
    }
    if (Math.min(picture.width(), picture.height()) < Ssim.WINDOW) {
      throw new IllegalArgumentException(
          "similarity needs at least %d pixels per side, found %dx%d"
              .formatted(Ssim.WINDOW, picture.width(), picture.height()));
    }
  }

  private static double[] plane(Picture picture, int channel) {
    PixelLayout layout = picture.layout();
    double[] plane = new double[picture.width() * picture.height()];
    int offset = layout.colorChannels() == CHANNELS ? channel : 0;
    for (int i = 0; i < plane.length; i++) {
      plane[i] = picture.samples()[i * layout.channels() + offset];
    }
    return plane;
  }
}
