package org.ganvas.inference.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;
import javax.imageio.stream.ImageInputStream;
import org.jspecify.annotations.Nullable;

/** Runs one ImageIO reader over the bytes of one file. */
final class RasterDecoding {
  /** Says something of a reader's warning: whether the picture must be refused for it. */
  interface WarningRule {
    /** The refusal that the warning amounts to, or null if it is merely passed on. */
    @Nullable ImageRefusedException refusal(String warning);
  }

  /** What is done with a reader. */
  interface Use<T> {
    T with(ImageReader reader) throws IOException;
  }

  private static final int MAX_WARNINGS = 10;

  private final ImageReaderSpi provider;
  private final byte[] file;

  private RasterDecoding(ImageReaderSpi provider, byte[] file) {
    this.provider = provider;
    this.file = file;
  }

  /**
   * With a reader of this provider, a new one such as TwelveMonkeys'. ImageIO's own ones of that
   * kind are those that the class loader knew of the thread that used ImageIO first: in a program
   * with several class loaders there may be none, or others.
   */
  static RasterDecoding by(ImageReaderSpi provider, byte[] file) {
    ServiceRegistry registry =
        new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
    // That for JPEG looks for Java's beside it, which does a part of the work.
    registry.registerServiceProvider(JavaCodecs.find(ImageReaderSpi.class, "jpeg"));
    registry.registerServiceProvider(provider);
    return new RasterDecoding(provider, file);
  }

  /** With the reader that is part of Java. */
  static RasterDecoding byJava(String format, byte[] file) {
    return new RasterDecoding(JavaCodecs.find(ImageReaderSpi.class, format), file);
  }

  /** The first picture in the file. */
  BufferedImage read(List<String> warnings) throws IOException {
    return use(warnings, reader -> reader.read(0));
  }

  /** As {@link #use(List, WarningRule, Use)}, with all warnings passed on. */
  <T> T use(List<String> warnings, Use<T> use) throws IOException {
    return use(warnings, warning -> null, use);
  }

  /**
   * Uses the reader and disposes of it.
   *
   * @param warnings gets the reader's warnings that the rule does not make refusals of
   */
  <T> T use(List<String> warnings, WarningRule rule, Use<T> use) throws IOException {
    ImageReader reader = provider.createReaderInstance(null);
    ImageRefusedException[] refusal = new ImageRefusedException[1];
    reader.addIIOReadWarningListener(
        (source, warning) -> {
          ImageRefusedException found = rule.refusal(warning);
          if (found == null) {
            addOnce(warning.lines().findFirst().orElse(warning), warnings);
          } else if (refusal[0] == null) {
            refusal[0] = found;
            reader.abort();
          }
        });
    try (ImageInputStream input = new GuardedInputStream(file)) {
      reader.setInput(input, true, true);
      T result = use.with(reader);
      if (refusal[0] != null) {
        throw refusal[0];
      }
      return result;
    } finally {
      reader.dispose();
    }
  }

  /** A damaged file can bring a warning per pixel. */
  private static void addOnce(String warning, List<String> warnings) {
    if (warnings.size() < MAX_WARNINGS && !warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  /** Copies one row of raw samples, channel by channel of the raster. */
  static void copyRow(Raster raster, int y, int[] samples) {
    raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, samples);
  }

  /** Sends the rows of raw samples, as they are stored. */
  static void sendRows(Raster raster, PictureFile.RowSink sink) {
    int[] values = new int[raster.getWidth() * raster.getNumBands()];
    short[] row = new short[values.length];
    for (int y = 0; y < raster.getHeight(); y++) {
      copyRow(raster, y, values);
      for (int i = 0; i < row.length; i++) {
        row[i] = (short) values[i];
      }
      sink.accept(y, row);
    }
  }
}
