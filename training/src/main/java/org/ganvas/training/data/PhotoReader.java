package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.ganvas.inference.image.BicubicRows;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.PictureHeader;
import org.ganvas.inference.image.PictureRows;
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
      throw new UnreadablePhotoException(Objects.requireNonNullElse(e.getMessage(), "refused"));
    }
  }

  /**
   * Reads a photo, halved if it says so.
   *
   * @throws UnreadablePhotoException if it cannot be decoded
   * @throws IOException if the file cannot be read
   */
  static RgbPhoto read(Photo photo) throws IOException {
    RgbPhoto decoded = decode(Files.readAllBytes(photo.file()));
    if (!photo.halved()) {
      return decoded;
    }
    return toPhoto(new BicubicRows(decoded, decoded.width() / 2, decoded.height() / 2));
  }

  /**
   * Decodes a picture file to 8-bit RGB, upright; grey becomes three equal channels.
   *
   * @throws UnreadablePhotoException if it cannot be decoded
   */
  public static RgbPhoto decode(byte[] file) throws UnreadablePhotoException {
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

  private static RgbPhoto toPhoto(PictureRows rows) throws IOException {
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
