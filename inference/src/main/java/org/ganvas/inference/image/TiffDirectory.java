package org.ganvas.inference.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One image file directory (TIFF 6.0, section 2) of a TIFF file, which may be a BigTIFF with
 * numbers of twice the width, or of an EXIF block. Entries that point out of the bytes are left
 * out, so whatever is found can be read.
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
  static final int LONG8 = 16;
  private static final int IFD8 = 18;

  /** Bytes per value of the types 0 to 18, of which some are not types; from 16 on of BigTIFF. */
  private static final int[] TYPE_LENGTHS = {
    0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8
  };

  /** How wide the numbers are that make up a directory. */
  private enum Layout {
    CLASSIC(2, 4),
    BIG(8, 8);

    private final int countLength;
    private final int offsetLength;

    Layout(int countLength, int offsetLength) {
      this.countLength = countLength;
      this.offsetLength = offsetLength;
    }

    /** Tag, type, number of values, values or where they are. */
    int entryLength() {
      return 4 + 2 * offsetLength;
    }

    long count(ByteBuffer bytes, int position) {
      return this == BIG ? bytes.getLong(position) : Short.toUnsignedInt(bytes.getShort(position));
    }

    long offset(ByteBuffer bytes, int position) {
      return this == BIG ? bytes.getLong(position) : unsigned(bytes, position);
    }
  }

  /** Where an entry is, and where its values are. */
  private record Entry(int position, int type, int count, int values) {}

  private final ByteBuffer bytes;
  private final Layout layout;
  private final Map<Integer, Entry> entries = new HashMap<>();
  private final int nextPosition;

  private TiffDirectory(ByteBuffer bytes, int offset, Layout layout) {
    this.bytes = bytes;
    this.layout = layout;
    int start = offset + layout.countLength;
    int most = (bytes.capacity() - start) / layout.entryLength() + 1;
    int count = (int) Math.max(0, Math.min(layout.count(bytes, offset), most));
    this.nextPosition = start + count * layout.entryLength();
    for (int i = 0; i < count; i++) {
      readEntry(start + i * layout.entryLength());
    }
  }

  /** The first directory of an EXIF block, or null if the bytes do not begin with its header. */
  static @Nullable TiffDirectory first(byte[] block) {
    ByteBuffer bytes = ordered(block);
    return version(bytes) == 42 ? at(bytes, unsigned(bytes, 4), Layout.CLASSIC) : null;
  }

  /** The first directory of a file, or null if the bytes do not begin with the header of one. */
  static @Nullable TiffDirectory ofFile(byte[] tiff) {
    ByteBuffer bytes = ordered(tiff);
    return version(bytes) == 43 && tiff.length >= 16
        ? at(bytes, bytes.getLong(8), Layout.BIG)
        : first(tiff);
  }

  private static ByteBuffer ordered(byte[] tiff) {
    boolean little = tiff.length > 0 && tiff[0] == 'I';
    return ByteBuffer.wrap(tiff).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  /** The number behind the mark of the order, or 0 if there is no mark. */
  private static int version(ByteBuffer bytes) {
    int mark = bytes.capacity() < 8 ? 0 : bytes.getShort(0);
    return mark == 0x4949 || mark == 0x4D4D ? bytes.getShort(2) : 0;
  }

  /** The directory after this one, such as the thumbnail's, or null. */
  @Nullable TiffDirectory next() {
    if (nextPosition + layout.offsetLength > bytes.capacity()) {
      return null;
    }
    return at(bytes, layout.offset(bytes, nextPosition), layout);
  }

  /** The directory that an entry points to, or null. */
  @Nullable TiffDirectory sub(int tag) {
    return at(bytes, number(tag, 0), layout);
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
    if (entry == null) {
      return new long[0];
    }
    int at = entry.values;
    return switch (entry.type) {
      case SHORT -> numbers(entry, i -> Short.toUnsignedInt(bytes.getShort(at + 2 * i)));
      case LONG, IFD -> numbers(entry, i -> unsigned(bytes, at + 4 * i));
      case LONG8, IFD8 -> numbers(entry, i -> bytes.getLong(at + 8 * i));
      default -> new long[0];
    };
  }

  private static long[] numbers(Entry entry, IntToLongFunction value) {
    long[] values = new long[entry.count];
    Arrays.setAll(values, value);
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

  private static @Nullable TiffDirectory at(ByteBuffer bytes, long offset, Layout layout) {
    return offset < 8 || offset > bytes.capacity() - layout.countLength
        ? null
        : new TiffDirectory(bytes, (int) offset, layout);
  }

  private void readEntry(int position) {
    if (position + layout.entryLength() > bytes.capacity()) {
      return;
    }
    int tag = Short.toUnsignedInt(bytes.getShort(position));
    int type = Short.toUnsignedInt(bytes.getShort(position + 2));
    long count = layout.offset(bytes, position + 4);
    boolean known = type < TYPE_LENGTHS.length && TYPE_LENGTHS[type] > 0;
    if (!known || count < 0 || count > bytes.capacity()) {
      return;
    }
    long length = count * TYPE_LENGTHS[type];
    int own = position + 4 + layout.offsetLength;
    long values = length <= layout.offsetLength ? own : layout.offset(bytes, own);
    if (values >= 0 && values <= bytes.capacity() - length) {
      entries.put(tag, new Entry(position, type, (int) count, (int) values));
    }
  }

  private static long unsigned(ByteBuffer bytes, int position) {
    return Integer.toUnsignedLong(bytes.getInt(position));
  }
}
