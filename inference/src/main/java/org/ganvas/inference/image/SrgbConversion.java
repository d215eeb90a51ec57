package org.ganvas.inference.image;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts rows of samples from the colours of an ICC profile to sRGB, keeping grey grey. */
final class SrgbConversion {
  /** No real profile is larger; those of printers have some 3 MB. */
  private static final int MAX_PROFILE_BYTES = 16 << 20;

  /** Samples per axis of the lattice of colours that {@link #changesNothing} looks at. */
  private static final int LATTICE = 9;

  private static final int RGB = 3;

  private final ColorConvertOp operation;
  private final int colors;
  private final PixelLayout layout;
  private final int dataType;

  private SrgbConversion(ICC_Profile profile, int colors, PixelLayout layout, int bitDepth) {
    ICC_Profile srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    this.operation = new ColorConvertOp(new ICC_Profile[] {profile, srgb}, null);
    this.colors = colors;
    this.layout = layout;
    this.dataType = bitDepth == 16 ? DataBuffer.TYPE_USHORT : DataBuffer.TYPE_BYTE;
  }

  /**
   * The conversion for pictures of this layout, or null if none is needed because the profile is
   * sRGB itself, or none is possible because the profile is broken; that is added to the warnings.
   */
  static @Nullable SrgbConversion of(
      byte[] icc, PixelLayout layout, int bitDepth, List<String> warnings) {
    return of(icc, layout.colorChannels(), layout, bitDepth, warnings);
  }

  /** As {@link #of(byte[], PixelLayout, int, List)}, for 8-bit CMYK; the results are RGB. */
  static @Nullable SrgbConversion ofCmyk(byte[] icc, List<String> warnings) {
    return of(icc, 4, PixelLayout.RGB, 8, warnings);
  }

  private static @Nullable SrgbConversion of(
      byte[] icc, int colors, PixelLayout layout, int bitDepth, List<String> warnings) {
    try {
      if (icc.length > MAX_PROFILE_BYTES) {
        throw new IllegalArgumentException("has %,d bytes".formatted(icc.length));
      }
      ICC_Profile profile = ICC_Profile.getInstance(icc);
      if (profile.getNumComponents() != colors) {
        throw new IllegalArgumentException(
            "is for %d channels, the picture has %d".formatted(profile.getNumComponents(), colors));
      }
      if (profile.getColorSpaceType() != space(colors)) {
        // Such as Lab, by which red, green and blue would become colours all over the place.
        throw new IllegalArgumentException("is for other colours than the picture's");
      }
      SrgbConversion conversion = new SrgbConversion(profile, colors, layout, bitDepth);
      return conversion.changesNothing() ? null : conversion;
    } catch (RuntimeException e) {
      // Java's colour management reports broken profiles with several unchecked exceptions.
      String why = e.getMessage() == null ? "cannot be used" : e.getMessage();
      warnings.add(
          "the colour profile is ignored, it is not valid: " + why.lines().findFirst().get());
      return null;
    }
  }

  /** What the colours of a picture are that has so many. */
  private static int space(int colors) {
    return switch (colors) {
      case 1 -> ColorSpace.TYPE_GRAY;
      case RGB -> ColorSpace.TYPE_RGB;
      default -> ColorSpace.TYPE_CMYK;
    };
  }

  /** Replaces the colour samples of one row; alpha stays as it is. */
  void convert(short[] row, int width) {
    int channels = layout.channels();
    short[] converted = convertColors(row, channels, width);
    for (int x = 0; x < width; x++) {
      for (int c = 0; c < layout.colorChannels(); c++) {
        // A grey pixel comes out as three samples, of which green carries most of the lightness.
        row[x * channels + c] = converted[x * RGB + (colors == 1 ? 1 : c)];
      }
    }
  }

  /**
   * Converts {@code width} pixels whose colours are the first of {@code stride} samples each.
   *
   * @return {@code width * 3} samples, RGB
   */
  short[] convertColors(short[] pixels, int stride, int width) {
    WritableRaster from = Raster.createInterleavedRaster(dataType, width, 1, colors, null);
    WritableRaster to = Raster.createInterleavedRaster(dataType, width, 1, RGB, null);
    int[] values = new int[width * colors];
    for (int x = 0; x < width; x++) {
      for (int c = 0; c < colors; c++) {
        values[x * colors + c] = Short.toUnsignedInt(pixels[x * stride + c]);
      }
    }
    from.setPixels(0, 0, width, 1, values);
    operation.filter(from, to);
    int[] results = to.getPixels(0, 0, width, 1, (int[]) null);
    short[] converted = new short[results.length];
    for (int i = 0; i < results.length; i++) {
      converted[i] = (short) results[i];
    }
    return converted;
  }

  /** Whether colours all over the space come out within 1/255 of what they were. */
  private boolean changesNothing() {
    if (colors > RGB) {
      // One pixel all the same: only its use shows whether a profile is broken.
      convertColors(new short[colors], colors, 1);
      return false;
    }
    int scale = dataType == DataBuffer.TYPE_USHORT ? 257 : 1;
    int count = (int) Math.pow(LATTICE, colors);
    short[] lattice = new short[count * colors];
    for (int i = 0, rest = i; i < count; i++, rest = i) {
      for (int c = 0; c < colors; c++, rest /= LATTICE) {
        lattice[i * colors + c] = (short) (rest % LATTICE * 255 / (LATTICE - 1) * scale);
      }
    }
    short[] converted = convertColors(lattice, colors, count);
    for (int i = 0; i < converted.length; i++) {
      int was = Short.toUnsignedInt(lattice[colors == 1 ? i / RGB : i]);
      if (Math.abs(Short.toUnsignedInt(converted[i]) - was) > scale) {
        return false;
      }
    }
    return true;
  }
}
