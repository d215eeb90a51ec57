package org.ganvas.inference.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;

/** A PNG of any colour type and bit depth, interlaced or not. */
final class PngFile implements PictureFile {
  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private final PngChunks chunks;
  private final Facts facts;

  PngFile(byte[] file, DecodeLimits limits) throws ImageRefusedException {
    this.chunks = PngChunks.of(file, limits);
    PhotoMetadata metadata = chunks.metadata();
    PixelLayout layout = layout(chunks);
    this.facts =
        new Facts(
            ImageFormat.PNG,
            chunks.width(),
            chunks.height(),
            layout,
            chunks.bitDepth() == 16 ? 16 : 8,
            metadata.orientation(),
            chunks.colors().profile(layout.colorChannels() == 1),
            metadata);
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public boolean hasOthers() {
    return chunks.isAnimated();
  }

  @Override
  public void readRows(RowSink sink, List<String> warnings) throws IOException {
    if (chunks.colors().ignoredCodes() != null) {
      warnings.add(
          "what it says of its colours is not known here and ignored: cICP "
              + chunks.colors().ignoredCodes());
    }
    // The reader gets no tRNS and no metadata: it gives raw samples, and palette and transparency
    // are applied here, alike for all depths.
    Raster raster =
        RasterDecoding.byJava("png", chunks.bytesForPixels()).read(warnings).getRaster();
    RowExpander expander = expander(raster.getNumBands());
    int[] values = new int[raster.getWidth() * raster.getNumBands()];
    short[] row = new short[facts.width() * facts.layout().channels()];
    for (int y = 0; y < raster.getHeight(); y++) {
      RasterDecoding.copyRow(raster, y, values);
      expander.expand(values, row);
      sink.accept(y, row);
    }
  }

  /** Makes samples of the picture's layout from the samples of the file. */
  private interface RowExpander {
    void expand(int[] stored, short[] row);
  }

  private RowExpander expander(int bands) throws ImageRefusedException {
    int channels = facts.layout().channels();
    if (chunks.colorType() == PALETTE && bands == 1) {
      Palette palette = new Palette(chunks.palette());
      return (stored, row) -> {
        for (int x = 0; x < stored.length; x++) {
          lookUp(palette, stored[x], row, x * channels);
        }
      };
    }
    int scale = chunks.bitDepth() < 8 ? 255 / ((1 << chunks.bitDepth()) - 1) : 1;
    if (bands == channels) {
      return (stored, row) -> {
        for (int i = 0; i < stored.length; i++) {
          row[i] = (short) (stored[i] * scale);
        }
      };
    }
    if (bands != channels - 1 || chunks.transparency().length < 2 * bands) {
      throw ImageRefusedException.damaged(
          "a PNG has %d samples per pixel, found %d".formatted(channels, bands));
    }
    return (stored, row) -> addAlpha(stored, bands, scale, row);
  }

  private void lookUp(Palette palette, int index, short[] row, int target) {
    PixelLayout layout = facts.layout();
    palette.lookUp(index, layout, row, target);
    if (layout.hasAlpha()) {
      byte[] alphas = chunks.transparency();
      row[target + layout.colorChannels()] =
          index < alphas.length ? (short) (alphas[index] & 0xFF) : 255;
    }
  }

  /** One colour is wholly transparent (PNG specification, 11.3.2.1); all others are opaque. */
  private void addAlpha(int[] stored, int bands, int scale, short[] row) {
    byte[] key = chunks.transparency();
    int mask = (1 << chunks.bitDepth()) - 1;
    short opaque = (short) (chunks.bitDepth() == 16 ? 65535 : 255);
    for (int x = 0; x < stored.length / bands; x++) {
      boolean transparent = true;
      for (int c = 0; c < bands; c++) {
        int sample = stored[x * bands + c];
        int keySample = ((key[2 * c] & 0xFF) << 8 | (key[2 * c + 1] & 0xFF)) & mask;
        transparent &= sample == keySample;
        row[x * (bands + 1) + c] = (short) (sample * scale);
      }
      row[x * (bands + 1) + bands] = transparent ? 0 : opaque;
    }
  }

  private static PixelLayout layout(PngChunks chunks) {
    int type = chunks.colorType();
    boolean gray =
        switch (type) {
          case GRAY, GRAY_ALPHA -> true;
          // A profile is one of RGB and could not be applied to grey.
          case PALETTE ->
              chunks.colors().embeddedProfile() == null && new Palette(chunks.palette()).isGray();
          default -> false;
        };
    boolean alpha = type == GRAY_ALPHA || type == RGB_ALPHA;
    return PixelLayout.of(gray, alpha || chunks.transparency().length > 0);
  }
}
