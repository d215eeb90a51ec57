package org.ganvas.inference.image;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Writes pictures row by row: rows are asked of the {@link PictureRows} as they are needed and
 * dropped once written, so a picture of any size passes through in little memory, but for WebP,
 * whose encoder wants it whole. Metadata longer than the 64 KB that a JPEG can hold of a kind are
 * left out of JPEGs. Stateless and thread-safe.
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
   * @param bitDepth 8 or 16
   * @throws ImageRefusedException for alpha in a JPEG, for more pixels than the format allows, and
   *     for a WebP where this system has no encoder
   */
  public static void check(
      int width, int height, PixelLayout layout, int bitDepth, OutputFormat format)
      throws ImageRefusedException {
    if (format instanceof OutputFormat.Jpeg) {
      JpegWriter.check(width, height, layout);
    } else if (format instanceof OutputFormat.Tiff) {
      TiffWriter.check(width, height, layout.channels() * bitDepth / 8);
    } else if (format instanceof OutputFormat.Webp) {
      WebpWriter.check(width, height);
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
    check(rows, format);
    if (ifExists == IfExists.REPLACE && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw ImageWriteException.folder(target);
    }
    try (PendingFile file = PendingFile.beside(target)) {
      writeInto(file.path(), rows, metadata, format);
      file.publish(ifExists);
    }
  }

  /**
   * Writes into an empty file of the caller's, which keeps a part of the picture if it fails.
   *
   * @throws ImageRefusedException if the format cannot hold the picture; nothing is written then
   * @throws ImageWriteException if the file cannot be written; one line for the user
   * @throws IOException whatever {@link PictureRows#readRow} throws, as it is
   */
  public void writeInto(Path file, PictureRows rows, PhotoMetadata metadata, OutputFormat format)
      throws IOException {
    check(rows, format);
    // Inside an archive there is no going back to the header; there it is copied when it is whole.
    boolean onDisk = file.getFileSystem() == FileSystems.getDefault();
    if (format instanceof OutputFormat.Tiff && onDisk) {
      new TiffWriter(rows, sized(metadata, rows)).writeTo(file);
      return;
    }
    try (OutputStream out = ReportingStream.into(file)) {
      write(rows, metadata, format, out);
    }
  }

  /**
   * Writes to a stream, which is flushed but not closed. Rows are asked for while bytes go out; but
   * a TIFF is first written to a temporary file.
   *
   * @throws ImageRefusedException if the format cannot hold the picture; nothing is written then
   * @throws ImageWriteException if the stream fails
   * @throws IOException whatever {@link PictureRows#readRow} throws, as it is
   */
  public void write(PictureRows rows, PhotoMetadata metadata, OutputFormat format, OutputStream out)
      throws IOException {
    check(rows, format);
    PhotoMetadata sized = sized(metadata, rows);
    OutputStream buffered = new BufferedOutputStream(new ReportingStream(out), BUFFER_BYTES);
    if (format instanceof OutputFormat.Jpeg jpeg) {
      new JpegWriter(rows, sized, jpeg).writeTo(buffered);
    } else if (format instanceof OutputFormat.Webp webp) {
      new WebpWriter(rows, sized, webp).writeTo(buffered);
    } else if (format instanceof OutputFormat.Tiff) {
      spool(new TiffWriter(rows, sized), buffered);
    } else {
      new PngWriter(rows, sized).writeTo(buffered);
    }
    buffered.flush();
  }

  private static void check(PictureRows rows, OutputFormat format) throws ImageRefusedException {
    check(rows.width(), rows.height(), rows.layout(), rows.bitDepth(), format);
  }

  private static PhotoMetadata sized(PhotoMetadata metadata, PictureRows rows) {
    return metadata.sized(rows.width(), rows.height());
  }

  private static void spool(TiffWriter writer, OutputStream out) throws IOException {
    Path file = Files.createTempFile("ganvas-", ".tif");
    try {
      writer.writeTo(file);
      Files.copy(file, out);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** Tells failures of the target from those of the rows. */
  private static final class ReportingStream extends OutputStream {
    private final OutputStream out;

    ReportingStream(OutputStream out) {
      this.out = out;
    }

    static ReportingStream into(Path file) throws IOException {
      try {
        return new ReportingStream(Files.newOutputStream(file));
      } catch (IOException e) {
        throw ImageWriteException.of(e);
      }
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

    @Override
    public void close() throws IOException {
      try {
        out.close();
      } catch (IOException e) {
        throw ImageWriteException.of(e);
      }
    }
  }
}
