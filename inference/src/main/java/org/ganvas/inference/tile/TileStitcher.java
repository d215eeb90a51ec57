package org.ganvas.inference.tile;

import java.io.IOException;
import java.util.List;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;

/**
 * The picture that the tiles of a grid make, computed one row of tiles at a time while its rows are
 * read, so that no more than that is ever held.
 */
public final class TileStitcher implements PictureRows {
  // ITU-R BT.601, what the grey of an RGB picture commonly is.
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private final TileGrid grid;
  private final Shape shape;
  private final TileComputer computer;
  private short[] strip = new short[0];
  private int nextStrip;
  private int top;
  private int bottom;

  /**
   * What the result is like.
   *
   * @param width pixels per row; what the tiles reach beyond it is cut off
   * @param height rows; likewise
   * @param scale pixels of the result per pixel of the grid along one side
   * @param layout {@link PixelLayout#GRAY} (the luma of what the tiles give) or {@link
   *     PixelLayout#RGB}
   * @param bitDepth 8 or 16
   */
  public record Shape(int width, int height, int scale, PixelLayout layout, int bitDepth) {
    public Shape {
      if (layout.hasAlpha()) {
        throw new IllegalArgumentException("tiles have no alpha, found " + layout);
      }
    }
  }

  public TileStitcher(TileGrid grid, Shape shape, TileComputer computer) {
    this.grid = grid;
    this.shape = shape;
    this.computer = computer;
  }

  @Override
  public int width() {
    return shape.width;
  }

  @Override
  public int height() {
    return shape.height;
  }

  @Override
  public PixelLayout layout() {
    return shape.layout;
  }

  @Override
  public int bitDepth() {
    return shape.bitDepth;
  }

  @Override
  public void readRow(int y, short[] samples) throws IOException {
    if (y < top || y >= shape.height) {
      throw new IllegalArgumentException(
          "rows are read once each, in increasing order up to %d, found row %d"
              .formatted(shape.height - 1, y));
    }
    while (y >= bottom) {
      computeStrip();
    }
    int length = shape.width * shape.layout.channels();
    System.arraycopy(strip, (y - top) * length, samples, 0, length);
  }

  private void computeStrip() throws IOException {
    List<Tile> tiles = grid.strip(nextStrip);
    Rectangle first = tiles.get(0).inner().times(shape.scale);
    int size = Math.multiplyExact(first.height() * shape.layout.channels(), shape.width);
    strip = strip.length == size ? strip : new short[size];
    top = first.top();
    for (Tile tile : tiles) {
      FloatPlanes planes = computer.compute(tile.source());
      paste(planes, tile.source().times(shape.scale), tile.inner().times(shape.scale));
    }
    bottom = first.bottom();
    nextStrip++;
  }

  /** Rounds the inner part of a tile into the strip. */
  private void paste(FloatPlanes planes, Rectangle source, Rectangle inner) throws IOException {
    if (planes.width() != source.width() || planes.height() != source.height()) {
      throw new IOException(
          "the model must enlarge a tile to %dx%d, found %dx%d; its card does not describe it"
              .formatted(source.width(), source.height(), planes.width(), planes.height()));
    }
    int columns = Math.max(0, Math.min(inner.right(), shape.width) - inner.left());
    for (int y = inner.top(); y < inner.bottom(); y++) {
      int from = (y - source.top()) * source.width() + inner.left() - source.left();
      int to = ((y - top) * shape.width + inner.left()) * shape.layout.channels();
      if (shape.layout == PixelLayout.GRAY) {
        pasteGray(planes, from, to, columns);
      } else {
        pasteColors(planes, from, to, columns);
      }
    }
  }

  private void pasteColors(FloatPlanes planes, int from, int to, int count) throws IOException {
    float[] values = planes.values();
    int plane = planes.width() * planes.height();
    for (int channel = 0; channel < 3; channel++) {
      int index = from + channel * plane;
      for (int i = 0; i < count; i++) {
        strip[to + 3 * i + channel] = sample(values[index + i]);
      }
    }
  }

  private void pasteGray(FloatPlanes planes, int from, int to, int count) throws IOException {
    float[] values = planes.values();
    int plane = planes.width() * planes.height();
    for (int i = from; i < from + count; i++) {
      float luma = RED * values[i] + GREEN * values[i + plane] + BLUE * values[i + 2 * plane];
      strip[to + i - from] = sample(luma);
    }
  }

  private short sample(float value) throws IOException {
    if (Float.isNaN(value)) {
      throw new IOException("the model must give numbers, found NaN; try --precision float32");
    }
    int largest = (1 << shape.bitDepth) - 1;
    return (short) (int) (Math.max(0, Math.min(value, 1)) * largest + 0.5f);
  }
}
