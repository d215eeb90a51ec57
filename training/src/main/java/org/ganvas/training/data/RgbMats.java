package org.ganvas.training.data;

import java.util.function.Consumer;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

/** Photos as OpenCV's matrices, and back. */
final class RgbMats {
  static {
    OpenCv.load();
  }

  private RgbMats() {}

  /**
   * What OpenCV makes of a photo.
   *
   * @param change works in place on 8-bit RGB and leaves such a matrix of any size
   */
  static RgbPhoto changed(RgbPhoto photo, Consumer<Mat> change) {
    Mat mat = new Mat(photo.height(), photo.width(), CvType.CV_8UC3);
    try {
      mat.put(0, 0, photo.samples());
      change.accept(mat);
      byte[] samples = new byte[Math.multiplyExact(3 * mat.cols(), mat.rows())];
      mat.get(0, 0, samples);
      return new RgbPhoto(mat.cols(), mat.rows(), samples);
    } finally {
      mat.release();
    }
  }
}
