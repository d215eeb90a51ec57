package org.ganvas.inference.image;

import com.luciad.imageio.webp.WebPWriteParam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriter;

/** Writes one lossy WebP with Google's libwebp, which wants all pixels at once. */
final class WebpWriter {
  private static final String LOSSY = "Lossy";

  /** From 0, the fastest, to 6; nothing can stop the encoder, so it had better not take long. */
  private static final int METHOD = 2;

  private final PictureRows rows;
  private final PhotoMetadata metadata;
  private final OutputFormat.Webp format;

  WebpWriter(PictureRows rows, PhotoMetadata metadata, OutputFormat.Webp format) {
    this.rows = rows;
    this.metadata = metadata;
    this.format = format;
  }

  static void check(int width, int height) throws ImageRefusedException {
    int maxSide = OutputFormat.Webp.MAX_SIDE;
    if (width > maxSide || height > maxSide) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.TOO_LARGE,
          "a WebP has at most %,d pixels per side, found %dx%d; write PNG or scale less"
              .formatted(maxSide, width, height));
    }
    requireEncoder();
  }

  private static void requireEncoder() throws ImageRefusedException {
    try {
      Libwebp.load();
    } catch (IOException e) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.UNSUPPORTED,
          "WebP needs libwebp, found no way to load it on this system; write PNG or JPEG",
          e);
    }
  }

  void writeTo(OutputStream out) throws IOException {
    if (metadata.exif() == null && metadata.xmp() == null) {
      encodeTo(out);
      return;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    encodeTo(plain);
    out.write(WebpMetadata.added(plain.toByteArray(), metadata, rows));
  }

  private void encodeTo(OutputStream out) throws IOException {
    RowsImage image = new RowsImage(GrayAsColorRows.of(rows));
    ImageWriter writer = Libwebp.writer();
    try (ForwardImageOutputStream stream = new ForwardImageOutputStream(out)) {
      WebPWriteParam settings = (WebPWriteParam) writer.getDefaultWriteParam();
      settings.setCompressionType(LOSSY);
      settings.setCompressionQuality(format.quality() / 100f);
      settings.setMethod(METHOD);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException | RuntimeException e) {
      // The writer wraps some of what the rows throw.
      image.rethrowFailure();
      throw e;
    } finally {
      writer.dispose();
    }
  }
}
