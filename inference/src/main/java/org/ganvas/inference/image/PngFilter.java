package org.ganvas.inference.image;

/**
 * The filters of PNG (specification, section 9): each byte is replaced by its difference from what
 * its neighbours suggest. The filter with the smallest sum of differences is taken (12.7).
 */
final class PngFilter {
  private static final int SUB = 1;
  private static final int UP = 2;
  private static final int PAETH = 4;

  private final int pixelBytes;
  private byte[] above;
  private byte[] current;
  private final byte[] sub;
  private final byte[] up;
  private final byte[] paeth;

  /**
   * A filter for the rows of one picture, from the top.
   *
   * @param rowBytes bytes per row
   * @param pixelBytes bytes per pixel
   */
  PngFilter(int rowBytes, int pixelBytes) {
    this.pixelBytes = pixelBytes;
    this.above = new byte[rowBytes];
    this.current = new byte[rowBytes];
    this.sub = filtered(rowBytes, SUB);
    this.up = filtered(rowBytes, UP);
    this.paeth = filtered(rowBytes, PAETH);
  }

  /** The next row's filter type and filtered bytes; overwritten by the next call. */
  byte[] filter(short[] samples, int bitDepth) {
    byte[] free = above;
    above = current;
    current = free;
    toBytes(samples, bitDepth, current);
    int subSum = filterSub();
    int upSum = filterUp();
    int paethSum = filterPaeth();
    if (paethSum < subSum && paethSum < upSum) {
      return paeth;
    }
    return upSum < subSum ? up : sub;
  }

  private static byte[] filtered(int rowBytes, int type) {
    byte[] row = new byte[Math.addExact(rowBytes, 1)];
    row[0] = (byte) type;
    return row;
  }

  private static void toBytes(short[] samples, int bitDepth, byte[] bytes) {
    if (bitDepth == 8) {
      for (int i = 0; i < samples.length; i++) {
        bytes[i] = (byte) samples[i];
      }
    } else {
      for (int i = 0; i < samples.length; i++) {
        bytes[2 * i] = (byte) (samples[i] >> 8);
        bytes[2 * i + 1] = (byte) samples[i];
      }
    }
  }

  private int filterSub() {
    int sum = 0;
    for (int i = 0; i < current.length; i++) {
      byte left = i < pixelBytes ? 0 : current[i - pixelBytes];
      byte difference = (byte) (current[i] - left);
      sub[i + 1] = difference;
      sum += Math.abs(difference);
    }
    return sum;
  }

  private int filterUp() {
    int sum = 0;
    for (int i = 0; i < current.length; i++) {
      byte difference = (byte) (current[i] - above[i]);
      up[i + 1] = difference;
      sum += Math.abs(difference);
    }
    return sum;
  }

  private int filterPaeth() {
    int sum = 0;
    for (int i = 0; i < current.length; i++) {
      boolean first = i < pixelBytes;
      int left = first ? 0 : current[i - pixelBytes] & 0xFF;
      int corner = first ? 0 : above[i - pixelBytes] & 0xFF;
      byte difference = (byte) (current[i] - predicted(left, above[i] & 0xFF, corner));
      paeth[i + 1] = difference;
      sum += Math.abs(difference);
    }
    return sum;
  }

  /** The neighbour that is nearest to {@code left + top - corner}. */
  private static int predicted(int left, int top, int corner) {
    int toLeft = Math.abs(top - corner);
    int toTop = Math.abs(left - corner);
    int toCorner = Math.abs(left + top - 2 * corner);
    if (toLeft <= toTop && toLeft <= toCorner) {
      return left;
    }
    return toTop <= toCorner ? top : corner;
  }
}
