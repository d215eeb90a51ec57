package org.ganvas.inference.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The bytes of an EXIF block, from its byte-order mark on; immutable. */
public final class ExifBlock extends MetadataBlock {
  private static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private static final int SRGB = 1;
  private static final int MAX_BYTES_OF_TIFF = 60_000;

  private ExifBlock(byte[] bytes) {
    super(bytes);
  }

  /**
   * The block in these bytes, with or without {@code Exif} and two zeros before it, or null if they
   * hold none that can be read.
   */
  static @Nullable ExifBlock of(byte[] bytes) {
    boolean prefixed =
        bytes.length >= PREFIX.length
            && Arrays.equals(bytes, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
    byte[] block = Arrays.copyOfRange(bytes, prefixed ? PREFIX.length : 0, bytes.length);
    return TiffDirectory.first(block) == null ? null : new ExifBlock(block);
  }

  /**
   * A block that says of a photo what the directory of a TIFF does, or null if that is nothing.
   * What would not go into a JPEG is left out.
   */
  static @Nullable ExifBlock ofTiff(TiffDirectory tiff) {
    TiffEntries entries = new TiffEntries(tiff.order());
    TiffExif.copy(tiff, MAX_BYTES_OF_TIFF, entries);
    if (entries.isEmpty()) {
      return null;
    }
    byte[] directory = entries.at(TiffEntries.HEADER_BYTES);
    return new ExifBlock(
        ByteBuffer.allocate(TiffEntries.HEADER_BYTES + directory.length)
            .put(TiffEntries.header(tiff.order(), TiffEntries.HEADER_BYTES))
            .put(directory)
            .array());
  }

  /** The block as an APP1 segment of a JPEG holds it. */
  byte[] prefixedBytes() {
    byte[] prefixed = Arrays.copyOf(PREFIX, PREFIX.length + bytes.length);
    System.arraycopy(bytes, 0, prefixed, PREFIX.length, bytes.length);
    return prefixed;
  }

  /** The order of the bytes of numbers in it. */
  ByteOrder order() {
    TiffDirectory directory = TiffDirectory.first(bytes);
    return directory == null ? ByteOrder.LITTLE_ENDIAN : directory.order();
  }

  /** Puts what it says about the photo into the directory of a TIFF of the same order. */
  void copyTo(TiffEntries entries) {
    TiffDirectory directory = TiffDirectory.first(bytes);
    if (directory != null) {
      TiffExif.copy(directory, bytes.length, entries);
    }
  }

  Orientation orientation() {
    TiffDirectory directory = TiffDirectory.first(bytes);
    return directory == null
        ? Orientation.UPRIGHT
        : Orientation.ofExif(directory.number(TiffDirectory.ORIENTATION, 1));
  }

  @Nullable Density density() {
    TiffDirectory directory = TiffDirectory.first(bytes);
    return directory == null ? null : Density.of(directory);
  }

  /**
   * This block for a picture that has been turned upright: orientation 1, and no thumbnail, which
   * would show the picture as it was.
   */
  ExifBlock upright() {
    byte[] copy = bytes.clone();
    TiffDirectory directory = TiffDirectory.first(copy);
    if (directory == null) {
      return this;
    }
    directory.replace(TiffDirectory.ORIENTATION, 1);
    TiffDirectory thumbnail = directory.next();
    directory.cutChain();
    return new ExifBlock(thumbnail == null ? copy : withoutThumbnail(copy, thumbnail));
  }

  /** This block for a picture of another size; entries that are not there are not added. */
  ExifBlock sized(int width, int height) {
    return changed(
        directory -> {
          directory.replace(TiffDirectory.IMAGE_WIDTH, width);
          directory.replace(TiffDirectory.IMAGE_LENGTH, height);
          TiffDirectory details = directory.sub(TiffDirectory.EXIF_DIRECTORY);
          if (details != null) {
            details.replace(TiffDirectory.PIXEL_X_DIMENSION, width);
            details.replace(TiffDirectory.PIXEL_Y_DIMENSION, height);
          }
        });
  }

  /**
   * This block for a picture that has been converted to sRGB, which cameras call R98; entries that
   * are not there are not added.
   */
  ExifBlock inSrgb() {
    return changed(
        directory -> {
          TiffDirectory details = directory.sub(TiffDirectory.EXIF_DIRECTORY);
          if (details == null) {
            return;
          }
          details.replace(TiffDirectory.COLOR_SPACE, SRGB);
          TiffDirectory rule = details.sub(TiffDirectory.INTEROPERABILITY_DIRECTORY);
          if (rule != null) {
            rule.replace(TiffDirectory.INTEROPERABILITY_INDEX, "R98");
          }
        });
  }

  private ExifBlock changed(Consumer<TiffDirectory> change) {
    byte[] copy = bytes.clone();
    TiffDirectory directory = TiffDirectory.first(copy);
    if (directory == null) {
      return this;
    }
    change.accept(directory);
    return new ExifBlock(copy);
  }

  /**
   * Wipes the thumbnail's JPEG, and cuts it off where it is the end of the block, as it nearly
   * always is; other entries stay where they are, since they are found by position.
   */
  private static byte[] withoutThumbnail(byte[] block, TiffDirectory thumbnail) {
    long start = thumbnail.number(TiffDirectory.THUMBNAIL_OFFSET, 0);
    long end = start + thumbnail.number(TiffDirectory.THUMBNAIL_LENGTH, 0);
    boolean jpeg =
        start >= 8
            && end <= block.length
            && end - start > 2
            && block[(int) start] == (byte) 0xFF
            && block[(int) start + 1] == (byte) 0xD8;
    if (!jpeg) {
      return block;
    }
    Arrays.fill(block, (int) start, (int) end, (byte) 0);
    return end == block.length ? Arrays.copyOf(block, (int) start) : block;
  }
}
