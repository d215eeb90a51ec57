package org.ganvas.inference.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Java's own images as pictures, and back, for programs that have them in memory. */
public final class BufferedImages {
  private BufferedImages() {}

  /**
   * A picture of an image: in sRGB, grey if the image is, or its palette has greys only and is
   * opaque, with alpha if the image has that, which is no longer premultiplied, and of 16 bits per
   * sample if the image has more than 8. Grey samples are taken as they are: Java calls them
   * linear, ImageIO reads them from files that are not. A broken colour profile is ignored.
   *
   * @throws ImageRefusedException if it is neither grey nor RGB, has other samples than whole
   *     numbers of up to 16 bits, a colour space that is not one of ICC, or 2^31 samples or more
   */
  public static Picture picture(BufferedImage image) throws ImageRefusedException {
    try {
      return Picture.of(ImageRows.of(image));
    } catch (ImageRefusedException e) {
      throw e;
    } catch (IOException e) {
      throw new AssertionError("an image in memory has its rows", e);
    }
  }

  /**
   * The image of a picture: {@link BufferedImage#TYPE_3BYTE_BGR}, {@link
   * BufferedImage#TYPE_4BYTE_ABGR}, {@link BufferedImage#TYPE_BYTE_GRAY} or {@link
   * BufferedImage#TYPE_USHORT_GRAY} where one of them holds it without loss, else an image of a
   * colour model of its own, whose alpha is not premultiplied.
   *
   * @param rows of a {@link Picture}, or as they are computed
   * @throws ImageRefusedException if they are 2^31 samples or more; no row is asked for then
   * @throws IOException whatever {@link PictureRows#readRow} throws
   */
  public static BufferedImage image(PictureRows rows) throws IOException {
    Picture.samplesInMemory(rows);
    BufferedImage image = blank(rows);
    WritableRaster raster = image.getRaster();
    short[] samples = new short[rows.width() * rows.layout().channels()];
    int[] values = new int[samples.length];
    for (int y = 0; y < rows.height(); y++) {
      rows.readRow(y, samples);
      for (int i = 0; i < values.length; i++) {
        values[i] = Short.toUnsignedInt(samples[i]);
      }
      raster.setPixels(0, y, rows.width(), 1, values);
    }
    return image;
  }

  private static BufferedImage blank(PictureRows rows) {
    boolean deep = rows.bitDepth() == 16;
    int type =
        switch (rows.layout()) {
          case GRAY -> deep ? BufferedImage.TYPE_USHORT_GRAY : BufferedImage.TYPE_BYTE_GRAY;
          case RGB -> deep ? BufferedImage.TYPE_CUSTOM : BufferedImage.TYPE_3BYTE_BGR;
          case RGBA -> deep ? BufferedImage.TYPE_CUSTOM : BufferedImage.TYPE_4BYTE_ABGR;
          case GRAY_ALPHA -> BufferedImage.TYPE_CUSTOM;
        };
    if (type != BufferedImage.TYPE_CUSTOM) {
      return new BufferedImage(rows.width(), rows.height(), type);
    }
    ColorModel model =
        rows.layout().colorModel(deep ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE);
    return new BufferedImage(
        model, model.createCompatibleWritableRaster(rows.width(), rows.height()), false, null);
  }

  /** The rows of an image, in sRGB. */
  private record ImageRows(
      BufferedImage image,
      ColorImage colors,
      ColorImage.Rows stored,
      @Nullable SrgbConversion conversion)
      implements PictureRows {
    static ImageRows of(BufferedImage image) throws ImageRefusedException {
      ColorImage colors = ColorImage.of(image.getColorModel());
      byte[] icc = colors.icc();
      SrgbConversion conversion =
          icc == null
              ? null
              : SrgbConversion.of(icc, colors.layout(), colors.bitDepth(), new ArrayList<>());
      return new ImageRows(image, colors, colors.rows(image), conversion);
    }

    @Override
    public int width() {
      return image.getWidth();
    }

    @Override
    public int height() {
      return image.getHeight();
    }

    @Override
    public PixelLayout layout() {
      return colors.layout();
    }

    @Override
    public int bitDepth() {
      return colors.bitDepth();
    }

    @Override
    public void readRow(int y, short[] samples) {
      stored.read(y, samples);
      if (conversion != null) {
        conversion.convert(samples, width());
      }
    }
  }
}
