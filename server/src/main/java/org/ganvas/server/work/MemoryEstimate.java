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

  private static final long USUAL_TILE_PIXELS = 320 * 320;
  private static final int BYTES_PER_SAMPLE = 2;

  /** Three rows of tiles are there at times: one being read, one being computed, one to go. */
  private static final int STRIPS = 3;

  /** A network's activations: four of 64 float32 channels. */
  private static final long ACTIVATION_BYTES_PER_PIXEL = 4 * 64 * 4;

  private static final long RESULT_BYTES_PER_PIXEL = 3 * 4;

  /** Distances and a copy of the colours, where transparent pixels are given colours. */
  private static final long ALPHA_BYTES_PER_PIXEL = 4;

  private MemoryEstimate() {}

  /**
   * For a picture that goes through a network.
   *
   * @param file how long the file is that it comes in
   * @param scale the network's
   * @param tiles as asked for
   * @param autoPixels how many pixels a tile has where nothing was asked for
   */
  static Footprint of(
      PictureHeader input, long file, int scale, TilePolicy tiles, long autoPixels) {
    long tile = tilePixels(input, tiles, autoPixels);
    long more = Math.max(0, tile - USUAL_TILE_PIXELS);
    long heap =
        BASE
            + file
            + decoded(input)
            + STRIPS * strip(input, tile, scale)
            + more * RESULT_BYTES_PER_PIXEL * (1 + (long) scale * scale);
    return new Footprint(heap, more * ACTIVATION_BYTES_PER_PIXEL);
  }

  private static long decoded(PictureHeader input) {
    long samples = input.pixels() * input.layout().channels() * BYTES_PER_SAMPLE;
    return input.layout().hasAlpha()
        ? 2 * samples + input.pixels() * ALPHA_BYTES_PER_PIXEL
        : samples;
  }

  private static long tilePixels(PictureHeader input, TilePolicy tiles, long autoPixels) {
    if (tiles instanceof TilePolicy.Off) {
      return input.pixels();
    }
    if (tiles instanceof TilePolicy.Size size) {
      return Math.min(
          input.pixels(),
          (long) Math.min(size.pixels(), input.width()) * Math.min(size.pixels(), input.height()));
    }
    return Math.min(input.pixels(), autoPixels);
  }

  /** A row of tiles of the result, which is as high as a tile is, and as wide as the picture. */
  private static long strip(PictureHeader input, long tilePixels, long scale) {
    long height = Math.min(input.height(), (long) Math.ceil(Math.sqrt((double) tilePixels)));
    return height * scale * input.width() * scale * input.layout().channels() * BYTES_PER_SAMPLE;
  }

  /** The pixels of a tile that super-resolution takes by itself. */
  static long upscalingTile() {
    return USUAL_TILE_PIXELS;
  }

  /** The pixels of a picture up to which translation takes it whole by itself. */
  static long translationTile() {
    return 1 << 22;
  }

  /** For a picture that is made of noise, with the network's own memory. */
  static Footprint ofSamples(long pixels) {
    return new Footprint(
        BASE + 4 * pixels * RESULT_BYTES_PER_PIXEL, pixels * ACTIVATION_BYTES_PER_PIXEL);
  }
}
