package org.ganvas.inference.image;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes one TIFF 6.0 as strips of differences (section 14), deflated (Adobe's technical notes of
 * 2002), holding one row of it. Where the directory lies is known last and stands first, so it
 * needs a file that it can go back in. Not with Java's own writer, which spoils strips that cannot
 * be compressed, nor with that of TwelveMonkeys, which makes one strip of everything.
 */
final class TiffWriter {
  private static final int STRIP_BYTES = 1 << 18;
  private static final int BUFFER_BYTES = 1 << 16;

  /** As for PNG. */
  private static final int COMPRESSION_LEVEL = 2;

  private static final int DEFLATE = 8;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  private static final int DIFFERENCES = 2;
  private static final int UNASSOCIATED_ALPHA = 2;
  private static final int INCH = 2;

  private final PictureRows rows;
  private final PhotoMetadata metadata;
  private final ByteOrder order;
  private final int rowsPerStrip;

  TiffWriter(PictureRows rows, PhotoMetadata metadata) {
    this.rows = rows;
    this.metadata = metadata;
    // The order of the EXIF block, whose values are copied as they are.
    this.order = metadata.exif() == null ? ByteOrder.LITTLE_ENDIAN : metadata.exif().order();
    this.rowsPerStrip = Math.max(1, Math.min(rows.height(), STRIP_BYTES / rowBytes()));
  }

  static void check(int width, int height, int pixelBytes) throws ImageRefusedException {
    long bytes = (long) width * height * pixelBytes;
    if (bytes > OutputFormat.Tiff.MAX_SAMPLE_BYTES) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.TOO_LARGE,
          "a TIFF has at most %,d bytes of samples, found %dx%d pixels of %d bytes; write PNG or scale less"
              .formatted(OutputFormat.Tiff.MAX_SAMPLE_BYTES, width, height, pixelBytes));
    }
  }

  /** Writes into an empty file. */
  void writeTo(Path path) throws IOException {
    try (Target file = new Target(path)) {
      file.write(TiffEntries.header(order, 0));
      long[] offsets = writeStrips(file);
      long directory = file.position() + (file.position() & 1); // it begins on a word
      file.seek(directory);
      file.write(entries(offsets).at(directory));
      file.seek(0);
      file.write(TiffEntries.header(order, directory));
    }
  }

  /** Where each strip begins, and the last one ends. */
  private long[] writeStrips(Target file) throws IOException {
    int strips = (rows.height() + rowsPerStrip - 1) / rowsPerStrip;
    long[] offsets = new long[strips + 1];
    offsets[0] = file.position();
    Deflater deflater = new Deflater(COMPRESSION_LEVEL);
    short[] samples = new short[rows.width() * rows.layout().channels()];
    ByteBuffer row = ByteBuffer.allocate(rowBytes()).order(order);
    try {
      for (int strip = 0; strip < strips; strip++) {
        DeflaterOutputStream out = new DeflaterOutputStream(file, deflater, BUFFER_BYTES);
        int end = Math.min(rows.height(), (strip + 1) * rowsPerStrip);
        for (int y = strip * rowsPerStrip; y < end; y++) {
          rows.readRow(y, samples);
          putDifferences(samples, row.clear());
          out.write(row.array());
        }
        out.finish();
        deflater.reset();
        offsets[strip + 1] = file.position();
      }
    } finally {
      deflater.end();
    }
    return offsets;
  }

  /** Each sample as its difference from that of the same channel to its left. */
  private void putDifferences(short[] samples, ByteBuffer row) {
    int channels = rows.layout().channels();
    for (int i = 0; i < samples.length; i++) {
      int difference = samples[i] - (i < channels ? 0 : samples[i - channels]);
      if (rows.bitDepth() == 16) {
        row.putShort((short) difference);
      } else {
        row.put((byte) difference);
      }
    }
  }

  private int rowBytes() {
    return Math.multiplyExact(rows.width(), rows.layout().channels() * rows.bitDepth() / 8);
  }

  private TiffEntries entries(long[] offsets) {
    PixelLayout layout = rows.layout();
    int strips = offsets.length - 1;
    long[] lengths = new long[strips];
    Arrays.setAll(lengths, strip -> offsets[strip + 1] - offsets[strip]);
    int[] bits = new int[layout.channels()];
    Arrays.fill(bits, rows.bitDepth());
    TiffEntries entries = new TiffEntries(order);
    if (metadata.exif() != null) {
      metadata.exif().copyTo(entries);
    }
    entries.putLongs(TiffDirectory.IMAGE_WIDTH, rows.width());
    entries.putLongs(TiffDirectory.IMAGE_LENGTH, rows.height());
    entries.putShorts(TiffDirectory.BITS_PER_SAMPLE, bits);
    entries.putShorts(TiffDirectory.COMPRESSION, DEFLATE);
    entries.putShorts(TiffDirectory.PHOTOMETRIC, layout.colorChannels() == 1 ? BLACK_IS_ZERO : RGB);
    entries.putLongs(TiffDirectory.STRIP_OFFSETS, Arrays.copyOf(offsets, strips));
    entries.putShorts(TiffDirectory.SAMPLES_PER_PIXEL, layout.channels());
    entries.putLongs(TiffDirectory.ROWS_PER_STRIP, rowsPerStrip);
    entries.putLongs(TiffDirectory.STRIP_BYTE_COUNTS, lengths);
    entries.putShorts(TiffDirectory.PREDICTOR, DIFFERENCES);
    if (layout.hasAlpha()) {
      entries.putShorts(TiffDirectory.EXTRA_SAMPLES, UNASSOCIATED_ALPHA);
    }
    Density density = metadata.density();
    if (density != null) {
      entries.putShorts(TiffDirectory.RESOLUTION_UNIT, INCH);
      entries.putFraction(TiffDirectory.X_RESOLUTION, density.x());
      entries.putFraction(TiffDirectory.Y_RESOLUTION, density.y());
    }
    if (metadata.xmp() != null) {
      entries.putBytes(TiffDirectory.XMP, metadata.xmp().getBytes(StandardCharsets.UTF_8));
    }
    if (metadata.iptc() != null) {
      // The type that all expect, though they are bytes.
      byte[] sets = metadata.iptc().bytes();
      int count = (sets.length + 3) / 4;
      entries.put(TiffDirectory.IPTC, TiffDirectory.LONG, count, Arrays.copyOf(sets, 4 * count));
    }
    return entries;
  }

  /** The file; tells its own failures from those of the rows. */
  private static final class Target extends OutputStream {
    private final RandomAccessFile file;

    Target(Path path) throws IOException {
      try {
        file = new RandomAccessFile(path.toFile(), "rw");
      } catch (IOException e) {
        throw ImageWriteException.of(e);
      }
    }

    long position() throws IOException {
      return file.getFilePointer();
    }

    void seek(long position) throws IOException {
      file.seek(position);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        file.write(bytes, offset, length);
      } catch (IOException e) {
        throw ImageWriteException.of(e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        file.close();
      } catch (IOException e) {
        throw ImageWriteException.of(e);
      }
    }
  }
}
