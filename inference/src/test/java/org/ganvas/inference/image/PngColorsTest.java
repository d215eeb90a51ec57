package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers that are expected were computed with NumPy from the definitions of the colours. */
class PngColorsTest {
  private static final int[] ADOBE = {31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000};
  private static final int[] SRGB = {31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000};
  private static final byte[] DISPLAY_P3 = {12, 13, 0, 1};
  private static final byte[] PIXEL = {(byte) 180, (byte) 140, 110};
  private static final byte[] NONE = {};

  private final ImageDecoder decoder = new ImageDecoder();

  @ParameterizedTest
  @CsvSource({"100000, 219, 195, 175", "55556, 193, 158, 129"})
  void samplesOfAnotherGammaAreConverted(int gamma, int red, int green, int blue)
      throws IOException {
    assertColor(gamma(gamma), red, green, blue);
  }

  @Test
  void grayOfAnotherGammaStaysGray() throws IOException {
    Picture picture = decoder.decode(png(0, new byte[] {(byte) 128}, gamma(100_000))).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.GRAY);
    assertThat((int) picture.samples()[0]).isBetween(187, 189);
  }

  @ParameterizedTest
  @ValueSource(ints = {45455, 45000, 46000, 0, -1, 1})
  void theUsualGammaAndImpossibleOnesChangeNothing(int gamma) throws IOException {
    assertUnchanged(gamma(gamma));
    assertUnchanged(join(gamma(gamma), chromaticities(SRGB)));
  }

  @Test
  void otherPrimariesAreConverted() throws IOException {
    assertColor(join(gamma(45455), chromaticities(ADOBE)), 195, 141, 109);
    assertColor(PngBytes.chunk("cICP", DISPLAY_P3), 188, 138, 105);
    assertColor(PngBytes.chunk("cICP", new byte[] {9, 8, 0, 1}), 233, 192, 172);
  }

  @Test
  void primariesThatMixNoWhiteChangeNothing() throws IOException {
    assertUnchanged(chromaticities(new int[8]));
    assertUnchanged(chromaticities(31270, 32900, 64000, 33000, 64000, 33000, 15000, 6000));
    assertUnchanged(chromaticities(80000, 10000, 64000, 33000, 30000, 60000, 15000, 6000));
  }

  @Test
  void whatIsMoreExactCounts() throws IOException {
    byte[] srgb = PngBytes.chunk("sRGB", new byte[1]);
    assertUnchanged(join(srgb, gamma(100_000), chromaticities(ADOBE)));
    ByteArrayOutputStream linear = new ByteArrayOutputStream();
    linear.writeBytes(new byte[] {'l', 0, 0});
    linear.writeBytes(
        PngBytes.deflated(ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData()));
    byte[] profile = PngBytes.chunk("iCCP", linear.toByteArray());
    assertColor(join(profile, gamma(55_556)), 219, 195, 175);
    byte[] codes = PngBytes.chunk("cICP", DISPLAY_P3);
    assertColor(join(codes, profile, srgb, gamma(100_000)), 188, 138, 105);
  }

  @Test
  void codesThatAreNotUnderstoodDoNotCountAndThatIsSaid() throws IOException {
    byte[] perceptualQuantizer = PngBytes.chunk("cICP", new byte[] {9, 16, 0, 1});
    DecodedPhoto photo = decoder.decode(png(2, PIXEL, join(perceptualQuantizer, gamma(100_000))));
    assertColor(photo.picture(), 219, 195, 175);
    assertThat(photo.warnings()).singleElement().asString().endsWith("cICP 09 10 00 01");
  }

  private void assertUnchanged(byte[] chunks) throws IOException {
    assertThat(decoder.decode(png(2, PIXEL, chunks)).picture().samples())
        .containsExactly(180, 140, 110);
  }

  private void assertColor(byte[] chunks, int... expected) throws IOException {
    DecodedPhoto photo = decoder.decode(png(2, PIXEL, chunks));
    assertThat(photo.warnings()).isEmpty();
    assertColor(photo.picture(), expected);
  }

  private static void assertColor(Picture picture, int... expected) {
    for (int c = 0; c < 3; c++) {
      assertThat((int) picture.samples()[c]).isBetween(expected[c] - 1, expected[c] + 1);
    }
  }

  private static byte[] gamma(int gamma) {
    return PngBytes.chunk("gAMA", ByteBuffer.allocate(4).putInt(gamma).array());
  }

  private static byte[] chromaticities(int... values) {
    ByteBuffer data = ByteBuffer.allocate(32);
    data.asIntBuffer().put(values);
    return PngBytes.chunk("cHRM", data.array());
  }

  private static byte[] join(byte[]... chunks) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] chunk : chunks) {
      all.writeBytes(chunk);
    }
    return all.toByteArray();
  }

  /** One pixel of 8-bit samples. */
  private static byte[] png(int colorType, byte[] pixel, byte[] chunks) throws IOException {
    byte[] header = {0, 0, 0, 1, 0, 0, 0, 1, 8, (byte) colorType, 0, 0, 0};
    return join(
        PngBytes.SIGNATURE,
        PngBytes.chunk("IHDR", header),
        chunks,
        PngBytes.chunk("IDAT", PngBytes.deflated(join(new byte[1], pixel))),
        PngBytes.chunk("IEND", NONE));
  }
}
