package org.ganvas.training.weights;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;

/**
 * The numbers and texts that a pickle is written in. What is cut short is a {@link
 * BufferUnderflowException}.
 */
final class PickleBytes {
  private final ByteBuffer bytes;

  /**
   * @param bytes whose position moves along
   */
  PickleBytes(ByteBuffer bytes) {
    this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  void skip(int count) {
    for (int i = 0; i < count; i++) {
      int unused = unsignedByte();
    }
  }

  int unsignedByte() {
    return Byte.toUnsignedInt(bytes.get());
  }

  int unsignedShort() {
    return Short.toUnsignedInt(bytes.getShort());
  }

  int int32() {
    return bytes.getInt();
  }

  /** The only number that is written with its largest byte first. */
  double float64() {
    return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
  }

  /** Two's complement of so many bytes; of none it is 0. */
  long longNumber(int length) {
    if (length > Long.BYTES) {
      throw new NoSuchElementException("no number of %d bytes is used".formatted(length));
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= Byte.toUnsignedLong(bytes.get()) << (8 * i);
    }
    int unused = Long.SIZE - 8 * length;
    return value << unused >> unused;
  }

  String text(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] text = new byte[length];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Up to the end of the line, which is left behind. */
  String line() {
    int start = bytes.position();
    while (bytes.get() != '\n') {
      // until the end of the line
    }
    int length = bytes.position() - start - 1;
    byte[] line = new byte[length];
    bytes.get(start, line);
    return new String(line, StandardCharsets.UTF_8);
  }
}
