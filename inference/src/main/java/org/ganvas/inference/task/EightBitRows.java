package org.ganvas.inference.task;

import java.io.IOException;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;

/** A picture of 16 bits per sample rounded to 8. */
record EightBitRows(PictureRows source) implements PictureRows {
  private static final int STEP = 0xFFFF / 0xFF;

  @Override
  public int width() {
    return source.width();
  }

  @Override
  public int height() {
    return source.height();
  }

  @Override
  public PixelLayout layout() {
    return source.layout();
  }

  @Override
  public int bitDepth() {
    return 8;
  }

  @Override
  public void readRow(int y, short[] samples) throws IOException {
    source.readRow(y, samples);
    int count = width() * layout().channels();
    for (int i = 0; i < count; i++) {
      samples[i] = (short) ((Short.toUnsignedInt(samples[i]) + STEP / 2) / STEP);
    }
  }
}
