package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.ganvas.inference.image.BicubicRows;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageFormat;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureHeader;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;
import org.opencv.core.CvException;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.imgcodecs.Imgcodecs;

/** Reads photo files: their size, or their pixels as upright 8-bit RGB. */
public final class PhotoReader {
  static {
    OpenCv.load();
  }

  private PhotoReader() {}

  /**
   * What the file says about its picture, without decoding it.
   *
   * @throws UnreadablePhotoException if it is no picture, or is not there whole
   */
  public static PictureHeader header(Path file) throws UnreadablePhotoException {
    try {
      return new ImageDecoder().header(file);
    } catch (ImageRefusedException e) {
      throw unreadable(e);
    }
  }

  private static UnreadablePhotoException unreadable(ImageRefusedException e) {
    return new UnreadablePhotoException(Objects.requireNonNullElse(e.getMessage(), "refused"));
  }

  /**
   * Reads a photo, halved if it says so.
   *
   * @throws UnreadablePhotoException if it cannot be decoded
   * @throws IOException if the file cannot be read
   */
  static RgbPhoto read(Photo photo) throws IOException {
    RgbPhoto decoded = decode(bytes(photo.file()));
    if (!photo.halved()) {
      return decoded;
    }
    return toPhoto(new BicubicRows(decoded, decoded.width() / 2, decoded.height() / 2));
  }

  /** Not left out as damaged ones are: where a whole disk is gone, training had better stop. */
  private static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException(
          "photos stay where they are while they are trained on, found %s gone;".formatted(file)
              + " put it back, or go on without it with --resume",
          e);
    }
  }

  /**
   * Decodes a picture file to 8-bit RGB, upright; grey becomes three equal channels, and what is
   * transparent is seen on white.
   *
   * @throws UnreadablePhotoException if it cannot be decoded
   */
  public static RgbPhoto decode(byte[] file) throws UnreadablePhotoException {
    return isForOpenCv(file) ? byOpenCv(file) : onWhite(file);
  }

  /**
   * OpenCV would show the colours that lie hidden behind what is transparent, and of TIFFs knows
   * fewer kinds, and L*a*b* in another light than that in which photos are upscaled.
   */
  private static boolean isForOpenCv(byte[] file) {
    try {
      PictureHeader header = new ImageDecoder().header(file);
      return !header.layout().hasAlpha() && header.format() != ImageFormat.TIFF;
    } catch (ImageRefusedException e) {
      return true; // what OpenCV says about it comes next
    }
  }

  private static RgbPhoto onWhite(byte[] file) throws UnreadablePhotoException {
    try {
      Picture picture = new ImageDecoder().decode(file).picture();
      PixelLayout layout = picture.layout();
      double most = (1 << picture.bitDepth()) - 1;
      byte[] samples = new byte[3 * picture.width() * picture.height()];
      for (int i = 0; i < samples.length; i++) {
        int first = i / 3 * layout.channels();
        int channel = layout.colorChannels() == 3 ? i % 3 : 0;
        double color = Short.toUnsignedInt(picture.samples()[first + channel]) / most;
        double alpha =
            layout.hasAlpha()
                ? Short.toUnsignedInt(picture.samples()[first + layout.colorChannels()]) / most
                : 1;
        samples[i] = (byte) Math.round(255 * (color * alpha + 1 - alpha));
      }
      return new RgbPhoto(picture.width(), picture.height(), samples);
    } catch (ImageRefusedException e) {
      throw unreadable(e);
    }
  }

  private static RgbPhoto byOpenCv(byte[] file) throws UnreadablePhotoException {
    // From memory, because OpenCV can't open every path that Java can (Windows, non-ASCII letters).
    MatOfByte encoded = new MatOfByte(file);
    Mat pixels = new Mat();
    try {
      pixels = Imgcodecs.imdecode(encoded, Imgcodecs.IMREAD_COLOR_RGB);
      if (pixels.empty()) {
        throw undecodable();
      }
      byte[] samples = new byte[Math.multiplyExact(3 * pixels.cols(), pixels.rows())];
      pixels.get(0, 0, samples);
      return new RgbPhoto(pixels.cols(), pixels.rows(), samples);
    } catch (CvException e) {
      throw undecodable();
    } finally {
      pixels.release();
      encoded.release();
    }
  }

  private static UnreadablePhotoException undecodable() {
    return new UnreadablePhotoException(
        "a picture must be one that OpenCV decodes, found damage or no picture; save it anew");
  }

  static RgbPhoto toPhoto(PictureRows rows) throws IOException {
    short[] row = new short[3 * rows.width()];
    byte[] samples = new byte[row.length * rows.height()];
    for (int y = 0; y < rows.height(); y++) {
      rows.readRow(y, row);
      for (int i = 0; i < row.length; i++) {
        samples[y * row.length + i] = (byte) row[i];
      }
    }
    return new RgbPhoto(rows.width(), rows.height(), samples);
  }
}
