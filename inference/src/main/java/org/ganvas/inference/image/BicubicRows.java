package org.ganvas.inference.image;

import java.io.IOException;
import java.util.Arrays;

/**
 * A picture resampled by {@link Bicubic} while its rows are read, holding only as many source rows
 * as the kernel covers. Colours count by their alpha, so that what is transparent doesn't bleed
 * into what is not; where nothing is left visible, colours are 0.
 */
public final class BicubicRows implements PictureRows {
  private final PictureRows source;
  private final Bicubic.Weights horizontal;
  private final Bicubic.Weights vertical;

  /** The last source rows read, row y at y modulo their number; colours multiplied by alpha. */
  private final float[][] window;

  private final short[] sourceRow;
  private final float[] combined;
  private final float[] resampled;
  private int rowsRead;

  /**
   * Resamples {@code source} to {@code width} by {@code height} pixels; its rows are read as rows
   * of this picture are asked for.
   */
  public BicubicRows(PictureRows source, int width, int height) {
    this.source = source;
    horizontal = Bicubic.Weights.of(source.width(), width);
    vertical = Bicubic.Weights.of(source.height(), height);
    int channels = source.layout().channels();
    int sourceLength = Math.multiplyExact(source.width(), channels);
    window = new float[vertical.taps()][sourceLength];
    sourceRow = new short[sourceLength];
    combined = new float[sourceLength];
    resampled = new float[Math.multiplyExact(width, channels)];
  }

  @Override
  public int width() {
    return horizontal.outputs();
  }

  @Override
  public int height() {
    return vertical.outputs();
  }

  @Override
  public PixelLayout layout() {
    return source.layout();
  }

  @Override
  public int bitDepth() {
    return source.bitDepth();
  }

  @Override
  public void readRow(int y, short[] samples) throws IOException {
    int first = vertical.first(y);
    if (rowsRead > first + vertical.taps()) {
      throw new IllegalStateException(
          "rows are read from the top to the bottom, found row %d after a later one".formatted(y));
    }
    while (rowsRead < first + vertical.taps()) {
      source.readRow(rowsRead, sourceRow);
      load(window[rowsRead % window.length]);
      rowsRead++;
    }
    Arrays.fill(combined, 0);
    for (int tap = 0; tap < vertical.taps(); tap++) {
      float[] row = window[(first + tap) % window.length];
      Bicubic.addScaled(row, 0, vertical.factor(y, tap), combined);
    }
    horizontal.combine(combined, layout().channels(), resampled, 0);
    store(samples);
  }

  /** Fills a row of the window from the row just read. */
  private void load(float[] row) {
    int channels = layout().channels();
    for (int i = 0; i < row.length; i++) {
      row[i] = Short.toUnsignedInt(sourceRow[i]);
    }
    if (layout().hasAlpha()) {
      float largest = (1 << bitDepth()) - 1;
      for (int pixel = 0; pixel < row.length; pixel += channels) {
        float alpha = row[pixel + channels - 1] / largest;
        for (int channel = 0; channel < channels - 1; channel++) {
          row[pixel + channel] *= alpha;
        }
      }
    }
  }

  /** Writes the resampled row as samples: colours divided by alpha again, rounded, clipped. */
  private void store(short[] samples) {
    int channels = layout().channels();
    float largest = (1 << bitDepth()) - 1;
    if (layout().hasAlpha()) {
      for (int pixel = 0; pixel < resampled.length; pixel += channels) {
        float alpha = resampled[pixel + channels - 1] / largest;
        // Less than half a step of alpha is stored as fully transparent: nothing to divide by.
        float factor = alpha * largest < 0.5f ? 0 : 1 / alpha;
        for (int channel = 0; channel < channels - 1; channel++) {
          resampled[pixel + channel] *= factor;
        }
      }
    }
    for (int i = 0; i < resampled.length; i++) {
      float clipped = Math.max(0, Math.min(resampled[i], largest));
      samples[i] = (short) (int) (clipped + 0.5f);
    }
  }
}
