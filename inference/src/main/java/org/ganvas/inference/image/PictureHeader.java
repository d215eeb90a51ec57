package org.ganvas.inference.image;

/**
 * What a file says about its picture, known without decoding it.
 *
 * @param format the kind of file
 * @param width pixels per row of the upright picture, at least 1
 * @param height rows of the upright picture, at least 1
 * @param layout the channels that decoding gives
 * @param bitDepth bits per sample that decoding gives: 8 or 16
 */
public record PictureHeader(
    ImageFormat format, int width, int height, PixelLayout layout, int bitDepth) {

  /** Width times height. */
  public long pixels() {
    return (long) width * height;
  }
}
