package org.ganvas.training.data;

import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Sharpens pictures: what a Gaussian blur takes away is added to them. As in Real-ESRGAN (Wang et
 * al. 2021, section 4.1, "Sharpen ground-truth images during training"), a network that learns from
 * sharpened originals has crisp outlines without drawing texture.
 *
 * @param amount how many times what the blur takes away is added, 0 to 5; 0 for none
 * @param deviation standard deviation of the blur in pixels, 0.3 to 20
 */
public record UnsharpMask(double amount, double deviation) {
  /** Leaves pictures as they are. */
  public static final UnsharpMask NONE = new UnsharpMask(0, 1);

  public UnsharpMask {
    if (!(amount >= 0 && amount <= 5)) {
      throw new IllegalArgumentException(
          "settings.sharpening.amount is 0 (none) to 5 times, found " + amount);
    }
    if (!(deviation >= 0.3 && deviation <= 20)) {
      throw new IllegalArgumentException(
          "settings.sharpening.deviation is 0.3 to 20 pixels, found " + deviation);
    }
  }

  /** A sharpened square of a photo; its edges know of the pixels outside. */
  RgbPhoto square(RgbPhoto photo, int x, int y, int side) {
    if (amount == 0) {
      return photo.square(x, y, side);
    }
    int left = Math.max(0, x - reach());
    int top = Math.max(0, y - reach());
    int right = Math.min(photo.width(), x + side + reach());
    int bottom = Math.min(photo.height(), y + side + reach());
    return of(photo.part(left, top, right - left, bottom - top)).square(x - left, y - top, side);
  }

  /** The photo sharpened. */
  public RgbPhoto of(RgbPhoto photo) {
    return RgbMats.changed(
        photo,
        picture -> {
          Mat blurred = new Mat();
          int width = 2 * reach() + 1;
          Imgproc.GaussianBlur(
              picture,
              blurred,
              new Size(width, width),
              deviation,
              deviation,
              Core.BORDER_REFLECT_101);
          Core.addWeighted(picture, 1 + amount, blurred, -amount, 0, picture);
          blurred.release();
        });
  }

  /** Pixels to each side that the blur sees. */
  private int reach() {
    return (int) Math.ceil(3 * deviation);
  }
}
