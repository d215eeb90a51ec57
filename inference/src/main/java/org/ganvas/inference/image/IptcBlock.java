package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the press says of a photo, its caption, author and rights among others: the data sets of
 * IPTC's Information Interchange Model (IIM 4.2, chapter 1.5); immutable.
 */
public final class IptcBlock extends MetadataBlock {
  private static final int MARKER = 0x1C;
  private static final int HEADER_LENGTH = 5;
  private static final int MAX_LENGTH = 0x7FFF;
  private static final int ENVELOPE = 1;
  private static final int APPLICATION = 2;
  private static final int FIRST_OF_PREVIEW = 200;
  private static final int LAST_OF_PREVIEW = 202;

  private static final byte[] RESOURCE = "8BIM".getBytes(StandardCharsets.US_ASCII);
  private static final int IPTC_RESOURCE = 0x0404;

  /** Signature, number, empty name, length. */
  private static final int RESOURCE_HEADER = 12;

  private IptcBlock(byte[] bytes) {
    super(bytes);
  }

  /**
   * The block of these data sets, or null if there are none. Records of the pixels, and a preview,
   * which would show the picture as it was, are left out, as is what stands behind the sets.
   */
  static @Nullable IptcBlock of(byte[] sets) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    ByteBuffer numbers = ByteBuffer.wrap(sets);
    int end;
    for (int at = 0; at + HEADER_LENGTH <= sets.length && sets[at] == MARKER; at = end) {
      int length = Short.toUnsignedInt(numbers.getShort(at + 3));
      end = at + HEADER_LENGTH + length;
      if (length > MAX_LENGTH || end > sets.length) {
        break;
      }
      if (isOfThePhoto(sets[at + 1], sets[at + 2] & 0xFF)) {
        kept.write(sets, at, end - at);
      }
    }
    return kept.size() == 0 ? null : new IptcBlock(kept.toByteArray());
  }

  /**
   * The block among Photoshop's resources, or null if there is none. The others are of the picture
   * as it was: thumbnails, paths, guides.
   */
  static @Nullable IptcBlock ofResources(byte[] resources) {
    ByteBuffer numbers = ByteBuffer.wrap(resources);
    int at = 0;
    while (at + RESOURCE_HEADER <= resources.length
        && Arrays.equals(resources, at, at + RESOURCE.length, RESOURCE, 0, RESOURCE.length)) {
      int nameLength = resources[at + 6] & 0xFF;
      int lengthAt = at + 6 + even(1 + nameLength);
      if (lengthAt + 4 > resources.length) {
        return null;
      }
      int data = lengthAt + 4;
      int length = numbers.getInt(lengthAt);
      if (length < 0 || length > resources.length - data) {
        return null;
      }
      if (numbers.getShort(at + 4) == IPTC_RESOURCE) {
        return of(Arrays.copyOfRange(resources, data, data + length));
      }
      at = data + even(length);
    }
    return null;
  }

  /** As the only one of Photoshop's resources, which is how JPEG and PNG hold it. */
  byte[] resources() {
    return ByteBuffer.allocate(RESOURCE_HEADER + even(bytes.length))
        .put(RESOURCE)
        .putShort((short) IPTC_RESOURCE)
        .putShort((short) 0)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  private static boolean isOfThePhoto(int record, int set) {
    return record == ENVELOPE
        || (record == APPLICATION && (set < FIRST_OF_PREVIEW || set > LAST_OF_PREVIEW));
  }

  private static int even(int length) {
    return length + length % 2;
  }
}
