package org.ganvas.inference.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a picture into tiles of one shape, which is the fastest way to run a network: where the last
 * tile of a row would be a sliver, it begins earlier and shares more with its neighbour.
 *
 * <p>At the picture's border a tile has no margin, since there the network pads as it does for the
 * whole picture.
 */
public final class TileGrid {
  private final List<Span> columns;
  private final List<Span> rows;

  /** One tile's part of one axis; ends are exclusive. */
  private record Span(int start, int end, int innerStart, int innerEnd) {}

  private TileGrid(List<Span> columns, List<Span> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** The whole picture as one tile. */
  public static TileGrid whole(int width, int height) {
    return new TileGrid(List.of(whole(width)), List.of(whole(height)));
  }

  /**
   * Tiles of at most {@code tileSize} by {@code tileSize} pixels.
   *
   * @param width pixels per row of the picture, a multiple of {@code multiple}
   * @param height rows of the picture, a multiple of {@code multiple}
   * @param tileSize the largest side of a tile, margin included, at least twice the margin and one
   *     multiple
   * @param margin pixels around the inner ones, at least 0
   * @param multiple what the sides and corners of the source rectangles are multiples of, at least
   *     1
   */
  public static TileGrid of(int width, int height, int tileSize, int margin, int multiple) {
    if (margin < 0 || multiple < 1 || tileSize < smallestTile(margin, multiple)) {
      throw new IllegalArgumentException(
          "with a margin of %d and a size multiple of %d a tile has at least %d pixels, found %d"
              .formatted(margin, multiple, smallestTile(margin, multiple), tileSize));
    }
    if (width < 1 || height < 1 || width % multiple != 0 || height % multiple != 0) {
      throw new IllegalArgumentException(
          "a picture's sides are multiples of %d, found %dx%d".formatted(multiple, width, height));
    }
    return new TileGrid(
        spans(width, tileSize, margin, multiple), spans(height, tileSize, margin, multiple));
  }

  /**
   * The same rows of tiles, each cut into another number of tiles.
   *
   * @param count how many, as far as the multiple allows
   * @param margin as in {@link #of}
   * @param multiple as in {@link #of}
   */
  public TileGrid inColumns(int count, int margin, int multiple) {
    int margins = roundUp(2 * margin, multiple);
    int step = roundUp(ceilDivide(width() - margins, count), multiple);
    return new TileGrid(spans(width(), step + margins, margin, multiple), rows);
  }

  /** The smallest tile size that {@link #of} takes. */
  public static int smallestTile(int margin, int multiple) {
    return roundUp(2 * margin, multiple) + multiple;
  }

  private static List<Span> spans(int length, int tileSize, int margin, int multiple) {
    if (length <= tileSize) {
      return List.of(whole(length));
    }
    int margins = roundUp(2 * margin, multiple);
    int largestStep = tileSize / multiple * multiple - margins;
    int count = ceilDivide(length - margins, largestStep);
    int step = roundUp(ceilDivide(length - margins, count), multiple);
    int window = step + margins;
    List<Span> spans = new ArrayList<>(count);
    int innerStart = 0;
    for (int start = 0; innerStart < length; start += step) {
      int shifted = Math.min(start, length - window);
      int end = shifted + window;
      int innerEnd = end == length ? length : end - margin;
      spans.add(new Span(shifted, end, innerStart, innerEnd));
      innerStart = innerEnd;
    }
    return spans;
  }

  private static Span whole(int length) {
    return new Span(0, length, 0, length);
  }

  private static int ceilDivide(int a, int b) {
    return (a + b - 1) / b;
  }

  private static int roundUp(int a, int multiple) {
    return ceilDivide(a, multiple) * multiple;
  }

  /** Pixels per row of the picture. */
  public int width() {
    return columns.get(columns.size() - 1).end;
  }

  /** Rows of the picture. */
  public int height() {
    return rows.get(rows.size() - 1).end;
  }

  /** Pixels per row of a tile, margin included. */
  public int tileWidth() {
    return columns.get(0).end;
  }

  /** Rows of a tile, margin included. */
  public int tileHeight() {
    return rows.get(0).end;
  }

  /** Tiles below each other. */
  public int rows() {
    return rows.size();
  }

  /** Tiles beside each other. */
  public int columns() {
    return columns.size();
  }

  /** All tiles. */
  public int size() {
    return rows() * columns();
  }

  /** The tiles of one row, from the left; their inner rectangles have the same top and height. */
  public List<Tile> strip(int row) {
    Span vertical = rows.get(row);
    return columns.stream().map(horizontal -> tile(horizontal, vertical)).toList();
  }

  private static Tile tile(Span x, Span y) {
    return new Tile(
        new Rectangle(x.start, y.start, x.end - x.start, y.end - y.start),
        new Rectangle(
            x.innerStart, y.innerStart, x.innerEnd - x.innerStart, y.innerEnd - y.innerStart));
  }
}
