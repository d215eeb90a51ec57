package org.ganvas.inference.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JPEG: grey, YCbCr or RGB, CMYK or YCCK; baseline or progressive; 8 bits. */
final class JpegFile implements PictureFile {
  private final JpegSegments segments;
  private final Facts facts;

  JpegFile(byte[] file, DecodeLimits limits) throws ImageRefusedException {
    this.segments = JpegSegments.of(file, limits);
    PhotoMetadata metadata = segments.metadata();
    boolean cmyk = segments.components() == 4;
    this.facts =
        new Facts(
            ImageFormat.JPEG,
            segments.width(),
            segments.height(),
            PixelLayout.of(segments.components() == 1, false),
            8,
            metadata.orientation(),
            cmyk ? null : segments.icc(),
            cmyk ? metadata.inSrgb() : metadata);
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public void readRows(RowSink sink, List<String> warnings) throws IOException {
    RasterDecoding decoding =
        RasterDecoding.by(new JPEGImageReaderSpi(), segments.bytesForPixels());
    boolean cmyk = segments.components() == 4;
    Raster raster =
        decoding.use(
            warnings,
            JpegFile::refusal,
            reader -> cmyk ? reader.readRaster(0, null) : reader.read(0).getRaster());
    if (raster.getNumBands() != segments.components()) {
      throw ImageRefusedException.unsupported(
          "a JPEG of %d components was decoded to %d"
              .formatted(segments.components(), raster.getNumBands()));
    }
    RowSink samples =
        cmyk
            ? new AdobeRows(segments.adobeTransform(), new InkRows(segments.icc(), warnings, sink))
            : sink;
    RasterDecoding.sendRows(raster, samples);
  }

  /** libjpeg goes on after errors in the data and paints the rest grey; that is not the photo. */
  private static @Nullable ImageRefusedException refusal(String warning) {
    if (warning.contains("Premature end of JPEG file") || warning.contains("Missing EOI")) {
      return ImageRefusedException.truncated("a JPEG's data ends with an end marker, found none");
    }
    if (warning.contains("premature end of data segment")
        || warning.contains("bad Huffman code")
        || warning.contains("instead of RST")
        || warning.contains("Invalid SOS parameters")) {
      return ImageRefusedException.damaged(
          "a JPEG's data decodes without errors, found: " + warning);
    }
    return null;
  }

  /** Turns rows of CMYK or YCCK, as Adobe's programs store them, into inks. */
  private static final class AdobeRows implements RowSink {
    private final boolean ycck;
    private final boolean inverted;
    private final RowSink inks;

    AdobeRows(int adobeTransform, RowSink inks) {
      this.ycck = adobeTransform == 2;
      // Photoshop stores 255 for no ink, and all who write an Adobe segment do the same.
      this.inverted = adobeTransform >= 0;
      this.inks = inks;
    }

    @Override
    public void accept(int y, short[] row) {
      for (int i = 0; i < row.length; i += 4) {
        if (ycck) {
          toCmy(row, i);
        }
        for (int c = i; inverted && c < i + 4; c++) {
          row[c] = (short) (255 - row[c]);
        }
      }
      inks.accept(y, row);
    }

    /** YCbCr to RGB (JFIF 1.02), whose complements are cyan, magenta and yellow. */
    private static void toCmy(short[] row, int i) {
      double luma = row[i];
      double cb = row[i + 1] - 128;
      double cr = row[i + 2] - 128;
      row[i] = clamp(255 - (luma + 1.402 * cr));
      row[i + 1] = clamp(255 - (luma - 0.344136 * cb - 0.714136 * cr));
      row[i + 2] = clamp(255 - (luma + 1.772 * cb));
    }

    private static short clamp(double value) {
      return (short) Math.max(0, Math.min(255, Math.round(value)));
    }
  }
}
