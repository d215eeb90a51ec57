package org.ganvas.inference.image;

/** The colours that the pixels of a PNG or GIF point to. */
final class Palette {
  private static final int RGB = 3;

  private final byte[] entries;

  /** Of RGB entries, which are not copied. */
  Palette(byte[] entries) {
    this.entries = entries;
  }

  /** Whether a picture in these colours is grey. */
  boolean isGray() {
    for (int i = 0; i + 2 < entries.length; i += RGB) {
      if (entries[i] != entries[i + 1] || entries[i] != entries[i + 2]) {
        return false;
      }
    }
    return true;
  }

  /** Puts a colour at its place in a row; beyond the palette it is black, as libpng has it. */
  void lookUp(int index, PixelLayout layout, short[] row, int target) {
    for (int c = 0; c < layout.colorChannels(); c++) {
      int at = index * RGB + c;
      row[target + c] = at < entries.length ? (short) (entries[at] & 0xFF) : 0;
    }
  }
}
