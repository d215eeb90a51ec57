package org.ganvas.server.work;

import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PictureHeader;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.tile.TileGrid;

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

  /** What libwebp holds for each pixel beside its samples, as measured. */
  private static final long WEBP_BYTES_PER_PIXEL = 6;

  /** The same where there is alpha, which it compresses without loss. */
  private static final long WEBP_ALPHA_BYTES_PER_PIXEL = 30;

  private MemoryEstimate() {}

  /**
   * For a picture that goes through a network.
   *
   * @param file how long the file is that it comes in
   * @param scale the network's
   * @param tiles of the picture as the network sees it
   */
  static Footprint of(PictureHeader input, long file, int scale, TileGrid tiles) {
    long tile = (long) tiles.tileWidth() * tiles.tileHeight();
    long atOnce = Math.min(tiles.size(), Runtime.getRuntime().availableProcessors());
    long more = Math.max(0, tile - USUAL_TILE_PIXELS) * atOnce;
    long heap =
        BASE
            + file
            + decoded(input)
            + seen(input, tiles)
            + STRIPS * strip(input, tiles, scale)
            + more * RESULT_BYTES_PER_PIXEL * (1 + (long) scale * scale);
    return new Footprint(heap, more * ACTIVATION_BYTES_PER_PIXEL);
  }

  private static long decoded(PictureHeader input) {
    long samples = input.pixels() * input.layout().channels() * BYTES_PER_SAMPLE;
    return input.layout().hasAlpha()
        ? 2 * samples + input.pixels() * ALPHA_BYTES_PER_PIXEL
        : samples;
  }

  /** A copy in another size, where the network sees the picture squeezed, or filled up. */
  private static long seen(PictureHeader input, TileGrid tiles) {
    long pixels = (long) tiles.width() * tiles.height();
    return pixels == input.pixels() ? 0 : pixels * channels(input) * BYTES_PER_SAMPLE;
  }

  /** A row of tiles of the result. */
  private static long strip(PictureHeader input, TileGrid tiles, long scale) {
    long pixels = tiles.tileHeight() * scale * tiles.width() * scale;
    return pixels * channels(input) * BYTES_PER_SAMPLE;
  }

  /** Of a result, which may have colours where the input has none. */
  private static int channels(PictureHeader input) {
    return input.layout().hasAlpha() ? 4 : 3;
  }

  /**
   * For a result that is written: only a WebP is held, as its encoder wants it whole. On the heap
   * that is all samples as bytes, twice, and the file; beyond it a third time, and what it computes
   * with.
   */
  static Footprint ofWriting(ResultSize result, PixelLayout layout, OutputFormat format) {
    if (!(format instanceof OutputFormat.Webp)) {
      return Footprint.NONE;
    }
    int channels = layout.hasAlpha() ? 4 : 3;
    long more = layout.hasAlpha() ? WEBP_ALPHA_BYTES_PER_PIXEL : WEBP_BYTES_PER_PIXEL;
    return new Footprint(result.pixels() * (2 * channels + 2), result.pixels() * (channels + more));
  }

  /** For a picture that is made of noise, with the network's own memory. */
  static Footprint ofSamples(long pixels) {
    return new Footprint(
        BASE + 4 * pixels * RESULT_BYTES_PER_PIXEL, pixels * ACTIVATION_BYTES_PER_PIXEL);
  }
}
