package org.ganvas.inference.image;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that say something of a photo; immutable. Their beginning tells the kinds apart. */
abstract sealed class MetadataBlock permits ExifBlock, IptcBlock {
  /** Not to be changed. */
  final byte[] bytes;

  MetadataBlock(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof MetadataBlock block && Arrays.equals(bytes, block.bytes);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public final String toString() {
    return "%s[%d bytes]".formatted(getClass().getSimpleName(), bytes.length);
  }
}
