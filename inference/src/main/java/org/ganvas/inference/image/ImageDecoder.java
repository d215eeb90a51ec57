package org.ganvas.inference.image;

import java.nio.file.Path;

/**
 * Reads JPEG, PNG, TIFF, WebP, BMP and GIF (its first frame) into upright sRGB pictures.
 *
 * <p>The content decides what a file is, never its name. Whatever is wrong with a file comes out as
 * {@link ImageRefusedException}; a picture that is only partly there is refused. Thread-safe.
 */
public final class ImageDecoder {
  private final DecodeLimits limits;

  /** A decoder with {@link DecodeLimits#DEFAULT}. */
  public ImageDecoder() {
    this(DecodeLimits.DEFAULT);
  }

  public ImageDecoder(DecodeLimits limits) {
    this.limits = limits;
  }

  /**
   * What decoding would give, without decoding.
   *
   * @throws ImageRefusedException if the file is refused already for its structure or its size
   */
  public PictureHeader header(Path file) throws ImageRefusedException {
    throw new UnsupportedOperationException("in work");
  }

  /** As {@link #header(Path)}, of a file in memory. */
  public PictureHeader header(byte[] file) throws ImageRefusedException {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * Reads a picture.
   *
   * @throws ImageRefusedException if it cannot be read, whole and within the limits
   */
  public DecodedPhoto decode(Path file) throws ImageRefusedException {
    throw new UnsupportedOperationException("in work");
  }

  /** As {@link #decode(Path)}, of a file in memory. The bytes are not changed. */
  public DecodedPhoto decode(byte[] file) throws ImageRefusedException {
    throw new UnsupportedOperationException("in work " + limits);
  }
}
