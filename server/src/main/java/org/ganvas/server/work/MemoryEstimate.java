package org.ganvas.server.work;

import org.ganvas.inference.image.PictureHeader;
import org.ganvas.inference.task.TilePolicy;

/**
 * How much memory a picture takes while it is in work. What all pictures share (the model, the
 * buffers of libtorch's threads for tiles of the usual size) is not counted.
 */
final class MemoryEstimate {
  /** Decoders, encoders and all that is small. */
  private static final long BASE = 24L << 20;

  private static final int USUAL_TILE = 320;
  private static final int BYTES_PER_SAMPLE = 2;

  /** Three rows of tiles are there at times: one being read, one being computed, one to go. */
  private static final int STRIPS = 3;

  /** A network's activations: four of 64 float32 channels. */
  private static final long ACTIVATION_BYTES_PER_PIXEL = 4 * 64 * 4;

  private static final long RESULT_BYTES_PER_PIXEL = 3 * 4;

  /** Distances and a copy of the colours, where transparent pixels are given colours. */
  private static final long ALPHA_BYTES_PER_PIXEL = 4;

  private MemoryEstimate() {}

  /** For a picture that goes through a network in tiles. */
  static long ofTiles(PictureHeader input, int scale, TilePolicy tiles) {
    long samples = input.pixels() * input.layout().channels() * BYTES_PER_SAMPLE;
    long decoded =
        input.layout().hasAlpha() ? 2 * samples + input.pixels() * ALPHA_BYTES_PER_PIXEL : samples;
    long side = side(input, tiles);
    long stripHeight = Math.min(side, input.height()) * scale;
    long stripBytes =
        stripHeight * input.width() * scale * input.layout().channels() * BYTES_PER_SAMPLE;
    return BASE + decoded + STRIPS * stripBytes + tile(input, side, scale);
  }

  private static long side(PictureHeader input, TilePolicy tiles) {
    long whole = Math.max(input.width(), input.height());
    if (tiles instanceof TilePolicy.Size size) {
      return Math.min(whole, size.pixels());
    }
    return tiles instanceof TilePolicy.Off ? whole : Math.min(whole, USUAL_TILE);
  }

  /** What a tile takes beyond one of the usual size. */
  private static long tile(PictureHeader input, long side, long scale) {
    long pixels = Math.min(side, input.width()) * Math.min(side, input.height());
    long more = Math.max(0, pixels - USUAL_TILE * USUAL_TILE);
    return more * (ACTIVATION_BYTES_PER_PIXEL + RESULT_BYTES_PER_PIXEL * scale * scale);
  }
}
