package org.ganvas.server.http;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes as they arrive; where their number is known before, they are held once only. */
final class BodyBuffer {
  private byte[] bytes;
  private int length;

  /**
   * @param expected how many bytes are expected; more are taken, too
   */
  BodyBuffer(int expected) {
    bytes = new byte[expected];
  }

  /** Takes all that is left in a buffer. */
  void append(ByteBuffer from) {
    int count = from.remaining();
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
    }
    from.get(bytes, length, count);
    length += count;
  }

  /** All bytes; not copied if there are as many as expected. */
  byte[] bytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }
}
