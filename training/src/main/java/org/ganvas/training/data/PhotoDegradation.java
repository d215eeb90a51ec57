package org.ganvas.training.data;

import java.util.ArrayList;
import java.util.List;
import org.ganvas.training.data.DegradationStrength.Dose;
import org.ganvas.training.data.DegradedPicture.Resampling;

/**
 * The small picture as real life makes it, after Real-ESRGAN (Wang et al. 2021, "Training
 * Real-World Blind Super-Resolution with Pure Synthetic Data", sections 3.1 to 3.3): two rounds of
 * blur, resizing, sensor noise and JPEG, each step taken by chance and with a random strength. In a
 * round the first three come in random order, as in BSRGAN (Zhang et al. 2021); in the second one
 * JPEG comes last, together with a sinc filter, in random order.
 *
 * <p>A border around the square is treated with it and cut off at the end, of a random width, so
 * that the blocks of JPEG lie anywhere.
 *
 * @param strength how often and how strongly
 */
public record PhotoDegradation(DegradationStrength strength) implements Degradation {
  /** Small pixels around the square, at least: as far as blur and resizing see. */
  private static final int MARGIN = 6;

  private static final List<Resampling> RESAMPLINGS = List.of(Resampling.values());

  /** Side of the blocks of JPEG in pixels. */
  private static final int BLOCK = 8;

  @Override
  public float[] small(RgbPhoto photo, Place place, SampleRandom random) {
    int left = MARGIN + random.below(BLOCK);
    int top = MARGIN + random.below(BLOCK);
    int side = place.side() + 2 * MARGIN + BLOCK - 1;
    int scale = place.scale();
    try (DegradedPicture picture =
        DegradedPicture.cut(
            photo, (place.x() - left) * scale, (place.y() - top) * scale, side * scale)) {
      Rounds rounds = new Rounds(picture, side, random);
      rounds.first();
      rounds.second();
      return picture.crop(left, top, place.side());
    }
  }

  /** The treatment of one picture. */
  private final class Rounds {
    private final DegradedPicture picture;
    private final int smallSide;
    private final SampleRandom random;

    Rounds(DegradedPicture picture, int smallSide, SampleRandom random) {
      this.picture = picture;
      this.smallSide = smallSide;
      this.random = random;
    }

    void first() {
      inRandomOrder(this::blur, this::resize, this::noise);
      compress();
    }

    void second() {
      inRandomOrder(this::blur, this::resize, this::noise);
      picture.resize(smallSide, resampling());
      inRandomOrder(this::ring, this::compress);
    }

    private void inRandomOrder(Runnable... steps) {
      List<Runnable> left = new ArrayList<>(List.of(steps));
      while (!left.isEmpty()) {
        left.remove(random.below(left.size())).run();
      }
    }

    private void blur() {
      if (random.chance(strength.blur().chance())) {
        // Seven kernels in ten are Gaussian, six in ten isotropic, as in the paper's settings.
        double along = blurDeviation();
        double across = random.chance(0.6) ? along : blurDeviation();
        double beta = random.chance(0.7) ? 1 : random.ratioBetween(0.5, 2);
        double angle = random.between(0, Math.PI);
        picture.filter(BlurKernel.gaussian(along, across, angle, beta));
      }
    }

    private double blurDeviation() {
      return drawn(strength.blur()) * picture.side() / smallSide;
    }

    private void resize() {
      if (random.chance(strength.resize().chance())) {
        Dose factor = strength.resize();
        int side = (int) Math.round(smallSide * random.ratioBetween(factor.from(), factor.to()));
        picture.resize(Math.max(1, side), resampling());
      }
    }

    private Resampling resampling() {
      return RESAMPLINGS.get(random.below(RESAMPLINGS.size()));
    }

    private void noise() {
      if (random.chance(strength.noise().chance())) {
        picture.addNoise(drawn(strength.noise()), isGrey(), random);
      }
      if (random.chance(strength.photons().chance())) {
        Dose photons = strength.photons();
        picture.countPhotons(random.ratioBetween(photons.from(), photons.to()), isGrey(), random);
      }
    }

    /** Four noises in ten are, as in the paper's settings. */
    private boolean isGrey() {
      return random.chance(0.4);
    }

    private void ring() {
      if (random.chance(strength.ringing().chance())) {
        picture.filter(BlurKernel.sinc(Math.PI * drawn(strength.ringing())));
      }
    }

    private void compress() {
      if (random.chance(strength.jpeg().chance())) {
        int quality = (int) Math.round(drawn(strength.jpeg()));
        picture.compress(quality, random.chance(0.7));
      }
    }

    private double drawn(Dose dose) {
      return random.between(dose.from(), dose.to());
    }
  }
}
