package org.ganvas.inference.image;

/**
 * The strips or tiles that hold a TIFF's pixels, counted as the reader does: a strip is a tile as
 * wide as the picture.
 */
final class TiffStrips {
  private static final int UNCOMPRESSED = 1;
  private static final int YCBCR = 6;
  private static final int PLANES = 2;

  private final boolean tiled;
  private final long[] offsets;
  private final long[] lengths;

  /** Whether lengths follow from sizes: differences of colour are stored for several pixels. */
  private final boolean plain;

  private final long height;
  private final long rows;
  private final long across;
  private final long down;
  private final long rowBytes;

  TiffStrips(TiffDirectory directory) {
    this.tiled = directory.count(TiffDirectory.TILE_OFFSETS) > 0;
    this.offsets =
        directory.numbers(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS);
    this.lengths =
        directory.numbers(tiled ? TiffDirectory.TILE_BYTE_COUNTS : TiffDirectory.STRIP_BYTE_COUNTS);
    this.plain =
        directory.number(TiffDirectory.COMPRESSION, UNCOMPRESSED) == UNCOMPRESSED
            && directory.number(TiffDirectory.PHOTOMETRIC, 0) != YCBCR;
    long width = directory.number(TiffDirectory.IMAGE_WIDTH, 0);
    this.height = directory.number(TiffDirectory.IMAGE_LENGTH, 0);
    long rowsPerStrip = directory.number(TiffDirectory.ROWS_PER_STRIP, height);
    long columns = directory.number(TiffDirectory.TILE_WIDTH, width);
    this.rows = directory.number(TiffDirectory.TILE_LENGTH, Math.min(rowsPerStrip, height));
    this.across = up(width, columns);
    this.down = up(height, rows);
    boolean planes = directory.number(TiffDirectory.PLANAR_CONFIGURATION, 1) == PLANES;
    long samples = planes ? 1 : directory.number(TiffDirectory.SAMPLES_PER_PIXEL, 1);
    long bits = directory.number(TiffDirectory.BITS_PER_SAMPLE, 1);
    this.rowBytes = up(Math.multiplyExact(Math.multiplyExact(columns, samples), bits), 8);
  }

  /**
   * Refuses what is not wholly there: the reader paints what is missing black, or takes what stands
   * behind it for pixels.
   */
  void requireWhole(int fileLength) throws ImageRefusedException {
    for (int i = 0; i < offsets.length; i++) {
      long needed = plain ? plainBytes(i) : 0;
      long stated = i < lengths.length && lengths[i] > 0 ? lengths[i] : needed;
      if (stated < needed) {
        throw ImageRefusedException.truncated(
            "a TIFF's strips hold all of their rows, found one of %,d bytes instead of %,d"
                .formatted(stated, needed));
      }
      if (offsets[i] < 0 || offsets[i] > fileLength - stated) {
        throw ImageRefusedException.truncated(
            "a TIFF's strips lie within the file, found one that ends at byte %,d of %,d"
                .formatted(offsets[i] + stated, fileLength));
      }
    }
  }

  private long plainBytes(int index) {
    long rowsAbove = index % (across * down) / across * rows;
    return Math.multiplyExact(tiled ? rows : Math.min(rows, height - rowsAbove), rowBytes);
  }

  private static long up(long value, long divisor) {
    return value / divisor + (value % divisor == 0 ? 0 : 1);
  }
}
