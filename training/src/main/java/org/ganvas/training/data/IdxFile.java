package org.ganvas.training.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of MNIST's format IDX with unsigned bytes, plain or compressed by gzip: two zeros, the
 * type 8, the number of dimensions, each dimension as four bytes (highest first), the bytes.
 *
 * @param shape the dimensions
 * @param values the last dimension fastest
 */
record IdxFile(List<Integer> shape, byte[] values) {
  private static final int UNSIGNED_BYTES = 8;
  private static final long LARGEST = 1L << 30;
  private static final int GZIP = 0x1f8b;

  /**
   * Reads a file.
   *
   * @param dimensions how many it must have
   * @throws IOException if it is no such file, or not there whole; the message names the file
   */
  static IdxFile read(Path file, int dimensions) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return read(new DataInputStream(unzipped(in)), dimensions);
    } catch (EOFException | ZipException e) {
      throw new IOException(
          file + ": an IDX file is there whole, found its end too early; copy it again", e);
    } catch (WrongContent e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static final class WrongContent extends IOException {
    private static final long serialVersionUID = 1L;

    WrongContent(String message) {
      super(message);
    }
  }

  private static InputStream unzipped(InputStream in) throws IOException {
    in.mark(2);
    int first = in.read() << 8 | in.read();
    in.reset();
    return first == GZIP ? new GZIPInputStream(in) : in;
  }

  private static IdxFile read(DataInputStream in, int dimensions) throws IOException {
    int magic = in.readInt();
    if (magic != (UNSIGNED_BYTES << 8 | dimensions)) {
      throw new WrongContent(
          "an IDX file of unsigned bytes in %d dimensions begins with %08x, found %08x"
              .formatted(dimensions, UNSIGNED_BYTES << 8 | dimensions, magic));
    }
    List<Integer> shape = new ArrayList<>();
    long size = 1;
    for (int i = 0; i < dimensions; i++) {
      int side = in.readInt();
      // At most 2^30 times 2^31: no overflow.
      size *= Math.max(side, 0);
      if (side < 1 || size > LARGEST) {
        throw new WrongContent(
            "an IDX file holds 1 to %d bytes, found dimensions of %s and %d"
                .formatted(LARGEST, shape, side));
      }
      shape.add(side);
    }
    // Not an array of that size at once: the header may lie.
    byte[] values = in.readNBytes((int) size);
    if (values.length < size) {
      throw new EOFException();
    }
    if (in.read() >= 0) {
      throw new WrongContent(
          "an IDX file ends after its last byte, found more than dimensions of %s hold"
              .formatted(shape));
    }
    return new IdxFile(List.copyOf(shape), values);
  }
}
