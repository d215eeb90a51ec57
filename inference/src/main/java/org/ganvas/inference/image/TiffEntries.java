package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** One image file directory (TIFF 6.0, section 2) that is to be written. */
final class TiffEntries {
  static final int HEADER_BYTES = 8;
  static final int ENTRY_LENGTH = 12;
  private static final int FRACTION_DENOMINATOR = 1000;

  private final ByteOrder order;
  private final SortedMap<Integer, Entry> entries = new TreeMap<>();

  /** What an entry says. */
  private sealed interface Entry {}

  /** Values as bytes, in the order of the file. */
  @SuppressWarnings("ArrayRecordComponent") // Entries are neither compared nor handed out.
  private record Values(int type, int count, byte[] bytes) implements Entry {}

  /** Another directory. */
  private record Sub(TiffEntries entries) implements Entry {}

  TiffEntries(ByteOrder order) {
    this.order = order;
  }

  /** What a TIFF or EXIF block begins with. */
  static byte[] header(ByteOrder order, long directory) {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(order)
        .putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D))
        .putShort((short) 42)
        .putInt((int) directory)
        .array();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  ByteOrder order() {
    return order;
  }

  void putShorts(int tag, int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(order);
    Arrays.stream(values).forEach(value -> bytes.putShort((short) value));
    put(tag, TiffDirectory.SHORT, values.length, bytes.array());
  }

  void putLongs(int tag, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
    Arrays.stream(values).forEach(value -> bytes.putInt((int) value));
    put(tag, TiffDirectory.LONG, values.length, bytes.array());
  }

  void putBytes(int tag, byte[] values) {
    put(tag, TiffDirectory.BYTE, values.length, values);
  }

  /** A number from 0 to a million, to three places. */
  void putFraction(int tag, double value) {
    byte[] bytes =
        ByteBuffer.allocate(8)
            .order(order)
            .putInt((int) Math.max(1, Math.round(value * FRACTION_DENOMINATOR)))
            .putInt(FRACTION_DENOMINATOR)
            .array();
    put(tag, TiffDirectory.RATIONAL, 1, bytes);
  }

  /** Values of any type, in the order of the file. */
  void put(int tag, int type, int count, byte[] values) {
    entries.put(tag, new Values(type, count, values));
  }

  void putSub(int tag, TiffEntries sub) {
    entries.put(tag, new Sub(sub));
  }

  /** The directory as it stands at this place of a file, with all that it points to behind it. */
  byte[] at(long offset) {
    ByteBuffer table =
        ByteBuffer.allocate(2 + ENTRY_LENGTH * entries.size() + 4) // no directory follows
            .order(order)
            .putShort((short) entries.size());
    ByteArrayOutputStream behind = new ByteArrayOutputStream();
    entries.forEach(
        (tag, entry) -> {
          long place = offset + table.capacity() + behind.size();
          if (entry instanceof Values values) {
            table.putShort((short) (int) tag).putShort((short) values.type).putInt(values.count);
            if (values.bytes.length <= 4) {
              table.put(Arrays.copyOf(values.bytes, 4));
              return;
            }
            behind.writeBytes(values.bytes);
          } else if (entry instanceof Sub sub) {
            table.putShort((short) (int) tag).putShort((short) TiffDirectory.LONG).putInt(1);
            behind.writeBytes(sub.entries.at(place));
          }
          table.putInt((int) place);
          if (behind.size() % 2 == 1) {
            behind.write(0); // values begin on a word
          }
        });
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(table.array());
    all.writeBytes(behind.toByteArray());
    return all.toByteArray();
  }
}
