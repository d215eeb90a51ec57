package org.ganvas.inference.image;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Takes JPEG files apart and puts others together, byte by byte. */
final class JpegBytes {
  private JpegBytes() {}

  /** The same picture with its last scan written so often that there are {@code scans}. */
  static byte[] withScans(byte[] progressive, int scans) {
    int count = 0;
    int last = 0;
    int end = progressive.length - 2;
    for (int i = 2; i < end; i++) {
      if ((progressive[i] & 0xFF) == 0xFF && (progressive[i + 1] & 0xFF) == 0xDA) {
        count++;
        last = i;
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(progressive, 0, end);
    for (int i = count; i < scans; i++) {
      out.write(progressive, last, end - last);
    }
    out.write(0xFF);
    out.write(0xD9);
    return out.toByteArray();
  }

  /** The same picture with this segment right after the start marker. */
  static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(0xFF);
    out.write(marker);
    out.write((data.length + 2) >> 8);
    out.write(data.length + 2);
    out.writeBytes(data);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  /** Half of the data, closed by an end marker as if that were all. */
  static byte[] halfWithEnd(byte[] jpeg) {
    byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2 + 2);
    half[half.length - 2] = (byte) 0xFF;
    half[half.length - 1] = (byte) 0xD9;
    return half;
  }

  /** Horizontal and vertical sampling factor of the first component, such as 0x22. */
  static int sampling(byte[] jpeg) {
    return jpeg[frame(jpeg) + 11] & 0xFF;
  }

  static int components(byte[] jpeg) {
    return jpeg[frame(jpeg) + 9];
  }

  private static int frame(byte[] jpeg) {
    int at = 2;
    while ((jpeg[at + 1] & 0xFF) != 0xC0) {
      at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
    }
    return at;
  }
}
