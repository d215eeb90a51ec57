package org.ganvas.inference.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A BMP of any of the usual kinds. */
final class BmpFile implements PictureFile {
  private static final int HEADER_LENGTH = 26;
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;

  /** Of version 3, which ends with four masks. */
  private static final int HEADER_OF_MASKS = 56;

  private static final int BIT_FIELDS = 3;
  private static final int JPEG = 4;
  private static final int PNG = 5;
  private static final int ALPHA_BIT_FIELDS = 6;

  private final byte[] file;
  private final Facts facts;

  BmpFile(byte[] file, DecodeLimits limits) throws IOException {
    if (file.length < HEADER_LENGTH) {
      throw ImageRefusedException.truncated(
          "a BMP has at least %d bytes, found %d".formatted(HEADER_LENGTH, file.length));
    }
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    boolean core = bytes.getInt(14) == CORE_HEADER;
    int width = core ? Short.toUnsignedInt(bytes.getShort(18)) : bytes.getInt(18);
    int height = core ? Short.toUnsignedInt(bytes.getShort(20)) : Math.abs(bytes.getInt(22));
    limits.check(width, height);
    int compression = core || file.length < 34 ? 0 : bytes.getInt(30);
    boolean masksInHeader = bytes.getInt(14) == HEADER_OF_MASKS && compression == BIT_FIELDS;
    this.file = masksInHeader ? withMasksBehindHeader(file) : file;
    requireOwnPixels(compression);
    requireWhole(bytes, core, compression, width, height);
    ColorImage colors = ColorImage.of(colorModel());
    this.facts =
        new Facts(
            ImageFormat.BMP,
            width,
            height,
            colors.layout(),
            colors.bitDepth(),
            Orientation.UPRIGHT,
            null,
            PhotoMetadata.NONE);
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public void readRows(RowSink sink, List<String> warnings) throws IOException {
    BufferedImage image = RasterDecoding.by(new BMPImageReaderSpi(), file).read(warnings);
    ColorImage.of(image.getColorModel()).sendRows(image, sink);
  }

  private ColorModel colorModel() throws IOException {
    return RasterDecoding.by(new BMPImageReaderSpi(), file)
        .use(new ArrayList<>(), reader -> reader.getImageTypes(0).next().getColorModel());
  }

  /**
   * The same file with a header of version 1, which the same four masks follow: of those in the
   * header the reader does not take that of alpha.
   */
  private static byte[] withMasksBehindHeader(byte[] file) {
    return ByteBuffer.wrap(file.clone())
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(14, INFO_HEADER)
        .putInt(30, ALPHA_BIT_FIELDS)
        .array();
  }

  /** A JPEG or PNG inside has a size of its own, which no limit has seen. */
  private static void requireOwnPixels(int compression) throws ImageRefusedException {
    if (compression == JPEG || compression == PNG) {
      throw ImageRefusedException.unsupported(
          "a BMP holds pixels of its own, found a %s in it"
              .formatted(compression == JPEG ? "JPEG" : "PNG"));
    }
  }

  /**
   * Uncompressed rows, padded to 4 bytes, have a known length; a compressed file states its own.
   */
  private static void requireWhole(
      ByteBuffer bytes, boolean core, int compression, long width, long height)
      throws ImageRefusedException {
    int bits = Short.toUnsignedInt(bytes.getShort(core ? 24 : 28));
    boolean plain =
        compression == 0 || compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS;
    long data = Integer.toUnsignedLong(bytes.getInt(10));
    long end =
        plain
            ? data + (width * bits + 31) / 32 * 4 * height
            : Integer.toUnsignedLong(bytes.getInt(2));
    if (end > bytes.capacity()) {
      throw ImageRefusedException.truncated(
          "a BMP of %dx%d pixels of %d bits has %,d bytes, found %,d"
              .formatted(width, height, bits, end, bytes.capacity()));
    }
  }
}
