package org.ganvas.inference.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes pictures as JPEG or PNG, row by row: rows are asked of the {@link PictureRows} as they are
 * needed and dropped once written, so a picture of any size passes through in little memory.
 * Metadata longer than the 64 KB that a JPEG can hold of a kind are left out of JPEGs. Stateless
 * and thread-safe.
 */
public final class ImageEncoder {
  private static final int BUFFER_BYTES = 1 << 16;

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
    if (!(format instanceof OutputFormat.Jpeg)) {
      return;
    }
    if (layout.hasAlpha()) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.UNSUPPORTED,
          "a JPEG has no transparency, found a picture that has; write PNG");
    }
    int maxSide = OutputFormat.Jpeg.MAX_SIDE;
    if (width > maxSide || height > maxSide || (long) width * height >= Integer.MAX_VALUE) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.TOO_LARGE,
          "a JPEG has at most %,d pixels per side and fewer than 2^31 in all, found %dx%d; write PNG or scale less"
              .formatted(maxSide, width, height));
    }
  }

  /**
   * Writes a file: first beside the target under a temporary name, then renamed. Whatever fails,
   * and however the rows end, no part of a file is left behind.
   *
   * @throws ImageRefusedException if the format cannot hold the picture
   * @throws ImageWriteException if the file cannot be written; one line for the user
   * @throws java.nio.file.FileAlreadyExistsException if the target exists and may not be replaced
   * @throws IOException whatever {@link PictureRows#readRow} throws, as it is
   */
  public void write(
      PictureRows rows, PhotoMetadata metadata, OutputFormat format, Path target, IfExists ifExists)
      throws IOException {
    check(rows.width(), rows.height(), rows.layout(), format);
    try (PendingFile file = PendingFile.beside(target)) {
      write(rows, metadata, format, file.stream());
      file.publish(ifExists);
    }
  }

  /**
   * Writes to a stream, which is flushed but not closed. Rows are asked for while bytes go out.
   *
   * @throws ImageRefusedException if the format cannot hold the picture; nothing is written then
   * @throws ImageWriteException if the stream fails
   * @throws IOException whatever {@link PictureRows#readRow} throws, as it is
   */
  public void write(PictureRows rows, PhotoMetadata metadata, OutputFormat format, OutputStream out)
      throws IOException {
    check(rows.width(), rows.height(), rows.layout(), format);
    PhotoMetadata sized = metadata.sized(rows.width(), rows.height());
    OutputStream buffered = new BufferedOutputStream(new ReportingStream(out), BUFFER_BYTES);
    if (format instanceof OutputFormat.Jpeg jpeg) {
      new JpegWriter(rows, sized, jpeg).writeTo(buffered);
    } else {
      new PngWriter(rows, sized).writeTo(buffered);
    }
    buffered.flush();
  }

  /** Tells failures of the target from those of the rows. */
  private static final class ReportingStream extends OutputStream {
    private final OutputStream out;

    ReportingStream(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw ImageWriteException.of(e);
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        out.flush();
      } catch (IOException e) {
        throw ImageWriteException.of(e);
      }
    }
  }
}
