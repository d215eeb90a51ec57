package org.ganvas.inference.image;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.SampleModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Rows as an image of one tile, for writers of ImageIO. Java's JPEG writer asks the tile for child
 * rasters of one row each, from the top; that of WebP asks for everything at once. Only there rows
 * are produced; nothing else can be asked for.
 */
final class RowsImage implements RenderedImage {
  private final PictureRows rows;
  private final ColorModel colors;
  private final SampleModel rowModel;
  private final short[] samples;
  private final byte[] bytes;
  private @Nullable Exception failure;

  /** An image of 8 bits per sample; 16 bits are rounded to 8. */
  RowsImage(PictureRows rows) {
    this.rows = rows;
    this.colors = rows.layout().colorModel(DataBuffer.TYPE_BYTE);
    this.rowModel = colors.createCompatibleSampleModel(rows.width(), 1);
    this.samples = new short[rows.width() * rows.layout().channels()];
    this.bytes = new byte[samples.length];
  }

  /** Throws what the rows threw, if they did. */
  void rethrowFailure() throws IOException {
    if (failure instanceof IOException e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
  }

  @Override
  public Raster getTile(int tileX, int tileY) {
    return new RowsRaster();
  }

  @Override
  public ColorModel getColorModel() {
    return colors;
  }

  @Override
  public SampleModel getSampleModel() {
    int channels = rows.layout().channels();
    int[] offsets = new int[channels];
    for (int c = 0; c < channels; c++) {
      offsets[c] = c;
    }
    // The line stride is that of one row: this model only says what samples there are.
    return new PixelInterleavedSampleModel(
        DataBuffer.TYPE_BYTE,
        rows.width(),
        rows.height(),
        channels,
        rows.width() * channels,
        offsets);
  }

  @Override
  public int getWidth() {
    return rows.width();
  }

  @Override
  public int getHeight() {
    return rows.height();
  }

  @Override
  public int getTileWidth() {
    return rows.width();
  }

  @Override
  public int getTileHeight() {
    return rows.height();
  }

  @Override
  public int getNumXTiles() {
    return 1;
  }

  @Override
  public int getNumYTiles() {
    return 1;
  }

  @Override
  public int getMinX() {
    return 0;
  }

  @Override
  public int getMinY() {
    return 0;
  }

  @Override
  public int getMinTileX() {
    return 0;
  }

  @Override
  public int getMinTileY() {
    return 0;
  }

  @Override
  public int getTileGridXOffset() {
    return 0;
  }

  @Override
  public int getTileGridYOffset() {
    return 0;
  }

  @Override
  public @Nullable Vector<RenderedImage> getSources() {
    return null;
  }

  @Override
  public Object getProperty(String name) {
    return java.awt.Image.UndefinedProperty;
  }

  @Override
  public String @Nullable [] getPropertyNames() {
    return null;
  }

  /** All rows; so much memory they take. */
  @Override
  public Raster getData() {
    WritableRaster all =
        Raster.createWritableRaster(
            colors.createCompatibleSampleModel(rows.width(), rows.height()), new Point());
    for (int y = 0; y < rows.height(); y++) {
      produce(y);
      all.setDataElements(0, y, rows.width(), 1, bytes);
    }
    return all;
  }

  @Override
  public Raster getData(Rectangle area) {
    throw onlyRows();
  }

  @Override
  public WritableRaster copyData(@Nullable WritableRaster raster) {
    throw onlyRows();
  }

  private static UnsupportedOperationException onlyRows() {
    return new UnsupportedOperationException("rows are given one by one, from the top");
  }

  private void produce(int y) {
    try {
      rows.readRow(y, samples);
    } catch (IOException | RuntimeException e) {
      failure = e;
      throw new IllegalStateException("the row could not be produced", e);
    }
    boolean deep = rows.bitDepth() == 16;
    for (int i = 0; i < bytes.length; i++) {
      int value = Short.toUnsignedInt(samples[i]);
      bytes[i] = (byte) (deep ? (value + 128) / 257 : value);
    }
  }

  /** The tile: its own buffer is empty, its children are rows. */
  private final class RowsRaster extends Raster {
    RowsRaster() {
      super(RowsImage.this.getSampleModel(), new DataBufferByte(1), new Point());
    }

    @Override
    public Raster createChild(
        int parentX,
        int parentY,
        int width,
        int height,
        int childMinX,
        int childMinY,
        int @Nullable [] bands) {
      if (height != 1 || width != rows.width() || parentX != 0) {
        throw onlyRows();
      }
      produce(parentY);
      return Raster.createRaster(
          rowModel, new DataBufferByte(bytes, bytes.length), new Point(childMinX, childMinY));
    }
  }
}
