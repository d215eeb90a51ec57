package org.ganvas.inference.task;

import org.ganvas.inference.image.Luma;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;

/** The brightness of a picture, without its colours and its alpha. */
record GreyRows(Picture picture) implements PictureRows {
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
    return PixelLayout.GRAY;
  }

  @Override
  public int bitDepth() {
    return picture.bitDepth();
  }

  @Override
  public void readRow(int y, short[] samples) {
    for (int x = 0; x < width(); x++) {
      samples[x] = (short) (int) (Luma.of(picture, y * width() + x) + 0.5f);
    }
  }
}
