package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JpegFileTest {
  private static final int APP0 = 0xE0;
  private static final int APP14 = 0xEE;

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void jfifIsYCbCrWhateverAdobesSegmentSays() throws IOException {
    Picture red = new Picture(1, 1, PixelLayout.RGB, 8, new short[] {200, 30, 30});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ImageEncoder().write(red, PhotoMetadata.NONE, OutputFormat.JPEG, out);
    byte[] jfif = out.toByteArray();
    assertThat(jfif[3] & 0xFF).isEqualTo(APP0);
    byte[] both = JpegBytes.withSegment(jfif, APP14, adobe(0));
    short[] expected = decoder.decode(jfif).picture().samples();
    assertThat((int) expected[0]).isGreaterThan(190);
    assertThat(decoder.decode(both).picture().samples()).isEqualTo(expected);
    assertThat(decoder.decode(withAdobesInstead(jfif)).picture().samples()).isNotEqualTo(expected);
  }

  /** The same data with Adobe's segment instead of that of JFIF. */
  private static byte[] withAdobesInstead(byte[] jfif) {
    int length = (jfif[4] & 0xFF) << 8 | jfif[5] & 0xFF;
    byte[] bare = Arrays.copyOf(jfif, jfif.length - 2 - length);
    System.arraycopy(jfif, 4 + length, bare, 2, bare.length - 2);
    return JpegBytes.withSegment(bare, APP14, adobe(0));
  }

  /** Version, two flags, transform. */
  private static byte[] adobe(int transform) {
    byte[] data = Arrays.copyOf("Adobe\0d".getBytes(StandardCharsets.US_ASCII), 12);
    data[11] = (byte) transform;
    return data;
  }
}
