package org.ganvas.training.data;

/**
 * How strongly {@link PhotoDegradation} treats pictures. Sizes are told in pixels of the small
 * picture, so that they mean the same at any scale.
 *
 * @param blur standard deviation of a blur kernel, 0.05 to 4 pixels
 * @param resize side of a picture on its way, 0.25 to 8 times that of the small picture
 * @param noise standard deviation of Gaussian noise, 0 to 100 steps of 1/255
 * @param photons photons that make a white pixel, 10 to 1000000; the fewer, the grainier
 * @param ringing cutoff of a sinc filter, 0.2 to 1 times the highest frequency; the lower, the more
 *     it rings
 * @param jpeg quality of a JPEG file, 1 to 100
 */
public record DegradationStrength(
    Dose blur, Dose resize, Dose noise, Dose photons, Dose ringing, Dose jpeg) {

  /**
   * For pictures off the web as most of them are: saved as JPEG once or twice, resized, a little
   * soft, a little grainy. Far milder than the ranges of Real-ESRGAN, whose results look painted
   * where a picture was not that bad.
   */
  public static final DegradationStrength WEB =
      new DegradationStrength(
          new Dose(0.5, 0.15, 0.65),
          new Dose(0.5, 0.75, 2),
          new Dose(0.25, 0.5, 6),
          new Dose(0.25, 1000, 20000),
          new Dose(0.2, 0.5, 1),
          new Dose(0.75, 30, 95));

  public DegradationStrength {
    check("blur", blur, 0.05, 4);
    check("resize", resize, 0.25, 8);
    check("noise", noise, 0, 100);
    check("photons", photons, 10, 1_000_000);
    check("ringing", ringing, 0.2, 1);
    check("jpeg", jpeg, 1, 100);
  }

  /**
   * How often a step is taken in each of the two rounds, and the range from which its strength is
   * drawn.
   *
   * @param chance 0 (never) to 1 (always)
   * @param from the lower end
   * @param to the upper end
   */
  public record Dose(double chance, double from, double to) {}

  private static void check(String name, Dose dose, double lowest, double highest) {
    if (!(dose.chance >= 0 && dose.chance <= 1)) {
      throw new IllegalArgumentException(
          "settings.degradation.photo.%s.chance is 0 to 1, found %s".formatted(name, dose.chance));
    }
    if (!(dose.from >= lowest && dose.from <= dose.to && dose.to <= highest)) {
      throw new IllegalArgumentException(
          "settings.degradation.photo.%s is a range within %s to %s, found %s to %s"
              .formatted(name, number(lowest), number(highest), dose.from, dose.to));
    }
  }

  private static String number(double bound) {
    return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
  }
}
