package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BufferedImagesTest {
  private static ColorModel rgb(ColorSpace space, int type, int... bits) {
    return new ComponentColorModel(space, bits, false, false, ColorModel.OPAQUE, type);
  }

  private static BufferedImage pixel(ColorModel model, int... samples) {
    BufferedImage image =
        new BufferedImage(model, model.createCompatibleWritableRaster(1, 1), false, null);
    image.getRaster().setPixel(0, 0, samples);
    return image;
  }

  /** Opaque colours, and where the type has alpha half transparent ones. */
  private static BufferedImage painted(int type) {
    BufferedImage image = new BufferedImage(7, 3, type);
    for (int i = 0; i < 21; i++) {
      int alpha = i % 3 == 0 ? 0x80 : 0xFF;
      image.setRGB(i % 7, i / 7, alpha << 24 | 0x0A0507 * (i + 1));
    }
    return image;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_INT_ARGB_PRE,
        BufferedImage.TYPE_4BYTE_ABGR_PRE,
        BufferedImage.TYPE_USHORT_565_RGB,
        BufferedImage.TYPE_USHORT_555_RGB,
        BufferedImage.TYPE_BYTE_INDEXED,
      })
  void everyTypeOfJavaHasTheColoursThatJavaSaysItHas(int type) throws IOException {
    BufferedImage image = painted(type);
    Picture picture = BufferedImages.picture(image);
    assertThat(picture.layout().hasAlpha()).isEqualTo(image.getColorModel().hasAlpha());
    int channels = picture.layout().channels();
    for (int i = 0; i < 21; i++) {
      int color = image.getRGB(i % 7, i / 7);
      for (int c = 0; c < 3; c++) {
        assertThat((int) picture.samples()[i * channels + c])
            .as("pixel %d, channel %d", i, c)
            .isCloseTo(color >> (16 - 8 * c) & 0xFF, within(1));
      }
      if (channels == 4) {
        assertThat((int) picture.samples()[i * channels + 3]).isEqualTo(color >>> 24);
      }
    }
  }

  @Test
  void blackAndWhiteAndGreyAreGrey() throws IOException {
    BufferedImage bits = new BufferedImage(9, 1, BufferedImage.TYPE_BYTE_BINARY);
    bits.setRGB(4, 0, 0xFFFFFFFF);
    Picture picture = BufferedImages.picture(bits);
    assertThat(picture.layout()).isEqualTo(PixelLayout.GRAY);
    assertThat(picture.samples()).containsExactly(0, 0, 0, 0, 255, 0, 0, 0, 0);
    BufferedImage gray = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    gray.getRaster().setSample(1, 0, 0, 119);
    assertThat(BufferedImages.picture(gray).samples()).containsExactly(0, 119);
    BufferedImage deep = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 0, 0, 50_000);
    assertThat(BufferedImages.picture(deep).bitDepth()).isEqualTo(16);
    assertThat(BufferedImages.picture(deep).samples()).containsExactly((short) 0, (short) 50_000);
  }

  @Test
  void aPartOfAnImageIsThatPart() throws IOException {
    BufferedImage image = painted(BufferedImage.TYPE_INT_RGB);
    Picture part = BufferedImages.picture(image.getSubimage(3, 1, 2, 2));
    assertThat(part.width()).isEqualTo(2);
    assertThat((int) part.samples()[0]).isEqualTo(image.getRGB(3, 1) >> 16 & 0xFF);
    assertThat((int) part.samples()[11]).isEqualTo(image.getRGB(4, 2) & 0xFF);
  }

  @Test
  void linearColoursBecomeSrgb() throws IOException {
    ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    BufferedImage image = pixel(rgb(linear, DataBuffer.TYPE_BYTE, 8, 8, 8), 128, 128, 128);
    // IEC 61966-2-1: 1.055 * (128 / 255)^(1 / 2.4) - 0.055 is 188 of 255.
    for (short sample : BufferedImages.picture(image).samples()) {
      assertThat((int) sample).isCloseTo(188, within(1));
    }
  }

  @ParameterizedTest
  @EnumSource(PixelLayout.class)
  void aPictureIsTheSameAfterBeingAnImage(PixelLayout layout) throws IOException {
    for (int bits : new int[] {8, 16}) {
      short[] samples = new short[5 * 4 * layout.channels()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (short) (i * 37 * (bits == 16 ? 211 : 1) % (bits == 16 ? 65_536 : 256));
      }
      Picture picture = new Picture(5, 4, layout, bits, samples);
      Picture back = BufferedImages.picture(BufferedImages.image(picture));
      assertThat(back.layout()).isEqualTo(layout);
      assertThat(back.bitDepth()).isEqualTo(bits);
      assertThat(back.samples()).isEqualTo(samples);
    }
  }

  @Test
  void imageIoWritesTheImageOfAPicture() throws IOException {
    Picture picture = BufferedImages.picture(painted(BufferedImage.TYPE_INT_RGB));
    BufferedImage image = BufferedImages.image(picture);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_3BYTE_BGR);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, "png", png)).isTrue();
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    assertThat(BufferedImages.picture(read).samples()).isEqualTo(picture.samples());
  }

  @Test
  void refusesWhatHasNoWholeNumbers() {
    ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    BufferedImage image = pixel(rgb(srgb, DataBuffer.TYPE_FLOAT, 32, 32, 32), 0, 0, 0);
    assertThatThrownBy(() -> BufferedImages.picture(image))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("grey or RGB of up to 16 bits");
  }

  @Test
  void samplesThatHaveMoreThanTheirBitsAreTheBrightest() throws IOException {
    ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    ColorModel five = rgb(srgb, DataBuffer.TYPE_BYTE, 5, 5, 5);
    assertThat(BufferedImages.picture(pixel(five, 255, 31, 0)).samples())
        .containsExactly(255, 255, 0);
    ColorModel twelve = rgb(srgb, DataBuffer.TYPE_USHORT, 12, 12, 12);
    assertThat(BufferedImages.picture(pixel(twelve, 60_000, 4095, 0)).samples())
        .containsExactly(-1, -1, 0);
    ColorModel wide = rgb(srgb, DataBuffer.TYPE_INT, 8, 8, 8);
    assertThat(BufferedImages.picture(pixel(wide, 300, 7, -5)).samples())
        .containsExactly(255, 7, 0);
  }

  @Test
  void refusesBitsOfAnyChannelThatNoPictureHas() {
    ColorSpace srgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    ColorModel uneven = rgb(srgb, DataBuffer.TYPE_INT, 8, 32, 8);
    ColorModel cyan = new DirectColorModel(24, 0, 0xFF00, 0xFF);
    assertThatThrownBy(() -> BufferedImages.picture(pixel(uneven, 1, 2, 3)))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("up to 16 bits, found 3 channels of 8 and 32 bits");
    assertThatThrownBy(() -> BufferedImages.picture(pixel(cyan, 1, 2, 3)))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("up to 16 bits, found 3 channels of 0 and 8 bits");
  }

  @Test
  void refusesColoursOfWhichOnlyTheirOwnClassKnowsWhatTheyAre() {
    ColorSpace inverted = new InvertedRgb();
    assertThatThrownBy(
            () ->
                BufferedImages.picture(
                    pixel(rgb(inverted, DataBuffer.TYPE_BYTE, 8, 8, 8), 1, 2, 3)))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining(
            "have an ICC profile, found those of a " + InvertedRgb.class.getName());
  }

  @Test
  void aPictureThatNoImageOfJavaHoldsIsRefusedBeforeItIsComputed() {
    for (PixelLayout layout : PixelLayout.values()) {
      for (int bits : new int[] {8, 16}) {
        assertThatThrownBy(() -> BufferedImages.image(new NeverRead(50_000, 50_000, layout, bits)))
            .isInstanceOf(ImageRefusedException.class)
            .hasMessageContaining(
                "fewer than 2^31 samples, found %,d", 2_500_000_000L * layout.channels());
      }
    }
  }

  /** Rows that nobody may ask for. */
  private record NeverRead(int width, int height, PixelLayout layout, int bitDepth)
      implements PictureRows {
    @Override
    public void readRow(int y, short[] samples) {
      throw new AssertionError("row %d was asked for".formatted(y));
    }
  }

  /** RGB, of which 1 is dark. */
  private static final class InvertedRgb extends ColorSpace {
    private static final long serialVersionUID = 1;

    InvertedRgb() {
      super(TYPE_RGB, 3);
    }

    @Override
    public float[] toRGB(float[] colors) {
      return new float[] {1 - colors[0], 1 - colors[1], 1 - colors[2]};
    }

    @Override
    public float[] fromRGB(float[] colors) {
      return toRGB(colors);
    }

    @Override
    public float[] toCIEXYZ(float[] colors) {
      return getInstance(CS_sRGB).toCIEXYZ(toRGB(colors));
    }

    @Override
    public float[] fromCIEXYZ(float[] colors) {
      return fromRGB(getInstance(CS_sRGB).fromCIEXYZ(colors));
    }
  }
}
