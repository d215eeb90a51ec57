package org.ganvas.inference.image;

import java.nio.ByteOrder;
import java.util.Set;

/**
 * Copies what is said about a photo from an EXIF block into a TIFF, where it stands among what is
 * said about its pixels, or back. Notes of the camera's maker are left out: they point into the
 * file by position.
 */
final class TiffExif {
  private static final int MAKER_NOTE = 0x927C;

  /**
   * All that the first directory has of the photo but not of its pixels (EXIF 2.32, section 4.6.4):
   * description, make, model, software, date, artist, copyright.
   */
  private static final Set<Integer> OF_THE_PHOTO =
      Set.of(0x10E, 0x10F, 0x110, 0x131, 0x132, 0x13B, 0x8298);

  private static final Set<Integer> NOT_COPIED =
      Set.of(
          TiffDirectory.GPS_DIRECTORY,
          TiffDirectory.INTEROPERABILITY_DIRECTORY,
          MAKER_NOTE,
          TiffDirectory.EXIF_DIRECTORY);

  /** Entries may share their bytes; together they are not let grow beyond what may be copied. */
  private int bytesLeft;

  private TiffExif(int bytes) {
    this.bytesLeft = bytes;
  }

  /**
   * Copies all there is.
   *
   * @param block the first directory of a block or a TIFF
   * @param bytes how many the copied entries may take; those that are beyond are left out
   */
  static void copy(TiffDirectory block, int bytes, TiffEntries to) {
    TiffExif exif = new TiffExif(bytes);
    for (int tag : OF_THE_PHOTO) {
      exif.copyEntry(block, tag, to);
    }
    TiffDirectory details = block.sub(TiffDirectory.EXIF_DIRECTORY);
    if (details != null) {
      TiffEntries copied = exif.copyAll(details, to.order());
      exif.copySub(details, TiffDirectory.INTEROPERABILITY_DIRECTORY, copied);
      putSub(TiffDirectory.EXIF_DIRECTORY, copied, to);
    }
    exif.copySub(block, TiffDirectory.GPS_DIRECTORY, to);
  }

  private void copySub(TiffDirectory from, int tag, TiffEntries to) {
    TiffDirectory sub = from.sub(tag);
    if (sub != null) {
      putSub(tag, copyAll(sub, to.order()), to);
    }
  }

  private static void putSub(int tag, TiffEntries sub, TiffEntries to) {
    if (!sub.isEmpty()) {
      to.putSub(tag, sub);
    }
  }

  private TiffEntries copyAll(TiffDirectory from, ByteOrder order) {
    TiffEntries to = new TiffEntries(order);
    for (int tag : from.tags()) {
      if (!NOT_COPIED.contains(tag)) {
        copyEntry(from, tag, to);
      }
    }
    return to;
  }

  private void copyEntry(TiffDirectory from, int tag, TiffEntries to) {
    int values = from.byteCount(tag);
    int length = TiffEntries.ENTRY_LENGTH + (values > 4 ? values : 0); // up to 4 stand in the entry
    // The numbers of BigTIFF have no type in other files.
    boolean fits = length <= bytesLeft && from.type(tag) < TiffDirectory.LONG8;
    byte[] data = fits ? from.data(tag) : null;
    if (data != null) {
      bytesLeft -= length;
      to.put(tag, from.type(tag), from.count(tag), data);
    }
  }
}
