package org.ganvas.inference.task;

import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Luma;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.tile.Rectangle;

/**
 * A picture as a network reads it: planes from 0 to 1, alpha left out.
 *
 * @param picture the picture
 * @param channels 3: red, green and blue, or grey three times; 1: grey, or the luma of colours
 */
record NetworkInput(Picture picture, int channels) {

  /**
   * The pixels of an area, from 0 to 1.
   *
   * @param area may reach beyond the right and lower border, where the picture is reflected
   * @return (channels, area.height, area.width)
   */
  FloatPlanes read(Rectangle area) {
    FloatPlanes planes = FloatPlanes.zeros(channels, area.height(), area.width());
    int[] columns = new int[area.width()];
    for (int x = 0; x < columns.length; x++) {
      columns[x] = reflected(area.left() + x, picture.width());
    }
    for (int y = 0; y < area.height(); y++) {
      int row = reflected(area.top() + y, picture.height()) * picture.width();
      for (int channel = 0; channel < channels; channel++) {
        int to = (channel * area.height() + y) * area.width();
        for (int x = 0; x < columns.length; x++) {
          planes.values()[to + x] = value(row + columns[x], channel);
        }
      }
    }
    return planes;
  }

  private float value(int pixel, int channel) {
    boolean grey = channels == 1 || picture.layout().colorChannels() == 1;
    int index = pixel * picture.layout().channels();
    float value = grey ? Luma.of(picture, pixel) : sample(index + channel);
    return value * (1f / ((1 << picture.bitDepth()) - 1));
  }

  private int sample(int index) {
    return Short.toUnsignedInt(picture.samples()[index]);
  }

  /** The index at which a side of so many pixels is mirrored, its last pixel not repeated. */
  private static int reflected(int index, int length) {
    if (index < length) {
      return index;
    }
    int period = Math.max(1, 2 * (length - 1));
    int inPeriod = index % period;
    return inPeriod < length ? inPeriod : period - inPeriod;
  }
}
