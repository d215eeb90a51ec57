package org.ganvas.inference.tile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Luma;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;
import org.jspecify.annotations.Nullable;

/**
 * The picture that the tiles of a grid make, computed while its rows are read: one row of tiles is
 * read, the next one is being computed, and no more than these two are ever held.
 */
public final class TileStitcher implements PictureRows {
  private final TileGrid grid;
  private final Shape shape;
  private final TileComputer computer;
  private final Executor executor;
  private @Nullable Strip strip;
  private @Nullable Strip next;
  private int nextRow;

  /** The pixels of one row of tiles, and when they are all there. */
  private record Strip(int top, int bottom, short[] samples, CompletableFuture<Void> computed) {}

  /**
   * What the result is like.
   *
   * @param width pixels per row; what the tiles reach beyond it is cut off
   * @param height rows; likewise
   * @param scale pixels of the result per pixel of the grid along one side
   * @param layout {@link PixelLayout#GRAY} (the luma of what the tiles give, where that has three
   *     planes) or {@link PixelLayout#RGB}
   * @param bitDepth 8 or 16
   */
  public record Shape(int width, int height, int scale, PixelLayout layout, int bitDepth) {
    public Shape {
      if (layout.hasAlpha()) {
        throw new IllegalArgumentException("tiles have no alpha, found " + layout);
      }
    }
  }

  /**
   * @param executor runs the computer; several tiles at a time if it can
   */
  public TileStitcher(TileGrid grid, Shape shape, TileComputer computer, Executor executor) {
    this.executor = executor;
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
    if (y >= shape.height || (strip != null && y < strip.top)) {
      throw new IllegalArgumentException(
          "rows are read once each, in increasing order up to %d, found row %d"
              .formatted(shape.height - 1, y));
    }
    Strip current = strip;
    while (current == null || y >= current.bottom) {
      current = advance();
    }
    int length = shape.width * shape.layout.channels();
    System.arraycopy(current.samples, (y - current.top) * length, samples, 0, length);
  }

  /** Waits for the next row of tiles, and has the one after it computed meanwhile. */
  private Strip advance() throws IOException {
    Strip current = next == null ? start(0) : next;
    strip = null; // so that its memory is free for the next but one
    await(current.computed);
    strip = current;
    nextRow++;
    next = nextRow < grid.rows() ? start(nextRow) : null;
    return current;
  }

  private Strip start(int row) {
    List<Tile> tiles = grid.strip(row);
    Rectangle first = tiles.get(0).inner().times(shape.scale);
    int rowLength = Math.multiplyExact(shape.width, shape.layout.channels());
    short[] samples = new short[Math.multiplyExact(first.height(), rowLength)];
    CompletableFuture<?>[] parts =
        tiles.stream()
            .map(tile -> CompletableFuture.runAsync(() -> compute(tile, samples), executor))
            .toArray(CompletableFuture<?>[]::new);
    return new Strip(first.top(), first.bottom(), samples, CompletableFuture.allOf(parts));
  }

  private void compute(Tile tile, short[] samples) {
    try {
      paste(computer.compute(tile.source()), tile, samples);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CompletableFuture<Void> computed) throws IOException {
    try {
      computed.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException wrapped) {
        throw wrapped.getCause();
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** Rounds the inner part of a tile into the strip. */
  private void paste(FloatPlanes planes, Tile tile, short[] samples) throws IOException {
    Rectangle source = tile.source().times(shape.scale);
    Rectangle inner = tile.inner().times(shape.scale);
    if (planes.width() != source.width() || planes.height() != source.height()) {
      throw new IOException(
          "the model must enlarge a tile to %dx%d, found %dx%d; its card does not describe it"
              .formatted(source.width(), source.height(), planes.width(), planes.height()));
    }
    if (planes.channels() != 3 && planes.channels() != shape.layout.channels()) {
      throw new IOException(
          "the model must give %d planes, found %d; its card does not describe it"
              .formatted(shape.layout.channels(), planes.channels()));
    }
    int columns = Math.max(0, Math.min(inner.right(), shape.width) - inner.left());
    for (int y = inner.top(); y < inner.bottom(); y++) {
      int from = (y - source.top()) * source.width() + inner.left() - source.left();
      int to = ((y - inner.top()) * shape.width + inner.left()) * shape.layout.channels();
      if (shape.layout == PixelLayout.GRAY) {
        pasteGray(planes, from, columns, samples, to);
      } else {
        pasteColors(planes, from, columns, samples, to);
      }
    }
  }

  private void pasteColors(FloatPlanes planes, int from, int count, short[] samples, int to)
      throws IOException {
    float[] values = planes.values();
    int plane = planes.width() * planes.height();
    for (int channel = 0; channel < 3; channel++) {
      int index = from + channel * plane;
      for (int i = 0; i < count; i++) {
        samples[to + 3 * i + channel] = sample(values[index + i]);
      }
    }
  }

  private void pasteGray(FloatPlanes planes, int from, int count, short[] samples, int to)
      throws IOException {
    float[] values = planes.values();
    int plane = planes.width() * planes.height();
    for (int i = from; i < from + count; i++) {
      float gray =
          planes.channels() == 1
              ? values[i]
              : Luma.of(values[i], values[i + plane], values[i + 2 * plane]);
      samples[to + i - from] = sample(gray);
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
