package org.ganvas.inference.task;

import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.tile.Rectangle;

/**
 * A picture as a network reads it: three planes from 0 to 1, grey three times, alpha left out.
 *
 * @param picture the picture
 */
record NetworkInput(Picture picture) {
  private static final int CHANNELS = 3;

  /**
   * The pixels of an area, from 0 to 1.
   *
   * @param area may reach beyond the right and lower border, where the last pixels are repeated
   * @return (3, area.height, area.width)
   */
  FloatPlanes read(Rectangle area) {
    FloatPlanes planes = FloatPlanes.zeros(CHANNELS, area.height(), area.width());
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int y = 0; y < area.height(); y++) {
        int sourceY = Math.min(area.top() + y, picture.height() - 1);
        readRow(channel, sourceY, area.left(), planes, y);
      }
    }
    return planes;
  }

  private void readRow(int channel, int sourceY, int left, FloatPlanes planes, int y) {
    int stride = picture.layout().channels();
    int offset = picture.layout().colorChannels() == 1 ? 0 : channel;
    float factor = 1f / ((1 << picture.bitDepth()) - 1);
    int row = sourceY * picture.width();
    int to = (channel * planes.height() + y) * planes.width();
    for (int x = 0; x < planes.width(); x++) {
      int sourceX = Math.min(left + x, picture.width() - 1);
      int sample = Short.toUnsignedInt(picture.samples()[(row + sourceX) * stride + offset]);
      planes.values()[to + x] = sample * factor;
    }
  }
}
