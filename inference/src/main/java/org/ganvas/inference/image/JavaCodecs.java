package org.ganvas.inference.image;

import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderWriterSpi;

/** The readers and writers of pictures that are a part of Java, whatever else ImageIO knows. */
final class JavaCodecs {
  private JavaCodecs() {}

  /** The one of that kind for a format, such as {@code jpeg}. */
  static <T extends ImageReaderWriterSpi> T find(Class<T> kind, String format) {
    Iterator<T> found =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                kind,
                candidate ->
                    candidate instanceof ImageReaderWriterSpi spi
                        && spi.getClass().getModule() == ImageIO.class.getModule()
                        && List.of(spi.getFormatNames()).contains(format),
                true);
    if (!found.hasNext()) {
      throw new IllegalStateException("this Java has no %s of %s".formatted(kind, format));
    }
    return found.next();
  }
}
