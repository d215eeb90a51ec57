package org.ganvas.inference.task;

import java.util.Arrays;
import org.ganvas.inference.image.Picture;

/**
 * Gives fully transparent pixels the colour of the nearest visible one. What they held is arbitrary
 * (often black), and a network would spread it into the visible edge.
 */
final class TransparentColors {
  private static final int FAR = Integer.MAX_VALUE / 2;

  private final int width;
  private final int height;
  private final int channels;
  private final short[] samples;

  /** For each pixel the city-block distance to the visible pixel that its colour is from. */
  private final int[] distance;

  private TransparentColors(Picture picture) {
    width = picture.width();
    height = picture.height();
    channels = picture.layout().channels();
    samples = picture.samples().clone();
    distance = new int[width * height];
  }

  /**
   * Gives the transparent pixels the colours of their nearest visible ones.
   *
   * @param picture a picture with alpha; it is not changed
   * @return the same picture if nothing in it is transparent, or everything; else one with new
   *     colours
   */
  static Picture replacedByNearest(Picture picture) {
    int channels = picture.layout().channels();
    boolean transparent = false;
    boolean visible = false;
    for (int i = channels - 1; i < picture.samples().length; i += channels) {
      transparent |= picture.samples()[i] == 0;
      visible |= picture.samples()[i] != 0;
    }
    if (!transparent || !visible) {
      return picture;
    }
    TransparentColors colors = new TransparentColors(picture);
    colors.spread();
    return new Picture(
        picture.width(), picture.height(), picture.layout(), picture.bitDepth(), colors.samples);
  }

  /**
   * The two passes of Rosenfeld and Pfaltz, "Sequential operations in digital picture processing",
   * 1966, carrying the colour along.
   */
  private void spread() {
    Arrays.setAll(distance, i -> samples[i * channels + channels - 1] == 0 ? FAR : 0);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int pixel = y * width + x;
        if (y > 0) {
          take(pixel, pixel - width);
        }
        if (x > 0) {
          take(pixel, pixel - 1);
        }
      }
    }
    for (int y = height - 1; y >= 0; y--) {
      for (int x = width - 1; x >= 0; x--) {
        int pixel = y * width + x;
        if (y < height - 1) {
          take(pixel, pixel + width);
        }
        if (x < width - 1) {
          take(pixel, pixel + 1);
        }
      }
    }
  }

  private void take(int pixel, int neighbour) {
    if (distance[neighbour] + 1 < distance[pixel]) {
      distance[pixel] = distance[neighbour] + 1;
      System.arraycopy(samples, neighbour * channels, samples, pixel * channels, channels - 1);
    }
  }
}
