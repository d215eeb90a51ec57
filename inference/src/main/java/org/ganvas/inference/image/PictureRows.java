package org.ganvas.inference.image;

import java.io.IOException;

/**
 * A picture that is handed over row by row, from the top to the bottom, so that nobody has to hold
 * it whole: the encoder asks, the producer computes.
 */
public interface PictureRows {
  /** Pixels per row, at least 1. */
  int width();

  /** Rows, at least 1. */
  int height();

  PixelLayout layout();

  /** 8 (samples 0 to 255) or 16 (samples 0 to 65535, as unsigned shorts). */
  int bitDepth();

  /**
   * Writes one row into {@code samples}: {@code width * layout.channels()} interleaved samples,
   * sRGB, alpha not premultiplied. Rows are asked for once each, in increasing order.
   *
   * @throws IOException if the row cannot be produced
   */
  void readRow(int y, short[] samples) throws IOException;
}
