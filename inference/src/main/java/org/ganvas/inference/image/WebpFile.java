package org.ganvas.inference.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;

/** A still WebP, lossy or lossless. */
final class WebpFile implements PictureFile {
  private final WebpChunks chunks;
  private final Facts facts;

  WebpFile(byte[] file, DecodeLimits limits) throws ImageRefusedException {
    this.chunks = WebpChunks.of(file, limits);
    PhotoMetadata metadata = PhotoMetadata.of(chunks.exif(), chunks.xmp(), null);
    this.facts =
        new Facts(
            ImageFormat.WEBP,
            chunks.width(),
            chunks.height(),
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
  public void readRows(RowSink sink, List<String> warnings) throws IOException {
    Raster raster =
        RasterDecoding.by(new WebPImageReaderSpi(), chunks.bytesForPixels())
            .read(warnings)
            .getRaster();
    int bands = raster.getNumBands();
    int channels = facts.layout().channels();
    if (bands < 3) {
      throw ImageRefusedException.unsupported("a WebP has RGB, found %d channels".formatted(bands));
    }
    int[] values = new int[raster.getWidth() * bands];
    short[] row = new short[facts.width() * channels];
    for (int y = 0; y < raster.getHeight(); y++) {
      RasterDecoding.copyRow(raster, y, values);
      for (int x = 0; x < raster.getWidth(); x++) {
        for (int c = 0; c < channels; c++) {
          row[x * channels + c] = (short) (c < bands ? values[x * bands + c] : 255);
        }
      }
      sink.accept(y, row);
    }
  }
}
