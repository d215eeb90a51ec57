package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

/** A picture that exists nowhere; it insists on being asked for its rows once each and in order. */
final class SyntheticRows implements PictureRows {
  private final int width;
  private final int height;
  private final PixelLayout layout;
  private int next;

  SyntheticRows(int width, int height, PixelLayout layout) {
    this.width = width;
    this.height = height;
    this.layout = layout;
  }

  /** How many rows have been asked for. */
  int asked() {
    return next;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public PixelLayout layout() {
    return layout;
  }

  @Override
  public int bitDepth() {
    return 8;
  }

  @Override
  public void readRow(int y, short[] samples) {
    assertThat(y).isEqualTo(next++);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) ((i * 0x9E3779B1 ^ y * 0x85EBCA6B) * 0xC2B2AE35 >>> 24);
    }
  }
}
