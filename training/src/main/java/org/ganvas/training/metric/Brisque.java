package org.ganvas.training.metric;

import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_quality;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_quality.QualityBRISQUE;
import org.ganvas.inference.image.Picture;

/**
 * BRISQUE (Mittal, Moorthy and Bovik 2012): how natural a picture looks, judged by its own
 * statistics, without an original to compare with. Computed by OpenCV with the model that comes
 * with it, which was fitted to the LIVE database.
 */
public final class Brisque implements AutoCloseable {
  private static final String MODEL = "brisque_model_live.yml";
  private static final String RANGE = "brisque_range_live.yml";

  private final QualityBRISQUE brisque;

  private Brisque(QualityBRISQUE brisque) {
    this.brisque = brisque;
  }

  /**
   * Loads the model.
   *
   * @throws IOException if OpenCV's package for this system lacks it
   */
  public static Brisque open() throws IOException {
    Loader.load(opencv_quality.class);
    return new Brisque(QualityBRISQUE.create(data(MODEL), data(RANGE)));
  }

  private static String data(String name) throws IOException {
    String platform = Loader.getPlatform();
    String resource = "/org/bytedeco/opencv/%s/share/opencv4/quality/%s".formatted(platform, name);
    if (Brisque.class.getResource(resource) == null) {
      throw new IOException(
          "BRISQUE needs %s, which OpenCV's package for %s lacks".formatted(name, platform));
    }
    return Loader.cacheResource(resource).getPath();
  }

  /**
   * The score: 0 is best, 100 worst.
   *
   * @param picture RGB, 8 bits
   * @param border pixels to leave out at each side
   */
  public double of(Picture picture, int border) {
    int width = picture.width() - 2 * border;
    int height = picture.height() - 2 * border;
    byte[] pixels = new byte[3 * width * height];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i += 3) {
        int from = 3 * ((y + border) * picture.width() + x + border);
        for (int c = 0; c < 3; c++) {
          pixels[i + 2 - c] = (byte) picture.samples()[from + c]; // OpenCV begins with blue
        }
      }
    }
    try (Mat mat = new Mat(height, width, opencv_core.CV_8UC3)) {
      mat.data().put(pixels);
      try (Scalar score = brisque.compute(mat)) {
        return score.get(0);
      }
    }
  }

  @Override
  public void close() {
    brisque.close();
  }
}
