package org.ganvas.inference.image;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What travels with a photo from the file it was read from to the file that is written. A colour
 * profile does not: the samples are sRGB.
 *
 * @param exif the EXIF block; orientation 1 and without thumbnail when it comes from the decoder
 * @param xmp the XMP packet, or null
 * @param iptc the data sets of the press, or null; a WebP cannot hold them
 * @param texts what is said without any of these; a TIFF or WebP cannot hold it
 * @param density the print size, or null
 */
public record PhotoMetadata(
    @Nullable ExifBlock exif,
    @Nullable String xmp,
    @Nullable IptcBlock iptc,
    List<Text> texts,
    @Nullable Density density) {
  /** No metadata at all. */
  public static final PhotoMetadata NONE = new PhotoMetadata(null, null, null, List.of(), null);

  private static final Pattern XMP_ORIENTATION = property("tiff:Orientation", "[1-8]");
  private static final Pattern XMP_WIDTH =
      property("(?:tiff:ImageWidth|exif:PixelXDimension)", "\\d{1,9}");
  private static final Pattern XMP_HEIGHT =
      property("(?:tiff:ImageLength|exif:PixelYDimension)", "\\d{1,9}");

  /** By today's prefix and that of the first years. */
  private static final List<String> XMP_THUMBNAILS = List.of("xmp:Thumbnails>", "xap:Thumbnails>");

  /**
   * XMP that describes other pictures inside the same file (motion photos, gain maps, depth maps);
   * the written file has none of them, and viewers would search for them.
   */
  private static final Pattern XMP_CONTAINER =
      Pattern.compile("Container:Directory|GCamera:|hdrgm:|HDRGainMap|GDepth:|xmpNote:");

  /**
   * A text and what it is.
   *
   * @param keyword one of PNG's, such as Title or Author, or of a program's own; of up to 79 Latin
   *     letters
   */
  public record Text(String keyword, String text) {}

  public PhotoMetadata {
    texts = List.copyOf(texts);
  }

  /** The metadata in these raw pieces of a file, each of which may be missing or unreadable. */
  static PhotoMetadata of(
      byte @Nullable [] exif, byte @Nullable [] xmp, @Nullable Density density) {
    return of(exif == null ? null : ExifBlock.of(exif), xmp, density);
  }

  /** As {@link #of(byte[], byte[], Density)}, with a block that has been read. */
  static PhotoMetadata of(
      @Nullable ExifBlock exif, byte @Nullable [] xmp, @Nullable Density density) {
    return new PhotoMetadata(
        exif,
        xmp == null ? null : new String(xmp, StandardCharsets.UTF_8),
        null,
        List.of(),
        // Cameras and WebP say it in the EXIF block only, of which a TIFF gets no resolution.
        density == null && exif != null ? exif.density() : density);
  }

  /** This metadata with what else is said of the photo. */
  PhotoMetadata captioned(@Nullable IptcBlock block, PhotoTexts others) {
    return new PhotoMetadata(exif, xmp, block, others.all(), density);
  }

  /** How the stored picture has to be turned, by its EXIF block. */
  Orientation orientation() {
    return exif == null ? Orientation.UPRIGHT : exif.orientation();
  }

  /** This metadata for a picture that has been turned upright from the given orientation. */
  PhotoMetadata upright(Orientation from) {
    boolean keepsXmp = xmp != null && !XMP_CONTAINER.matcher(xmp).find();
    return new PhotoMetadata(
        exif == null ? null : exif.upright(),
        xmp != null && keepsXmp ? valued(XMP_ORIENTATION, 1, withoutThumbnails(xmp)) : null,
        iptc,
        texts,
        density != null && from.swapsSides() ? density.transposed() : density);
  }

  /** This metadata for a picture of another size. */
  PhotoMetadata sized(int width, int height) {
    return new PhotoMetadata(
        exif == null ? null : exif.sized(width, height),
        xmp == null ? null : valued(XMP_HEIGHT, height, valued(XMP_WIDTH, width, xmp)),
        iptc,
        texts,
        density);
  }

  /** This metadata for a picture that has been converted from its colour profile to sRGB. */
  PhotoMetadata inSrgb() {
    return new PhotoMetadata(exif == null ? null : exif.inSrgb(), xmp, iptc, texts, density);
  }

  /**
   * A property of XMP as an attribute or an element, up to and with its value; or where an item of
   * a list begins or ends.
   */
  private static Pattern property(String name, String value) {
    return Pattern.compile(
        "(?<name>%s\\s{0,9}(?:=\\s{0,9}[\"']|>))\\s{0,9}%s|(?<item><rdf:li\\b[^<>]*+>)|</rdf:li>"
            .formatted(name, value));
  }

  /** Items of lists are of other pictures, such as those that this one was made of. */
  private static String valued(Pattern property, int value, String xmp) {
    Matcher found = property.matcher(xmp);
    StringBuilder changed = new StringBuilder();
    int depth = 0;
    while (found.find()) {
      if (found.group("item") != null) {
        depth += found.group().endsWith("/>") ? 0 : 1;
      } else if (found.group("name") == null) {
        depth--;
      } else if (depth == 0) {
        found.appendReplacement(changed, "${name}" + value);
      }
    }
    return found.appendTail(changed).toString();
  }

  private static String withoutThumbnails(String xmp) {
    String without = xmp;
    for (String name : XMP_THUMBNAILS) {
      without = withoutThumbnails(name, without);
    }
    return without;
  }

  /** As those of EXIF, they would show the picture as it was. */
  private static String withoutThumbnails(String name, String xmp) {
    StringBuilder kept = new StringBuilder();
    int copied = 0;
    for (int start = xmp.indexOf("<" + name); start >= 0; ) {
      int end = xmp.indexOf("</" + name, start);
      if (end < 0) {
        break;
      }
      kept.append(xmp, copied, start);
      copied = end + 2 + name.length();
      start = xmp.indexOf("<" + name, copied);
    }
    return kept.append(xmp, copied, xmp.length()).toString();
  }
}
