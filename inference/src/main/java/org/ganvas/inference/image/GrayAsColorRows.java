package org.ganvas.inference.image;

import java.io.IOException;

/** Rows of grey as rows of colour: the same value in all three channels. */
final class GrayAsColorRows implements PictureRows {
  private final PictureRows gray;
  private final short[] samples;

  private GrayAsColorRows(PictureRows gray) {
    this.gray = gray;
    this.samples = new short[gray.width() * gray.layout().channels()];
  }

  /** The same rows if they have colour, else these. */
  static PictureRows of(PictureRows rows) {
    return rows.layout().colorChannels() == 1 ? new GrayAsColorRows(rows) : rows;
  }

  @Override
  public int width() {
    return gray.width();
  }

  @Override
  public int height() {
    return gray.height();
  }

  @Override
  public PixelLayout layout() {
    return PixelLayout.of(false, gray.layout().hasAlpha());
  }

  @Override
  public int bitDepth() {
    return gray.bitDepth();
  }

  @Override
  public void readRow(int y, short[] colors) throws IOException {
    gray.readRow(y, samples);
    int from = gray.layout().channels();
    int to = layout().channels();
    for (int x = 0; x < width(); x++) {
      for (int c = 0; c < to; c++) {
        colors[x * to + c] = samples[x * from + (c < 3 ? 0 : 1)];
      }
    }
  }
}
