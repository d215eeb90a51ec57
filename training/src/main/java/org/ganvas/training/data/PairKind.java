package org.ganvas.training.data;

import org.opencv.core.Core;
import org.opencv.imgproc.Imgproc;

/** Ways to make a pair of one photo, so that a folder of photos is all that training needs. */
public enum PairKind {
  /** Grey (BT.601's luma in three equal channels) to the photo. */
  COLORIZE {
    @Override
    PhotoPair pair(RgbPhoto photo, SampleRandom random) {
      return new PhotoPair(grey(photo), photo);
    }
  },

  /** The photo to grey. */
  GREY {
    @Override
    PhotoPair pair(RgbPhoto photo, SampleRandom random) {
      return new PhotoPair(photo, grey(photo));
    }
  },

  /** Black lines on white, as Canny's detector finds them, to the photo. */
  EDGES {
    @Override
    PhotoPair pair(RgbPhoto photo, SampleRandom random) {
      return new PhotoPair(edges(photo), photo);
    }
  },

  /**
   * The photo as it comes off the web, with blur, noise and JPEG as {@link PhotoDegradation} makes
   * them, to the photo.
   */
  RESTORE {
    @Override
    PhotoPair pair(RgbPhoto photo, SampleRandom random) {
      return new PhotoPair(degraded(photo, random), photo);
    }
  },

  /** The photo to what {@link PainterlyFilter} makes of it. */
  PAINT {
    @Override
    PhotoPair pair(RgbPhoto photo, SampleRandom random) {
      return new PhotoPair(photo, PainterlyFilter.paint(photo));
    }
  };

  /** Canny's lower and upper threshold: a line begins above the second and ends below the first. */
  private static final double ENDS_BELOW = 60;

  private static final double BEGINS_ABOVE = 160;

  /**
   * The pair.
   *
   * @param photo a square
   * @param random for the kinds that have something to choose
   */
  abstract PhotoPair pair(RgbPhoto photo, SampleRandom random);

  private static RgbPhoto degraded(RgbPhoto square, SampleRandom random) {
    Degradation.Place all = new Degradation.Place(0, 0, square.width(), 1);
    float[] small = new PhotoDegradation(DegradationStrength.WEB).small(square, all, random);
    return RgbPhoto.of(square.width(), square.height(), small);
  }

  private static RgbPhoto grey(RgbPhoto photo) {
    return RgbMats.changed(
        photo,
        picture -> {
          Imgproc.cvtColor(picture, picture, Imgproc.COLOR_RGB2GRAY);
          Imgproc.cvtColor(picture, picture, Imgproc.COLOR_GRAY2RGB);
        });
  }

  private static RgbPhoto edges(RgbPhoto photo) {
    return RgbMats.changed(
        photo,
        picture -> {
          Imgproc.cvtColor(picture, picture, Imgproc.COLOR_RGB2GRAY);
          Imgproc.Canny(picture, picture, ENDS_BELOW, BEGINS_ABOVE);
          Core.bitwise_not(picture, picture);
          Imgproc.cvtColor(picture, picture, Imgproc.COLOR_GRAY2RGB);
        });
  }
}
