package org.ganvas.inference.image;

import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.spi.ImageWriterSpi;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Writes one JPEG with Java's writer, holding one row of it. */
final class JpegWriter {
  private static final String TREE = "javax_imageio_jpeg_image_1.0";
  private static final int MAX_SEGMENT_DATA = 65_533;
  private static final int MAX_DENSITY = 65_535;

  private final PictureRows rows;
  private final PhotoMetadata metadata;
  private final OutputFormat.Jpeg format;

  JpegWriter(PictureRows rows, PhotoMetadata metadata, OutputFormat.Jpeg format) {
    this.rows = rows;
    this.metadata = metadata;
    this.format = format;
  }

  static void check(int width, int height, PixelLayout layout) throws ImageRefusedException {
    if (layout.hasAlpha()) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.UNSUPPORTED,
          "a JPEG has no transparency, found a picture that has; write PNG");
    }
    int maxSide = OutputFormat.Jpeg.MAX_SIDE;
    if (width > maxSide || height > maxSide || (long) width * height >= Integer.MAX_VALUE) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.TOO_LARGE,
          "a JPEG has at most %,d pixels per side and fewer than 2^31 in all, found %dx%d; write PNG or scale less"
              .formatted(maxSide, width, height));
    }
  }

  void writeTo(OutputStream out) throws IOException {
    RowsImage image = new RowsImage(rows);
    ImageWriter writer = JavaCodecs.find(ImageWriterSpi.class, "jpeg").createWriterInstance();
    try (ForwardImageOutputStream stream = new ForwardImageOutputStream(out)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(format.quality() / 100f);
      IIOMetadata description =
          writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), settings);
      describe(description);
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, description), settings);
    } catch (IOException | RuntimeException e) {
      // The writer wraps some of what the rows throw.
      image.rethrowFailure();
      throw e;
    } finally {
      writer.dispose();
    }
  }

  private void describe(IIOMetadata description) throws IIOInvalidTreeException {
    Element root = (Element) description.getAsTree(TREE);
    setDensity((Element) root.getElementsByTagName("app0JFIF").item(0));
    setSampling((Element) root.getElementsByTagName("sof").item(0));
    Node markers = root.getElementsByTagName("markerSequence").item(0);
    Node first = markers.getFirstChild();
    for (JpegMetadata.Segment segment : JpegMetadata.of(metadata)) {
      if (segment.data().length <= MAX_SEGMENT_DATA) {
        IIOMetadataNode node = new IIOMetadataNode("unknown");
        node.setAttribute("MarkerTag", Integer.toString(segment.marker()));
        node.setUserObject(segment.data());
        markers.insertBefore(node, first);
      }
    }
    description.setFromTree(TREE, root);
  }

  private void setDensity(Element jfif) {
    Density density = metadata.density();
    if (density != null) {
      jfif.setAttribute("resUnits", "1");
      jfif.setAttribute("Xdensity", rounded(density.x()));
      jfif.setAttribute("Ydensity", rounded(density.y()));
    }
  }

  private static String rounded(double density) {
    return Long.toString(Math.max(1, Math.min(MAX_DENSITY, Math.round(density))));
  }

  private void setSampling(Element frame) {
    if (format.quality() < OutputFormat.Jpeg.FULL_COLOR_FROM_QUALITY) {
      return;
    }
    for (Node component = frame.getFirstChild();
        component != null;
        component = component.getNextSibling()) {
      ((Element) component).setAttribute("HsamplingFactor", "1");
      ((Element) component).setAttribute("VsamplingFactor", "1");
    }
  }
}
