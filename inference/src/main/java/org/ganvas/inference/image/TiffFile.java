package org.ganvas.inference.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/** The first picture of a TIFF, of what TwelveMonkeys' reader makes of the many kinds. */
final class TiffFile implements PictureFile {
  private static final int RGB = 2;
  private static final int SEPARATED = 5;
  private static final int LAB = 8;
  private static final int LAB_OF_PROFILES = 9;
  private static final int SIGNED = 2;
  private static final int FLOATING = 3;
  private static final int REDUCED = 1;
  private static final int MASK = 4;

  /** So many are looked at: a damaged file's may point to each other. */
  private static final int MAX_PAGES = 50;

  /**
   * What the reader says of a last strip that rightly has fewer rows, whose length is checked
   * already, and of JPEG strips each of which has its own tables.
   */
  private static final Pattern NO_FLAW =
      Pattern.compile("strip/tileByteCount < required|Missing JPEGTables");

  private final byte[] file;
  private final Facts facts;
  private final long photometric;
  private final boolean inks;
  private final boolean hasOthers;
  private final byte @Nullable [] profile;

  TiffFile(byte[] file, DecodeLimits limits) throws IOException {
    this.file = file;
    TiffDirectory directory = TiffDirectory.ofFile(file);
    if (directory == null) {
      throw ImageRefusedException.truncated("a TIFF holds a directory, found none");
    }
    requireDeveloped(directory);
    long width = directory.number(TiffDirectory.IMAGE_WIDTH, 0);
    long height = directory.number(TiffDirectory.IMAGE_LENGTH, 0);
    limits.check(width, height);
    requireUnsigned(directory);
    requireReadableDepth(directory);
    new TiffStrips(directory).requireWhole(file.length);
    this.photometric = directory.number(TiffDirectory.PHOTOMETRIC, 0);
    this.inks = isInks(directory);
    this.hasOthers = hasOthers(directory);
    this.profile = directory.data(TiffDirectory.ICC_PROFILE);
    @Nullable ColorImage colors = inks ? null : ColorImage.of(colorModel(), profile);
    PhotoMetadata metadata =
        PhotoMetadata.of(
                ExifBlock.ofTiff(directory),
                directory.data(TiffDirectory.XMP),
                Density.of(directory))
            .captioned(iptc(directory), new PhotoTexts());
    this.facts =
        new Facts(
            ImageFormat.TIFF,
            (int) width,
            (int) height,
            colors == null || isLab() ? PixelLayout.RGB : colors.layout(),
            colors == null ? 8 : colors.bitDepth(),
            Orientation.ofExif(directory.number(TiffDirectory.ORIENTATION, 1)),
            colors == null || profile == null || isLab() ? null : colors.icc(),
            inks || isLab() ? metadata.inSrgb() : metadata);
  }

  @Override
  public Facts facts() {
    return facts;
  }

  @Override
  public boolean hasOthers() {
    return hasOthers;
  }

  @Override
  public void readRows(RowSink sink, List<String> warnings) throws IOException {
    RasterDecoding decoding = RasterDecoding.by(new TIFFImageReaderSpi(), file);
    if (isLab()) {
      // The reader's own sRGB is of a light that is not that of the samples.
      sendLab(decoding.use(warnings, reader -> reader.readRaster(0, null)), sink);
    } else {
      BufferedImage image = decoding.use(warnings, TiffFile::readAsStored);
      if (inks) {
        sendInks(image.getRaster(), new InkRows(profile, warnings, sink));
      } else {
        ColorImage.of(image.getColorModel(), profile).sendRows(image, sink);
      }
    }
    warnings.removeIf(warning -> NO_FLAW.matcher(warning).lookingAt());
  }

  /**
   * Many cameras' raw files are TIFFs whose first picture is but a preview, often a stamp's size.
   */
  private static void requireDeveloped(TiffDirectory first) throws ImageRefusedException {
    if (is(REDUCED, first) && first.count(TiffDirectory.SUB_DIRECTORIES) > 0) {
      throw ImageRefusedException.unsupported(
          "a TIFF's first picture is the picture, found a preview, as in cameras' raw files");
    }
  }

  /** The reader takes signed bytes for unsigned ones, by which the darkest become the brightest. */
  private static void requireUnsigned(TiffDirectory directory) throws ImageRefusedException {
    for (long format : directory.numbers(TiffDirectory.SAMPLE_FORMAT)) {
      if (format == SIGNED || format == FLOATING) {
        throw ImageRefusedException.unsupported(
            "a TIFF's samples are whole numbers from 0 on, found %s"
                .formatted(format == SIGNED ? "signed ones" : "floating-point numbers"));
      }
    }
  }

  /** Of three samples of 4 bits the reader makes other colours. */
  private static void requireReadableDepth(TiffDirectory directory) throws ImageRefusedException {
    if (directory.number(TiffDirectory.PHOTOMETRIC, 0) == RGB
        && directory.number(TiffDirectory.BITS_PER_SAMPLE, 0) == 4) {
      throw ImageRefusedException.unsupported(
          "a TIFF of RGB has 8 bits per sample or more, found 4");
    }
  }

  private static @Nullable IptcBlock iptc(TiffDirectory directory) {
    byte[] sets = directory.data(TiffDirectory.IPTC);
    return sets == null ? null : IptcBlock.of(sets);
  }

  private boolean isLab() {
    return photometric == LAB || photometric == LAB_OF_PROFILES;
  }

  private boolean isInks(TiffDirectory directory) {
    return photometric == SEPARATED
        && directory.number(TiffDirectory.SAMPLES_PER_PIXEL, 0) == 4
        && directory.number(TiffDirectory.BITS_PER_SAMPLE, 0) == 8;
  }

  /** Whether another page follows, and not only the same picture made small, or masks of it. */
  private static boolean hasOthers(TiffDirectory first) {
    @Nullable TiffDirectory page = first.next();
    for (int i = 0; i < MAX_PAGES && page != null; i++, page = page.next()) {
      if (page.count(TiffDirectory.IMAGE_WIDTH) > 0 && !is(REDUCED | MASK, page)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(int kinds, TiffDirectory directory) {
    return (directory.number(TiffDirectory.NEW_SUBFILE_TYPE, 0) & kinds) != 0;
  }

  private void sendLab(Raster raster, RowSink sink) throws ImageRefusedException {
    int bands = raster.getNumBands();
    if (bands < 3) {
      throw ImageRefusedException.unsupported(
          "a TIFF of L*a*b* has three of them, found %d samples".formatted(bands));
    }
    boolean offset = photometric == LAB_OF_PROFILES;
    RasterDecoding.sendRows(raster, new LabRows(offset, bands, facts.bitDepth(), sink));
  }

  private static void sendInks(Raster raster, RowSink inks) throws ImageRefusedException {
    if (raster.getNumBands() != 4) {
      throw ImageRefusedException.unsupported(
          "a TIFF of inks has 4 of them, found %d".formatted(raster.getNumBands()));
    }
    RasterDecoding.sendRows(raster, inks);
  }

  private ColorModel colorModel() throws IOException {
    return RasterDecoding.by(new TIFFImageReaderSpi(), file)
        .use(new ArrayList<>(), reader -> reader.getRawImageType(0).getColorModel());
  }

  /**
   * Not as the first type that the reader offers: that one takes any fourth sample for an alpha
   * that the colours were not multiplied by.
   */
  private static BufferedImage readAsStored(ImageReader reader) throws IOException {
    ImageReadParam asStored = reader.getDefaultReadParam();
    asStored.setDestinationType(reader.getRawImageType(0));
    return reader.read(0, asStored);
  }
}
