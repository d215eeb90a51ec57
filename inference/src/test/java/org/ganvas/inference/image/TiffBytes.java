package org.ganvas.inference.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/** Makes small TIFF files that are not compressed. */
final class TiffBytes {
  private static final int HEADER_BYTES = 8;

  private TiffBytes() {}

  /** A little-endian file of 8-bit samples, grey or RGB by their number, in one strip. */
  static byte[] of(int width, int height, byte[] samples, Consumer<TiffEntries> more) {
    return of(new TiffEntries(ByteOrder.LITTLE_ENDIAN), width, height, samples, more);
  }

  /**
   * As {@link #of(int, int, byte[], Consumer)}, of any order.
   *
   * @param entries empty
   * @param more may replace what is said of the samples
   */
  static byte[] of(
      TiffEntries entries, int width, int height, byte[] samples, Consumer<TiffEntries> more) {
    int perPixel = samples.length / (width * height);
    int[] bits = new int[perPixel];
    Arrays.fill(bits, 8);
    entries.putLongs(TiffDirectory.IMAGE_WIDTH, width);
    entries.putLongs(TiffDirectory.IMAGE_LENGTH, height);
    entries.putShorts(TiffDirectory.BITS_PER_SAMPLE, bits);
    entries.putShorts(TiffDirectory.COMPRESSION, 1);
    entries.putShorts(TiffDirectory.PHOTOMETRIC, perPixel < 3 ? 1 : 2);
    entries.putLongs(TiffDirectory.STRIP_OFFSETS, HEADER_BYTES);
    entries.putShorts(TiffDirectory.SAMPLES_PER_PIXEL, perPixel);
    entries.putLongs(TiffDirectory.ROWS_PER_STRIP, height);
    entries.putLongs(TiffDirectory.STRIP_BYTE_COUNTS, samples.length);
    more.accept(entries);
    int place = HEADER_BYTES + samples.length + samples.length % 2;
    byte[] directory = entries.at(place);
    return ByteBuffer.allocate(place + directory.length)
        .order(entries.order())
        .putShort((short) (entries.order() == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D))
        .putShort((short) 42)
        .putInt(place)
        .put(samples)
        .put(place, directory)
        .array();
  }

  /** Where the first directory of a file in either order begins. */
  static int directory(byte[] file) {
    return ByteBuffer.wrap(file).order(order(file)).getInt(4);
  }

  /** Makes all entries of a directory say that their values are so many from the start on. */
  static void pointAllTo(byte[] file, long directory, int type, int count) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(order(file)).position((int) directory);
    for (int left = Short.toUnsignedInt(bytes.getShort()); left > 0; left--) {
      bytes.getShort(); // the tag stays
      bytes.putShort((short) type).putInt(count).putInt(HEADER_BYTES);
    }
  }

  private static ByteOrder order(byte[] file) {
    return file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }
}
