package org.ganvas.inference.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A WebP, lossy or lossless; of an animation the first frame, on its canvas. */
final class WebpFile implements PictureFile {
  private final WebpChunks chunks;
  private final Facts facts;

  WebpFile(byte[] file, DecodeLimits limits) throws ImageRefusedException {
    this.chunks = WebpChunks.of(file, limits);
    PhotoMetadata metadata = PhotoMetadata.of(chunks.exif(), chunks.xmp(), null);
    this.facts =
        new Facts(
            ImageFormat.WEBP,
            chunks.canvasWidth(),
            chunks.canvasHeight(),
            PixelLayout.of(false, chunks.hasAlpha()),
            8,
            metadata.orientation(),
            chunks.icc(),
            metadata);
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public boolean hasOthers() {
    return chunks.hasOthers();
  }

  @Override
  public void readRows(RowSink sink, List<String> warnings) throws IOException {
    Raster raster = decoding(warnings).read(warnings).getRaster();
    int bands = raster.getNumBands();
    int channels = facts.layout().channels();
    if (bands < 3) {
      throw ImageRefusedException.unsupported("a WebP has RGB, found %d channels".formatted(bands));
    }
    int[] values = new int[raster.getWidth() * bands];
    short[] row = new short[facts.width() * channels];
    for (int y = 0; y < facts.height(); y++) {
      Arrays.fill(row, (short) 0);
      int frameRow = y - chunks.top();
      if (frameRow >= 0 && frameRow < raster.getHeight()) {
        RasterDecoding.copyRow(raster, frameRow, values);
        for (int x = 0; x < raster.getWidth(); x++) {
          for (int c = 0; c < channels; c++) {
            row[(chunks.left() + x) * channels + c] =
                (short) (c < bands ? values[x * bands + c] : 255);
          }
        }
      }
      sink.accept(y, row);
    }
  }

  /** Not TwelveMonkeys' reader if it can be helped: what that makes of lossy files is far off. */
  private RasterDecoding decoding(List<String> warnings) {
    byte[] file = chunks.bytesForPixels();
    try {
      Libwebp.load();
      return Libwebp.decoding(file);
    } catch (IOException e) {
      warnings.add("libwebp cannot be loaded on this system, without which colours are inexact");
      return RasterDecoding.by(new WebPImageReaderSpi(), file);
    }
  }
}
