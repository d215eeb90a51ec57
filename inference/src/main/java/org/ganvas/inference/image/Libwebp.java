package org.ganvas.inference.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPImageWriterSpi;
import java.io.IOException;
import java.nio.file.Files;
import javax.imageio.ImageWriter;

/** Google's library, which comes with webp-imageio for most systems. */
final class Libwebp {
  /** Where webp-imageio unpacks it; everything else below that folder it looks through. */
  private static final String UNPACKED = "com.luciad.imageio.webp.tmpdir";

  private Libwebp() {}

  /**
   * Loads it unless that has been done.
   *
   * @throws IOException if there is none for this system, or it cannot be unpacked or loaded
   */
  static synchronized void load() throws IOException {
    try {
      if (System.getProperty(UNPACKED) == null) {
        var folder = Files.createTempDirectory("ganvas-webp").toFile();
        folder.deleteOnExit();
        System.setProperty(UNPACKED, folder.getPath());
      }
      writer().getDefaultWriteParam();
    } catch (LinkageError | RuntimeException e) {
      throw new IOException(e);
    }
  }

  static ImageWriter writer() {
    return new WebPImageWriterSpi().createWriterInstance(null);
  }

  /** Reads the first picture in a file. */
  static RasterDecoding decoding(byte[] file) {
    return RasterDecoding.by(new WebPImageReaderSpi(), file);
  }
}
