package org.ganvas.inference.task;

import java.io.IOException;
import org.ganvas.inference.image.BicubicRows;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;

/** Enlarged colours with the enlarged alpha of the picture that they were computed from. */
final class AlphaRows implements PictureRows {
  private final PictureRows colors;
  private final PictureRows alpha;
  private final short[] colorRow;
  private final short[] alphaRow;

  /**
   * @param colors grey or RGB
   * @param picture the picture with alpha; alpha is resampled to the size of {@code colors}
   */
  AlphaRows(PictureRows colors, Picture picture) {
    this.colors = colors;
    this.alpha =
        new BicubicRows(new AlphaOf(picture, colors.bitDepth()), colors.width(), colors.height());
    this.colorRow = new short[colors.width() * colors.layout().channels()];
    this.alphaRow = new short[colors.width()];
  }

  /** The alpha of a picture as a grey one, in as many bits or more. */
  private record AlphaOf(Picture picture, int bitDepth) implements PictureRows {
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
    public void readRow(int y, short[] row) {
      int channels = picture.layout().channels();
      int factor = bitDepth == picture.bitDepth() ? 1 : 0xFFFF / 0xFF;
      int index = y * width() * channels + channels - 1;
      for (int x = 0; x < width(); x++, index += channels) {
        row[x] = (short) (picture.samples()[index] * factor);
      }
    }
  }

  @Override
  public int width() {
    return colors.width();
  }

  @Override
  public int height() {
    return colors.height();
  }

  @Override
  public PixelLayout layout() {
    return PixelLayout.of(colors.layout() == PixelLayout.GRAY, true);
  }

  @Override
  public int bitDepth() {
    return colors.bitDepth();
  }

  @Override
  public void readRow(int y, short[] samples) throws IOException {
    colors.readRow(y, colorRow);
    alpha.readRow(y, alphaRow);
    int count = colors.layout().channels();
    for (int x = 0; x < alphaRow.length; x++) {
      System.arraycopy(colorRow, x * count, samples, x * (count + 1), count);
      samples[x * (count + 1) + count] = alphaRow[x];
    }
  }
}
