package org.ganvas.inference.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a Java colour model means for a picture, and the rows of an image that has it. */
final class ColorImage {
  private final ColorModel model;
  private final PixelLayout layout;
  private final byte @Nullable [] paletteIcc;

  private ColorImage(ColorModel model, PixelLayout layout, byte @Nullable [] paletteIcc) {
    this.model = model;
    this.layout = layout;
    this.paletteIcc = paletteIcc;
  }

  /** As {@link #of(ColorModel, byte[])}, where a palette is one of sRGB. */
  static ColorImage of(ColorModel model) throws ImageRefusedException {
    return of(model, null);
  }

  /**
   * Understands a colour model.
   *
   * @param paletteIcc the profile of a palette's colours, of which Java's model knows nothing; the
   *     others have their own
   * @throws ImageRefusedException if it is neither a palette nor up to 16 bits of grey or RGB, or
   *     nobody but its colour space knows which colours they are
   */
  static ColorImage of(ColorModel model, byte @Nullable [] paletteIcc)
      throws ImageRefusedException {
    if (model instanceof IndexColorModel palette) {
      boolean opaque = !palette.hasAlpha();
      // A profile is one of RGB and could not be applied to grey.
      boolean gray = opaque && paletteIcc == null && isGray(palette);
      return new ColorImage(model, PixelLayout.of(gray, !opaque), paletteIcc);
    }
    int type = model.getColorSpace().getType();
    boolean integers =
        model.getTransferType() == DataBuffer.TYPE_BYTE
            || model.getTransferType() == DataBuffer.TYPE_USHORT
            || model.getTransferType() == DataBuffer.TYPE_INT;
    if ((type != ColorSpace.TYPE_GRAY && type != ColorSpace.TYPE_RGB)
        || !integers
        || IntStream.of(model.getComponentSize()).anyMatch(bits -> bits < 1 || bits > 16)) {
      throw ImageRefusedException.unsupported(
          "a picture is grey or RGB of up to 16 bits, found %d channels of %s bits"
              .formatted(model.getNumComponents(), sizes(model)));
    }
    if (!(model.getColorSpace() instanceof ICC_ColorSpace)) {
      throw ImageRefusedException.unsupported(
          "a picture's colours have an ICC profile, found those of a "
              + model.getColorSpace().getClass().getName());
    }
    PixelLayout layout = PixelLayout.of(type == ColorSpace.TYPE_GRAY, model.hasAlpha());
    return new ColorImage(model, layout, null);
  }

  private static String sizes(ColorModel model) {
    return IntStream.of(model.getComponentSize())
        .distinct()
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(" and "));
  }

  PixelLayout layout() {
    return layout;
  }

  int bitDepth() {
    return !(model instanceof IndexColorModel) && model.getComponentSize(0) > 8 ? 16 : 8;
  }

  /** The profile of the model's colours, or null for those that Java calls sRGB or grey. */
  byte @Nullable [] icc() {
    if (model instanceof IndexColorModel) {
      return paletteIcc;
    }
    if (!(model.getColorSpace() instanceof ICC_ColorSpace space) || space.isCS_sRGB()) {
      return null;
    }
    // Java's own grey is linear by name, but files that come as it hold plain sRGB-like samples.
    ICC_Profile gray = ICC_Profile.getInstance(ColorSpace.CS_GRAY);
    return space.getProfile().equals(gray) ? null : space.getProfile().getData();
  }

  /** Sends the rows of an image that has this colour model. */
  void sendRows(BufferedImage image, PictureFile.RowSink sink) throws ImageRefusedException {
    Rows rows = rows(image);
    short[] row = new short[image.getWidth() * layout.channels()];
    for (int y = 0; y < image.getHeight(); y++) {
      rows.read(y, row);
      sink.accept(y, row);
    }
  }

  /**
   * The rows of an image that has this colour model, to be read in any order.
   *
   * @throws ImageRefusedException if it has fewer samples per pixel than the model says
   */
  Rows rows(BufferedImage image) throws ImageRefusedException {
    Raster raster = image.getRaster();
    if (!(model instanceof IndexColorModel) && raster.getNumBands() < layout.channels()) {
      throw ImageRefusedException.damaged(
          "a picture has %d samples per pixel, found %d"
              .formatted(layout.channels(), raster.getNumBands()));
    }
    return new Rows(raster);
  }

  /** Reads rows as they are stored; for one thread. */
  final class Rows {
    private final Raster raster;
    private final int[] values;

    private Rows(Raster raster) {
      this.raster = raster;
      this.values = new int[raster.getWidth() * raster.getNumBands()];
    }

    void read(int y, short[] row) {
      RasterDecoding.copyRow(raster, y, values);
      int channels = layout.channels();
      for (int x = 0; x < raster.getWidth(); x++) {
        if (model instanceof IndexColorModel palette) {
          lookUp(palette, values[x], row, x * channels);
        } else {
          copy(values, x * raster.getNumBands(), row, x * channels);
        }
      }
    }
  }

  private void lookUp(IndexColorModel palette, int index, short[] row, int target) {
    int color = index < palette.getMapSize() ? palette.getRGB(index) : 0xFF000000;
    for (int c = 0; c < layout.colorChannels(); c++) {
      row[target + c] = (short) (color >> (16 - 8 * c) & 0xFF);
    }
    if (layout.hasAlpha()) {
      row[target + 3] = (short) (color >>> 24);
    }
  }

  private void copy(int[] values, int source, short[] row, int target) {
    int max = bitDepth() == 16 ? 65535 : 255;
    for (int c = 0; c < layout.channels(); c++) {
      int full = (1 << model.getComponentSize(c)) - 1;
      // An image can have a raster of more bits than its colour model.
      int value = Math.max(0, Math.min(values[source + c], full));
      row[target + c] = (short) (full == max ? value : ((long) value * max + full / 2) / full);
    }
    if (layout.hasAlpha() && model.isAlphaPremultiplied()) {
      int alpha = Short.toUnsignedInt(row[target + layout.colorChannels()]);
      for (int c = 0; c < layout.colorChannels() && alpha > 0; c++) {
        int value = Short.toUnsignedInt(row[target + c]);
        row[target + c] = (short) Math.min(max, ((long) value * max + alpha / 2) / alpha);
      }
    }
  }

  private static boolean isGray(IndexColorModel palette) {
    for (int i = 0; i < palette.getMapSize(); i++) {
      int color = palette.getRGB(i);
      if ((color >> 16 & 0xFF) != (color & 0xFF) || (color >> 8 & 0xFF) != (color & 0xFF)) {
        return false;
      }
    }
    return true;
  }
}
