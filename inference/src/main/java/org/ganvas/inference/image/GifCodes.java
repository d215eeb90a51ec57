package org.ganvas.inference.image;

/** GIF's variable-length LZW codes (GIF89a specification, appendix F). */
final class GifCodes {
  private static final int MAX_CODE_BITS = 12;

  private final byte[] codes;
  private final byte[] indices;
  private final int[] prefixes = new int[1 << MAX_CODE_BITS];
  private final byte[] lasts = new byte[1 << MAX_CODE_BITS];
  private final int[] lengths = new int[1 << MAX_CODE_BITS];
  private long bitPosition;
  private int filled;

  private GifCodes(byte[] codes, int count) {
    this.codes = codes;
    this.indices = new byte[count];
  }

  /**
   * Decodes the indices of a frame.
   *
   * @param count how many there must be
   * @throws ImageRefusedException if there are fewer, or a code is used before it is defined
   */
  static byte[] decode(byte[] codes, int minCodeSize, int count) throws ImageRefusedException {
    if (minCodeSize < 1 || minCodeSize > 8) {
      throw ImageRefusedException.damaged(
          "a GIF's codes begin with 1 to 8 bits, found " + minCodeSize);
    }
    GifCodes decoder = new GifCodes(codes, count);
    decoder.run(minCodeSize);
    return decoder.indices;
  }

  private void run(int minCodeSize) throws ImageRefusedException {
    int clear = 1 << minCodeSize;
    for (int i = 0; i < clear; i++) {
      lasts[i] = (byte) i;
      lengths[i] = 1;
    }
    int next = clear + 2;
    int previous = -1;
    while (filled < indices.length) {
      int code = read(bits(next, minCodeSize, previous));
      if (code == clear) {
        next = clear + 2;
        previous = -1;
        continue;
      }
      boolean defined = code < clear || (code > clear + 1 && code < next);
      boolean definedByItself = code == next && previous >= 0;
      if (code == clear + 1 || (!defined && !definedByItself)) {
        throw ImageRefusedException.damaged(
            "a GIF frame of %,d pixels decodes without errors, found one after %,d"
                .formatted(indices.length, filled));
      }
      if (previous >= 0 && next < 1 << MAX_CODE_BITS) {
        prefixes[next] = previous;
        lengths[next] = lengths[previous] + 1;
        lasts[next] = first(defined ? code : previous);
        next++;
      }
      append(code);
      previous = code;
    }
  }

  /**
   * Bits of the next code: one more once the table, with the entry that it will add, has outgrown.
   */
  private static int bits(int next, int minCodeSize, int previous) {
    int upcoming = previous >= 0 ? next : next - 1;
    int bits = Math.max(minCodeSize + 1, 32 - Integer.numberOfLeadingZeros(upcoming));
    return Math.min(MAX_CODE_BITS, bits);
  }

  private int read(int count) throws ImageRefusedException {
    if (bitPosition + count > codes.length * 8L) {
      throw ImageRefusedException.truncated(
          "a GIF frame has %,d pixels, found %,d".formatted(indices.length, filled));
    }
    int value = 0;
    for (int i = 0; i < count; i++, bitPosition++) {
      value |= (codes[(int) (bitPosition >> 3)] >> (bitPosition & 7) & 1) << i;
    }
    return value;
  }

  private byte first(int code) {
    int at = code;
    while (lengths[at] > 1) {
      at = prefixes[at];
    }
    return lasts[at];
  }

  private void append(int code) {
    int at = code;
    for (int i = filled + lengths[code] - 1; i >= filled; i--, at = prefixes[at]) {
      if (i < indices.length) {
        indices[i] = lasts[at];
      }
    }
    filled = Math.min(indices.length, filled + lengths[code]);
  }
}
