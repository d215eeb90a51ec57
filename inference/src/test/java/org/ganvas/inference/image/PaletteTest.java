package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PaletteTest {
  private static final byte[] GRAYS = {10, 10, 10, 20, 20, 20, 30, 30, 30};
  private static final byte[] COLORS = {10, 10, 10, 20, 20, 20, 30, 30, 31};
  private static final byte[] NONE = {};
  private static final int COLOR_MAP = 320;

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void aPngOfGrayColorsIsGray() throws IOException {
    Picture picture = decoder.decode(png(GRAYS, NONE, NONE)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.GRAY);
    assertThat(picture.samples()).containsExactly(10, 20, 30);
  }

  @Test
  void aPngOfGrayColorsKeepsItsTransparency() throws IOException {
    Picture picture = decoder.decode(png(GRAYS, new byte[] {0, (byte) 200}, NONE)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.GRAY_ALPHA);
    assertThat(picture.samples()).containsExactly(10, 0, 20, 200, 30, 255);
  }

  @Test
  void onePngColorThatIsNotGrayMakesAllOfItColored() throws IOException {
    Picture picture = decoder.decode(png(COLORS, NONE, NONE)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.RGB);
    assertThat(picture.samples()).containsExactly(10, 10, 10, 20, 20, 20, 30, 30, 31);
  }

  @Test
  void theProfileOfATiffsPaletteIsUsedAsThatOfItsPixels() throws IOException {
    byte[] profile = displayP3();
    byte[] color = {(byte) 200, 60, 30};
    byte[] pixel =
        TiffBytes.of(1, 1, color, entries -> entries.putBytes(TiffDirectory.ICC_PROFILE, profile));
    DecodedPhoto photo = decoder.decode(tiff(color, profile));
    assertThat(photo.picture().samples())
        .isEqualTo(decoder.decode(pixel).picture().samples())
        .isNotEqualTo(decoder.decode(tiff(color, NONE)).picture().samples());
    assertThat(photo.warnings()).isEmpty();
  }

  @Test
  void theProfileOfATiffOfGrayColorsIsNotLost() throws IOException {
    byte[] gray = {20, 20, 20};
    assertThat(decoder.decode(tiff(gray, NONE)).picture().layout()).isEqualTo(PixelLayout.GRAY);
    DecodedPhoto photo = decoder.decode(tiff(gray, displayP3()));
    assertThat(photo.picture().layout()).isEqualTo(PixelLayout.RGB);
    assertThat(photo.warnings()).isEmpty();
  }

  @Test
  void theProfileOfAPngOfGrayColorsIsNotLost() throws IOException {
    DecodedPhoto photo = decoder.decode(png(GRAYS, NONE, displayP3()));
    assertThat(photo.picture().layout()).isEqualTo(PixelLayout.RGB);
    assertThat(photo.warnings()).isEmpty();
  }

  @Test
  void aGifOfGrayColorsIsGray() throws IOException {
    Picture picture = decoder.decode(gif(GRAYS, -1)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.GRAY);
    assertThat(picture.samples()).containsExactly(10, 20, 30);
  }

  @Test
  void aGifOfGrayColorsKeepsItsTransparency() throws IOException {
    Picture picture = decoder.decode(gif(GRAYS, 1)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.GRAY_ALPHA);
    assertThat(picture.samples()).containsExactly(10, 255, 0, 0, 30, 255);
  }

  @Test
  void oneGifColorThatIsNotGrayMakesAllOfItColored() throws IOException {
    Picture picture = decoder.decode(gif(COLORS, -1)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.RGB);
    assertThat(picture.samples()).containsExactly(10, 10, 10, 20, 20, 20, 30, 30, 31);
  }

  private static byte[] displayP3() {
    return TiffDirectory.first(Fixture.resource("p3.tif")).data(TiffDirectory.ICC_PROFILE);
  }

  /** One pixel of the first colour of 256, the others black. */
  private static byte[] tiff(byte[] color, byte[] profile) {
    int[] map = new int[3 * 256]; // all reds, all greens, all blues
    for (int c = 0; c < 3; c++) {
      map[256 * c] = 257 * (color[c] & 0xFF);
    }
    return TiffBytes.of(
        1,
        1,
        new byte[1],
        entries -> {
          entries.putShorts(TiffDirectory.PHOTOMETRIC, 3);
          entries.putShorts(COLOR_MAP, map);
          if (profile.length > 0) {
            entries.putBytes(TiffDirectory.ICC_PROFILE, profile);
          }
        });
  }

  /** One row of the three colours. */
  private static byte[] gif(byte[] palette, int transparent) throws IOException {
    IndexColorModel colors = new IndexColorModel(8, 3, palette, 0, false, transparent);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, colors);
    for (int x = 0; x < 3; x++) {
      image.getRaster().setSample(x, 0, 0, x);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "gif", out);
    return out.toByteArray();
  }

  /** One row of the three colours; not written by ImageIO, which writes grey ones without any. */
  private static byte[] png(byte[] palette, byte[] alphas, byte[] profile) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PngBytes.SIGNATURE);
    out.writeBytes(PngBytes.chunk("IHDR", new byte[] {0, 0, 0, 3, 0, 0, 0, 1, 8, 3, 0, 0, 0}));
    if (profile.length > 0) {
      ByteArrayOutputStream named = new ByteArrayOutputStream();
      named.writeBytes(new byte[] {'p', 0, 0});
      named.writeBytes(PngBytes.deflated(profile));
      out.writeBytes(PngBytes.chunk("iCCP", named.toByteArray()));
    }
    out.writeBytes(PngBytes.chunk("PLTE", palette));
    if (alphas.length > 0) {
      out.writeBytes(PngBytes.chunk("tRNS", alphas));
    }
    out.writeBytes(PngBytes.chunk("IDAT", PngBytes.deflated(new byte[] {0, 0, 1, 2})));
    out.writeBytes(PngBytes.chunk("IEND", NONE));
    return out.toByteArray();
  }
}
