package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The segments of a JPEG (ITU T.81, annex B), walked from its first marker to its last. What a
 * decoder needs for the pixels is collected apart: metadata never reaches it.
 */
final class JpegSegments {
  /** Photos have up to about a dozen; each one costs a pass over the whole picture. */
  static final int MAX_SCANS = 100;

  /** Pixels times scans: about ten seconds of work. */
  static final long MAX_SCANNED_PIXELS = 3_000_000_000L;

  /** So many are always read, however large the picture is. */
  private static final int USUAL_SCANS = 20;

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int DNL = 0xDC;
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;

  private final byte[] file;
  private final DecodeLimits limits;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final JpegMetadata metadata = new JpegMetadata();
  private int position = 2;
  private int width;
  private int height;
  private int components;
  private int scans;
  private int adobeTransform = -1;
  private int adobeTransformKept;
  private boolean jfif;
  private @Nullable Density density;

  private JpegSegments(byte[] file, DecodeLimits limits) {
    this.file = file;
    this.limits = limits;
  }

  /** Walks a file that begins with a start marker. */
  static JpegSegments of(byte[] file, DecodeLimits limits) throws ImageRefusedException {
    JpegSegments segments = new JpegSegments(file, limits);
    segments.kept.write(0xFF);
    segments.kept.write(SOI);
    segments.walk();
    return segments;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** 1 (grey), 3 or 4 (inks). */
  int components() {
    return components;
  }

  /**
   * The transform of the Adobe segment (0 none, 1 YCbCr, 2 YCCK), or -1 if there is no such
   * segment.
   */
  int adobeTransform() {
    return adobeTransform;
  }

  /** As it stands in the file. */
  PhotoMetadata metadata() {
    return metadata.with(density);
  }

  /** The colour profile, or null. */
  byte @Nullable [] icc() {
    return metadata.icc();
  }

  /** A JPEG of the same picture that has nothing but what its pixels need. */
  byte[] bytesForPixels() {
    byte[] bytes = kept.toByteArray();
    if (jfif && components == 3 && adobeTransform == 0) {
      // JFIF is always YCbCr, whatever Adobe's segment says beside it; libjpeg has it so too.
      bytes[adobeTransformKept] = 1;
    }
    return bytes;
  }

  private void walk() throws ImageRefusedException {
    while (true) {
      int marker = nextMarker();
      if (marker == EOI) {
        break;
      }
      int start = position - 2;
      int length = segmentLength();
      int data = position + 2;
      position += length;
      readSegment(marker, data, position);
      if (isNeeded(marker, data, position)) {
        kept.write(file, start, position - start);
      }
      if (marker == SOS) {
        copyEntropyCodedData();
      }
    }
    if (scans == 0) {
      throw ImageRefusedException.damaged("a JPEG has at least one scan, found none");
    }
    kept.write(0xFF);
    kept.write(EOI);
  }

  private int nextMarker() throws ImageRefusedException {
    if (position < file.length && file[position] != (byte) 0xFF) {
      throw ImageRefusedException.damaged(
          "a JPEG's segment begins with a marker, found none at byte " + position);
    }
    while (position < file.length && file[position] == (byte) 0xFF) {
      position++;
    }
    if (position >= file.length) {
      throw cutOff();
    }
    return file[position++] & 0xFF;
  }

  private int segmentLength() throws ImageRefusedException {
    if (position + 2 > file.length) {
      throw cutOff();
    }
    int length = number(position);
    if (length < 2) {
      throw ImageRefusedException.damaged(
          "a JPEG's segment has at least 2 bytes, found %d at byte %d".formatted(length, position));
    }
    if (position + length > file.length) {
      throw cutOff();
    }
    return length;
  }

  private ImageRefusedException cutOff() {
    return ImageRefusedException.truncated(
        "a JPEG ends with an end marker, found none in %,d bytes".formatted(file.length));
  }

  /** Everything up to the next marker that is neither a restart nor a stuffed zero. */
  private void copyEntropyCodedData() throws ImageRefusedException {
    int start = position;
    while (position + 1 < file.length) {
      int next = file[position + 1] & 0xFF;
      boolean marker = file[position] == (byte) 0xFF && next != 0 && next != 0xFF;
      if (marker && (next < 0xD0 || next > 0xD7)) {
        kept.write(file, start, position - start);
        return;
      }
      position++;
    }
    throw cutOff();
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private boolean isNeeded(int marker, int data, int end) {
    if (marker == APP14) {
      return begins("Adobe", data, end);
    }
    boolean application = marker >= APP0 && marker <= 0xEF;
    return (!application || (marker == APP0 && begins("JFIF\0", data, end)))
        && marker != JpegMetadata.COM;
  }

  private void readSegment(int marker, int data, int end) throws ImageRefusedException {
    if (isFrame(marker)) {
      readFrame(marker, data, end);
    } else if (marker == SOS) {
      countScan();
    } else if (marker == DNL) {
      throw ImageRefusedException.unsupported(
          "a JPEG's height stands before its data, found after");
    } else if (marker == APP0 && begins("JFIF\0", data, end) && end - data >= 12) {
      jfif = true;
      density = density(file[data + 7], number(data + 8), number(data + 10));
    } else if (marker == APP14 && begins("Adobe", data, end) && end - data >= 12) {
      adobeTransform = file[data + 11] & 0xFF;
      adobeTransformKept = kept.size() + 4 + 11; // behind the marker and the length
    } else {
      metadata.read(marker, Arrays.copyOfRange(file, data, end));
    }
  }

  private void readFrame(int marker, int data, int end) throws ImageRefusedException {
    if (marker > 0xC2) {
      throw ImageRefusedException.unsupported(
          "a JPEG is baseline or progressive with Huffman codes, found frame type 0x%X"
              .formatted(marker));
    }
    if (components != 0 || end - data < 6) {
      throw ImageRefusedException.damaged("a JPEG has one frame header of 6 bytes, found another");
    }
    if (file[data] != 8) {
      throw ImageRefusedException.unsupported("a JPEG has 8 bits per sample, found " + file[data]);
    }
    height = number(data + 1);
    width = number(data + 3);
    components = file[data + 5] & 0xFF;
    if (components != 1 && components != 3 && components != 4) {
      throw ImageRefusedException.unsupported(
          "a JPEG has 1, 3 or 4 components, found " + components);
    }
    if (height > 0) { // else it would stand behind the data, which is refused there
      limits.check(width, height);
    }
  }

  private void countScan() throws ImageRefusedException {
    scans++;
    if (components == 0) {
      throw ImageRefusedException.damaged(
          "a JPEG's frame header stands before its scans, found none");
    }
    if (scans > MAX_SCANS
        || (long) scans * width * height
            > Math.max(MAX_SCANNED_PIXELS, (long) USUAL_SCANS * width * height)) {
      throw new ImageRefusedException(
          ImageRefusedException.Reason.TOO_LARGE,
          "a JPEG may have %d scans and %,d pixels in all of them, found %d scans of %dx%d so far; save it as baseline JPEG"
              .formatted(MAX_SCANS, MAX_SCANNED_PIXELS, scans, width, height));
    }
  }

  private static @Nullable Density density(int unit, int x, int y) {
    double perInch = unit == 1 ? 1 : unit == 2 ? Density.CENTIMETRES_PER_INCH : 0;
    return Density.of(x * perInch, y * perInch);
  }

  private boolean begins(String text, int data, int end) {
    return begins(text, file, data, end);
  }

  /** Whether the bytes from {@code data} (inclusive) to {@code end} (exclusive) begin so. */
  static boolean begins(String text, byte[] file, int data, int end) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return end - data >= bytes.length
        && Arrays.equals(file, data, data + bytes.length, bytes, 0, bytes.length);
  }

  private int number(int at) {
    return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
  }
}
