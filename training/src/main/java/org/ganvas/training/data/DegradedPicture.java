package org.ganvas.training.data;

import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Bicubic;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.MatOfInt;
import org.opencv.core.Size;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/**
 * A square picture on its way to become a small one: floating-point samples from 0 to 255, in
 * OpenCV's order blue, green, red. No step moves it, not even by a part of a pixel.
 */
final class DegradedPicture implements AutoCloseable {
  static {
    OpenCv.load();
  }

  /** How a picture is resized. */
  enum Resampling {
    /** The mean of the pixels below a new one; linear where the picture grows. */
    AREA,
    /**
     * Linear interpolation; where the picture shrinks, fine detail aliases, as in many programs.
     */
    BILINEAR,
    /** Cubic interpolation, antialiased where the picture shrinks. */
    BICUBIC
  }

  private Mat samples;

  private DegradedPicture(Mat samples) {
    this.samples = samples;
  }

  /**
   * Cuts a square out of a photo; beyond the photo's border it is mirrored.
   *
   * @param left column of the photo, may be negative
   * @param top row of the photo, may be negative
   * @param side pixels along each side
   */
  static DegradedPicture cut(RgbPhoto photo, int left, int top, int side) {
    float[] samples = new float[3 * side * side];
    byte[] source = photo.samples();
    for (int y = 0, i = 0; y < side; y++) {
      int row = mirrored(top + y, photo.height()) * photo.width();
      for (int x = 0; x < side; x++, i += 3) {
        int from = 3 * (row + mirrored(left + x, photo.width()));
        samples[i] = Byte.toUnsignedInt(source[from + 2]);
        samples[i + 1] = Byte.toUnsignedInt(source[from + 1]);
        samples[i + 2] = Byte.toUnsignedInt(source[from]);
      }
    }
    DegradedPicture picture = new DegradedPicture(new Mat(side, side, CvType.CV_32FC3));
    picture.samples.put(0, 0, samples);
    return picture;
  }

  private static int mirrored(int index, int length) {
    int folded = Math.floorMod(index, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }

  /** Pixels along each side. */
  int side() {
    return samples.cols();
  }

  void filter(BlurKernel kernel) {
    Mat weights = new Mat(kernel.side(), kernel.side(), CvType.CV_32F);
    weights.put(0, 0, kernel.weights());
    replace(
        before -> {
          Mat after = new Mat();
          Imgproc.filter2D(before, after, -1, weights);
          return after;
        });
    weights.release();
  }

  void resize(int newSide, Resampling resampling) {
    if (newSide == side()) {
      return;
    }
    if (resampling == Resampling.BICUBIC) {
      Bicubic.Weights weights = Bicubic.Weights.of(side(), newSide);
      float[] resized = Bicubic.resize(values(), 3, weights, weights);
      replace(before -> new Mat(newSide, newSide, CvType.CV_32FC3));
      samples.put(0, 0, resized);
      return;
    }
    boolean areas = resampling == Resampling.AREA && newSide < side();
    replace(
        before -> {
          Mat after = new Mat();
          Size size = new Size(newSide, newSide);
          int method = areas ? Imgproc.INTER_AREA : Imgproc.INTER_LINEAR;
          Imgproc.resize(before, after, size, 0, 0, method);
          return after;
        });
  }

  /**
   * Adds Gaussian noise.
   *
   * @param deviation standard deviation, in steps of 1/255
   * @param grey whether the three channels get the same noise
   */
  void addNoise(double deviation, boolean grey, SampleRandom random) {
    float[] values = values();
    for (int i = 0; i < values.length; i += 3) {
      float blue = (float) (deviation * random.gaussian());
      values[i] += blue;
      values[i + 1] += grey ? blue : (float) (deviation * random.gaussian());
      values[i + 2] += grey ? blue : (float) (deviation * random.gaussian());
    }
    samples.put(0, 0, values);
  }

  /**
   * Counts photons, whose number varies by chance (Poisson's distribution).
   *
   * @param white the mean number that makes a white pixel
   * @param grey whether brightness varies, and not each channel by itself
   */
  void countPhotons(double white, boolean grey, SampleRandom random) {
    float[] values = values();
    double step = 255 / white;
    for (int i = 0; i < values.length; i += 3) {
      if (grey) {
        double luma = 0.114 * values[i] + 0.587 * values[i + 1] + 0.299 * values[i + 2];
        float noise = counted(luma, step, random) - (float) luma;
        values[i] += noise;
        values[i + 1] += noise;
        values[i + 2] += noise;
      } else {
        values[i] = counted(values[i], step, random);
        values[i + 1] = counted(values[i + 1], step, random);
        values[i + 2] = counted(values[i + 2], step, random);
      }
    }
    samples.put(0, 0, values);
  }

  private static float counted(double value, double step, SampleRandom random) {
    return (float) (step * random.poisson(Math.max(0, value) / step));
  }

  /**
   * Saves the picture as a JPEG file and reads that.
   *
   * @param quality 1 to 100, as libjpeg understands it
   * @param halvedColors whether the file has half as many columns and rows of colour (4:2:0)
   */
  void compress(int quality, boolean halvedColors) {
    int sampling =
        halvedColors
            ? Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420
            : Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;
    MatOfInt settings =
        new MatOfInt(
            Imgcodecs.IMWRITE_JPEG_QUALITY,
            quality,
            Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
            sampling);
    MatOfByte file = new MatOfByte();
    Mat bytes = new Mat();
    samples.convertTo(bytes, CvType.CV_8UC3);
    Imgcodecs.imencode(".jpg", bytes, file, settings);
    bytes.release();
    replace(
        before -> {
          Mat decoded = Imgcodecs.imdecode(file, Imgcodecs.IMREAD_COLOR);
          Mat after = new Mat();
          decoded.convertTo(after, CvType.CV_32FC3);
          decoded.release();
          return after;
        });
    file.release();
    settings.release();
  }

  /**
   * A square of the picture as a file would hold it.
   *
   * @return (side, side, 3) red, green and blue: whole numbers from 0 to 255
   */
  float[] crop(int left, int top, int side) {
    float[] values = values();
    float[] crop = new float[3 * side * side];
    for (int y = 0, i = 0; y < side; y++) {
      int from = 3 * ((top + y) * side() + left);
      for (int x = 0; x < side; x++, i += 3, from += 3) {
        crop[i] = eightBits(values[from + 2]);
        crop[i + 1] = eightBits(values[from + 1]);
        crop[i + 2] = eightBits(values[from]);
      }
    }
    return crop;
  }

  private static float eightBits(float value) {
    return Math.round(Math.max(0, Math.min(value, 255)));
  }

  private float[] values() {
    float[] values = new float[3 * side() * side()];
    samples.get(0, 0, values);
    return values;
  }

  private void replace(UnaryOperator<Mat> step) {
    Mat before = samples;
    samples = step.apply(before);
    before.release();
  }

  @Override
  public void close() {
    samples.release();
  }
}
