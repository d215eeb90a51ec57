package org.ganvas.training.data;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;
import org.opencv.xphoto.Xphoto;

/**
 * A painting made of a photo by rule: washes of thinned ink and colour on cream paper, and ink
 * along the outlines. A pure function, so that what a network learns of it can be measured.
 */
final class PainterlyFilter {
  /** Each pixel takes the mean colour of the brightness that is commonest so far around it. */
  private static final int DAB_RADIUS = 2;

  /** Width of a class of brightness, of 255. */
  private static final int BRIGHTNESS_CLASS = 24;

  private static final double SATURATION = 1.5;

  /** The washes' gradation: less than 1 is lighter in the middle. */
  private static final double GAMMA = 0.8;

  /** What black becomes, red, green and blue of 255: thinned ink. */
  private static final Scalar SHADOW = new Scalar(70, 72, 96);

  /** What is added to that where it is white: cream paper, less the shadow. */
  private static final Scalar RANGE = new Scalar(252 - 70, 247 - 72, 232 - 96);

  /** Standard deviation, in pixels, of what smooths the brightness before its slope is taken. */
  private static final double OUTLINE_SMOOTHING = 1.0;

  /** What Sobel's operator says at a step from black to white, smoothed so, is about 650. */
  private static final double INK_PER_SLOPE = 1 / 220.0;

  private static final double MOST_INK = 0.85;

  private PainterlyFilter() {}

  /** The painting, of the photo's size. */
  static RgbPhoto paint(RgbPhoto photo) {
    return RgbMats.changed(
        photo,
        picture -> {
          Mat dabs = new Mat();
          Mat ink = new Mat();
          try {
            Xphoto.oilPainting(picture, dabs, DAB_RADIUS, BRIGHTNESS_CLASS, Imgproc.COLOR_RGB2GRAY);
            saturate(dabs);
            wash(dabs);
            paper(picture, ink);
            Core.multiply(dabs, ink, picture, 1, CvType.CV_8U);
          } finally {
            dabs.release();
            ink.release();
          }
        });
  }

  private static void saturate(Mat picture) {
    Imgproc.cvtColor(picture, picture, Imgproc.COLOR_RGB2HSV);
    Core.multiply(picture, new Scalar(1, SATURATION, 1), picture);
    Imgproc.cvtColor(picture, picture, Imgproc.COLOR_HSV2RGB);
  }

  /** Pale washes on paper, 0 to 255 in float32. */
  private static void wash(Mat picture) {
    picture.convertTo(picture, CvType.CV_32F, 1 / 255.0);
    Core.pow(picture, GAMMA, picture);
    Core.multiply(picture, RANGE, picture);
    Core.add(picture, SHADOW, picture);
  }

  /** How much of the paint is seen through the ink, 0 to 1, in three equal float32 channels. */
  private static void paper(Mat picture, Mat paper) {
    Mat grey = new Mat();
    Mat dx = new Mat();
    Mat dy = new Mat();
    try {
      Imgproc.cvtColor(picture, grey, Imgproc.COLOR_RGB2GRAY);
      grey.convertTo(grey, CvType.CV_32F);
      Imgproc.GaussianBlur(grey, grey, new Size(), OUTLINE_SMOOTHING);
      Imgproc.Sobel(grey, dx, CvType.CV_32F, 1, 0);
      Imgproc.Sobel(grey, dy, CvType.CV_32F, 0, 1);
      Core.magnitude(dx, dy, grey);
      Core.multiply(grey, Scalar.all(INK_PER_SLOPE), grey);
      Core.min(grey, Scalar.all(MOST_INK), grey);
      Core.subtract(grey, Scalar.all(1), grey);
      Core.multiply(grey, Scalar.all(-1), grey);
      Imgproc.cvtColor(grey, paper, Imgproc.COLOR_GRAY2RGB);
    } finally {
      grey.release();
      dx.release();
      dy.release();
    }
  }
}
