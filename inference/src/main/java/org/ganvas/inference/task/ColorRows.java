package org.ganvas.inference.task;

import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;

/** A picture without its alpha. */
record ColorRows(Picture picture) implements PictureRows {
  @Override
  public int width() {
    return picture.width();
  }

  @Override
  public int height() {
    return picture.height();
  }

  @Override
  public PixelLayout layout() {
    return PixelLayout.of(picture.layout().colorChannels() == 1, false);
  }

  @Override
  public int bitDepth() {
    return picture.bitDepth();
  }

  @Override
  public void readRow(int y, short[] samples) {
    int channels = picture.layout().channels();
    int colors = layout().channels();
    int index = y * width() * channels;
    for (int x = 0; x < width(); x++) {
      System.arraycopy(picture.samples(), index + x * channels, samples, x * colors, colors);
    }
  }
}
