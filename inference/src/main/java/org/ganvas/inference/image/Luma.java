package org.ganvas.inference.image;

/** The grey of a colour. */
public final class Luma {
  // ITU-R BT.601, what the grey of an RGB picture commonly is.
  private static final float RED = 0.299f;
  private static final float GREEN = 0.587f;
  private static final float BLUE = 0.114f;

  private Luma() {}

  /** The luma of a colour, in the unit of its samples. */
  public static float of(float red, float green, float blue) {
    return RED * red + GREEN * green + BLUE * blue;
  }

  /** The luma of a pixel, in the unit of the picture's samples: of a grey picture its sample. */
  public static float of(Picture picture, int pixel) {
    short[] samples = picture.samples();
    int index = pixel * picture.layout().channels();
    return picture.layout().colorChannels() == 1
        ? Short.toUnsignedInt(samples[index])
        : of(
            Short.toUnsignedInt(samples[index]),
            Short.toUnsignedInt(samples[index + 1]),
            Short.toUnsignedInt(samples[index + 2]));
  }
}
