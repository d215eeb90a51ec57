package org.ganvas.inference.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One image file directory (TIFF 6.0, section 2) of a TIFF file or an EXIF block. Entries that
 * point out of the bytes are left out, so whatever is found can be read.
 */
final class TiffDirectory {
  static final int NEW_SUBFILE_TYPE = 0xFE;
  static final int IMAGE_WIDTH = 0x100;
  static final int IMAGE_LENGTH = 0x101;
  static final int BITS_PER_SAMPLE = 0x102;
  static final int COMPRESSION = 0x103;
  static final int PHOTOMETRIC = 0x106;
  static final int STRIP_OFFSETS = 0x111;
  static final int ORIENTATION = 0x112;
  static final int SAMPLES_PER_PIXEL = 0x115;
  static final int ROWS_PER_STRIP = 0x116;
  static final int STRIP_BYTE_COUNTS = 0x117;
  static final int X_RESOLUTION = 0x11A;
  static final int Y_RESOLUTION = 0x11B;
  static final int PLANAR_CONFIGURATION = 0x11C;
  static final int RESOLUTION_UNIT = 0x128;
  static final int PREDICTOR = 0x13D;
  static final int TILE_WIDTH = 0x142;
  static final int TILE_LENGTH = 0x143;
  static final int TILE_OFFSETS = 0x144;
  static final int TILE_BYTE_COUNTS = 0x145;
  static final int SUB_DIRECTORIES = 0x14A;
  static final int EXTRA_SAMPLES = 0x152;
  static final int SAMPLE_FORMAT = 0x153;
  static final int THUMBNAIL_OFFSET = 0x201;
  static final int THUMBNAIL_LENGTH = 0x202;
  static final int XMP = 0x2BC;
  static final int IPTC = 0x83BB;
  static final int EXIF_DIRECTORY = 0x8769;
  static final int ICC_PROFILE = 0x8773;
  static final int GPS_DIRECTORY = 0x8825;
  static final int COLOR_SPACE = 0xA001;
  static final int PIXEL_X_DIMENSION = 0xA002;
  static final int PIXEL_Y_DIMENSION = 0xA003;
  static final int INTEROPERABILITY_DIRECTORY = 0xA005;

  /** In the interoperability directory: which rule of the camera file system a file follows. */
  static final int INTEROPERABILITY_INDEX = 1;

  static final int BYTE = 1;
  static final int ASCII = 2;
  static final int SHORT = 3;
  static final int LONG = 4;
  static final int RATIONAL = 5;

  private static final int IFD = 13;
  private static final int ENTRY_LENGTH = 12;

  /** Bytes per value of the types 0 (not a type) to 13. */
  private static final int[] TYPE_LENGTHS = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

  /** Where an entry is, and where its values are. */
  private record Entry(int position, int type, int count, int values) {}

  private final ByteBuffer bytes;
  private final Map<Integer, Entry> entries = new HashMap<>();
  private final int nextPosition;

  private TiffDirectory(ByteBuffer bytes, int offset) {
    this.bytes = bytes;
    int count = Short.toUnsignedInt(bytes.getShort(offset));
    this.nextPosition = offset + 2 + count * ENTRY_LENGTH;
    for (int i = 0; i < count; i++) {
      readEntry(offset + 2 + i * ENTRY_LENGTH);
    }
  }

  /** The first directory of bytes that begin with a TIFF header, or null if there is none. */
  static @Nullable TiffDirectory first(byte[] tiff) {
    if (tiff.length < 8) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(tiff);
    int mark = bytes.getShort(0);
    if (mark != 0x4949 && mark != 0x4D4D) {
      return null;
    }
    bytes.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    return bytes.getShort(2) == 42 ? at(bytes, unsigned(bytes, 4)) : null;
  }

  /** The directory after this one, such as the thumbnail's, or null. */
  @Nullable TiffDirectory next() {
    if (nextPosition + 4 > bytes.capacity()) {
      return null;
    }
    return at(bytes, unsigned(bytes, nextPosition));
  }

  /** The directory that an entry points to, or null. */
  @Nullable TiffDirectory sub(int tag) {
    return at(bytes, number(tag, 0));
  }

  /** The order of the bytes of numbers. */
  ByteOrder order() {
    return bytes.order();
  }

  /** The tags of all entries that can be read. */
  Set<Integer> tags() {
    return entries.keySet();
  }

  /** The type of an entry's values; 0 if it is missing. */
  int type(int tag) {
    Entry entry = entries.get(tag);
    return entry == null ? 0 : entry.type;
  }

  /** How many values an entry has; 0 if it is missing. */
  int count(int tag) {
    Entry entry = entries.get(tag);
    return entry == null ? 0 : entry.count;
  }

  /** How many bytes an entry's values take; 0 if it is missing. */
  int byteCount(int tag) {
    return count(tag) * TYPE_LENGTHS[type(tag)];
  }

  /** The first value of an integer entry, or {@code otherwise}. */
  long number(int tag, long otherwise) {
    long[] values = numbers(tag);
    return values.length == 0 ? otherwise : values[0];
  }

  /** All values of an integer entry; none if it is missing or not of integers. */
  long[] numbers(int tag) {
    Entry entry = entries.get(tag);
    if (entry == null || (entry.type != SHORT && entry.type != LONG && entry.type != IFD)) {
      return new long[0];
    }
    long[] values = new long[entry.count];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          entry.type == SHORT
              ? Short.toUnsignedInt(bytes.getShort(entry.values + 2 * i))
              : unsigned(bytes, entry.values + 4 * i);
    }
    return values;
  }

  /** The first value of an entry of fractions; not a number if there is none. */
  double fraction(int tag) {
    Entry entry = entries.get(tag);
    if (entry == null || entry.type != RATIONAL || entry.count == 0) {
      return Double.NaN;
    }
    return (double) unsigned(bytes, entry.values) / unsigned(bytes, entry.values + 4);
  }

  /** The raw bytes of an entry's values, or null if it is missing. */
  byte @Nullable [] data(int tag) {
    Entry entry = entries.get(tag);
    if (entry == null) {
      return null;
    }
    byte[] data = new byte[byteCount(tag)];
    bytes.get(entry.values, data);
    return data;
  }

  /** Overwrites the first value of an integer entry; does nothing if there is none. */
  void replace(int tag, int value) {
    Entry entry = entries.get(tag);
    if (entry == null || entry.count == 0 || numbers(tag).length == 0) {
      return;
    }
    if (entry.type != SHORT) {
      bytes.putInt(entry.values, value);
    } else if (value < 1 << 16) {
      bytes.putShort(entry.values, (short) value);
    } else if (entry.count == 1) {
      bytes.putShort(entry.position + 2, (short) LONG);
      bytes.putInt(entry.position + 8, value);
    }
  }

  /** Overwrites a text by one that is as long; does nothing if there is none. */
  void replace(int tag, String text) {
    byte[] ascii = (text + "\0").getBytes(StandardCharsets.US_ASCII);
    Entry entry = entries.get(tag);
    if (entry != null && entry.type == ASCII && entry.count == ascii.length) {
      bytes.put(entry.values, ascii);
    }
  }

  /** Makes this the last directory of the chain. */
  void cutChain() {
    if (nextPosition + 4 <= bytes.capacity()) {
      bytes.putInt(nextPosition, 0);
    }
  }

  private static @Nullable TiffDirectory at(ByteBuffer bytes, long offset) {
    return offset < 8 || offset + 2 > bytes.capacity()
        ? null
        : new TiffDirectory(bytes, (int) offset);
  }

  private void readEntry(int position) {
    if (position + ENTRY_LENGTH > bytes.capacity()) {
      return;
    }
    int tag = Short.toUnsignedInt(bytes.getShort(position));
    int type = Short.toUnsignedInt(bytes.getShort(position + 2));
    long count = unsigned(bytes, position + 4);
    if (type == 0 || type >= TYPE_LENGTHS.length) {
      return;
    }
    long length = count * TYPE_LENGTHS[type];
    long values = length <= 4 ? position + 8 : unsigned(bytes, position + 8);
    if (values + length <= bytes.capacity()) {
      entries.put(tag, new Entry(position, type, (int) count, (int) values));
    }
  }

  private static long unsigned(ByteBuffer bytes, int position) {
    return Integer.toUnsignedLong(bytes.getInt(position));
  }
}
