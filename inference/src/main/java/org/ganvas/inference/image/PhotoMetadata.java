package org.ganvas.inference.image;

import org.jspecify.annotations.Nullable;

/**
 * What travels with a photo from the file it was read from to the file that is written. A colour
 * profile does not: the samples are sRGB.
 *
 * @param exif the EXIF block, orientation 1 and without thumbnail, or null
 * @param xmp the XMP packet, or null
 * @param density the print size, or null
 */
public record PhotoMetadata(
    @Nullable ExifBlock exif, @Nullable String xmp, @Nullable Density density) {
  /** No metadata at all. */
  public static final PhotoMetadata NONE = new PhotoMetadata(null, null, null);
}
