package org.ganvas.inference.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes pictures as JPEG or PNG, row by row: rows are asked of the {@link PictureRows} as they are
 * needed and dropped once written, so a picture of any size passes through in little memory.
 * Stateless and thread-safe.
 */
public final class ImageEncoder {
  /** What to do when the target exists at the moment when the finished file gets its name. */
  public enum IfExists {
    /** Replace it. */
    REPLACE,
    /** Leave it alone and fail with {@link java.nio.file.FileAlreadyExistsException}. */
    FAIL
  }

  /**
   * Refuses a picture that the format cannot hold; to be asked before a long computation. Writing
   * asks it as well.
   *
   * @throws ImageRefusedException for alpha in a JPEG, and for a side longer than the format allows
   */
  public static void check(int width, int height, PixelLayout layout, OutputFormat format)
      throws ImageRefusedException {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * Writes a file: first beside the target under a temporary name, then renamed. Whatever fails, and
   * however the rows end, no part of a file is left behind.
   *
   * @throws ImageRefusedException if the format cannot hold the picture
   * @throws ImageWriteException if the file cannot be written; one line for the user
   * @throws java.nio.file.FileAlreadyExistsException if the target exists and may not be replaced
   * @throws IOException whatever {@link PictureRows#readRow} throws, as it is
   */
  public void write(
      PictureRows rows,
      PhotoMetadata metadata,
      OutputFormat format,
      Path target,
      IfExists ifExists)
      throws IOException {
    throw new UnsupportedOperationException("in work");
  }

  /**
   * Writes to a stream, which is flushed but not closed. Rows are asked for while bytes go out.
   *
   * @throws ImageRefusedException if the format cannot hold the picture; nothing is written then
   * @throws ImageWriteException if the stream fails
   * @throws IOException whatever {@link PictureRows#readRow} throws, as it is
   */
  public void write(
      PictureRows rows, PhotoMetadata metadata, OutputFormat format, OutputStream out)
      throws IOException {
    throw new UnsupportedOperationException("in work");
  }
}
