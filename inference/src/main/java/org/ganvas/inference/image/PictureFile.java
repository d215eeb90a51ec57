package org.ganvas.inference.image;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture file in memory whose structure has been found whole; its pixels are not decoded yet.
 * One implementation per format. Each refuses a picture above the limits as soon as it knows the
 * size, before it copies anything.
 */
interface PictureFile {
  /** What the structure says. */
  Facts facts();

  /**
   * Whether the file has further pictures, such as those of an animation or the pages of a scan.
   */
  default boolean hasOthers() {
    return false;
  }

  /**
   * Decodes the pixels.
   *
   * @param sink gets every stored row once, in any order
   * @param warnings gets a line for each flaw that did not matter, and for what was left out
   * @throws IOException for anything that is wrong with the file; so does any RuntimeException
   */
  void readRows(RowSink sink, List<String> warnings) throws IOException;

  /** Takes the rows of a picture as they are decoded. */
  interface RowSink {
    /**
     * Takes one row.
     *
     * @param y the row in the stored picture, which need not be upright
     * @param row interleaved samples in the layout and bit depth of the facts, not yet sRGB; may be
     *     overwritten by the receiver and reused by the sender
     */
    void accept(int y, short[] row);
  }

  /**
   * What the structure of a file says about it.
   *
   * @param format the kind of file
   * @param width pixels per stored row
   * @param height stored rows
   * @param layout the channels that {@link #readRows} gives
   * @param bitDepth bits per sample that {@link #readRows} gives: 8 or 16
   * @param orientation how the stored picture has to be turned
   * @param icc the colour profile of the samples that {@link #readRows} gives, or null for sRGB
   * @param metadata as it stands in the file
   */
  @SuppressWarnings("ArrayRecordComponent") // Facts are neither compared nor handed out.
  record Facts(
      ImageFormat format,
      int width,
      int height,
      PixelLayout layout,
      int bitDepth,
      Orientation orientation,
      byte @Nullable [] icc,
      PhotoMetadata metadata) {

    PictureHeader header() {
      boolean turned = orientation.swapsSides();
      return new PictureHeader(
          format, turned ? height : width, turned ? width : height, layout, bitDepth);
    }

    /** The metadata for a picture that has been turned upright. */
    PhotoMetadata uprightMetadata() {
      return metadata.upright(orientation);
    }
  }
}
