package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BicubicRowsTest {

  @Property(tries = 100)
  void givesRowByRowWhatTheWholePlanesGive(
      @ForAll @IntRange(min = 1, max = 30) int width,
      @ForAll @IntRange(min = 1, max = 30) int height,
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 1, max = 40) int newHeight,
      @ForAll boolean deep) {
    for (PixelLayout layout : new PixelLayout[] {PixelLayout.GRAY, PixelLayout.RGB}) {
      Picture picture = noise(width, height, layout, deep ? 16 : 8);
      Picture resized = Bicubic.resize(picture, newWidth, newHeight);
      int largest = deep ? 65535 : 255;
      for (int channel = 0; channel < layout.channels(); channel++) {
        float[] plane = plane(picture, channel);
        float[] expected = Bicubic.resize(plane, width, height, newWidth, newHeight);
        float[] found = plane(resized, channel);
        for (int i = 0; i < expected.length; i++) {
          int rounded = (int) Math.max(0, Math.min(Math.floor(expected[i] + 0.5f), largest));
          assertThat((int) found[i]).isEqualTo(rounded);
        }
      }
    }
  }

  @Test
  void transparentColoursDoNotBleedIntoVisibleOnes() {
    short[] samples = new short[8 * 8 * 4];
    for (int i = 0; i < 64; i++) {
      boolean visible = i % 8 < 3;
      samples[i * 4] = (short) (visible ? 200 : 0);
      samples[i * 4 + 1] = (short) (visible ? 40 : 255);
      samples[i * 4 + 3] = (short) (visible ? 255 : 0);
    }
    Picture resized = Bicubic.resize(new Picture(8, 8, PixelLayout.RGBA, 8, samples), 20, 20);
    boolean partlyVisible = false;
    for (int i = 0; i < 400; i++) {
      int alpha = resized.samples()[i * 4 + 3];
      partlyVisible |= alpha > 0 && alpha < 255;
      if (alpha > 0) {
        assertThat(resized.samples()[i * 4]).isEqualTo((short) 200);
        assertThat(resized.samples()[i * 4 + 1]).isEqualTo((short) 40);
      }
    }
    assertThat(partlyVisible).isTrue();
  }

  @Property(tries = 50)
  void anOpaquePictureIsResampledAsOneWithoutAlpha(
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 1, max = 40) int newHeight) {
    Picture gray = noise(12, 9, PixelLayout.GRAY, 16);
    short[] samples = new short[gray.samples().length * 2];
    for (int i = 0; i < gray.samples().length; i++) {
      samples[2 * i] = gray.samples()[i];
      samples[2 * i + 1] = (short) 65535;
    }
    Picture opaque = new Picture(12, 9, PixelLayout.GRAY_ALPHA, 16, samples);
    Picture resized = Bicubic.resize(opaque, newWidth, newHeight);
    Picture expected = Bicubic.resize(gray, newWidth, newHeight);
    for (int i = 0; i < expected.samples().length; i++) {
      int difference =
          Short.toUnsignedInt(resized.samples()[2 * i])
              - Short.toUnsignedInt(expected.samples()[i]);
      assertThat(Math.abs(difference)).isLessThanOrEqualTo(1);
      assertThat(resized.samples()[2 * i + 1]).isEqualTo((short) 65535);
    }
  }

  @Test
  void theSameSizeLeavesAPictureUnchanged() {
    Picture picture = noise(9, 7, PixelLayout.RGB, 16);
    assertThat(Bicubic.resize(picture, 9, 7).samples()).isEqualTo(picture.samples());
  }

  @Test
  void refusesToGoBackToARowThatItNoLongerHolds() throws Exception {
    BicubicRows rows = new BicubicRows(noise(4, 40, PixelLayout.GRAY, 8), 4, 20);
    short[] row = new short[4];
    rows.readRow(19, row);
    assertThatThrownBy(() -> rows.readRow(0, row))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found row 0");
  }

  private static Picture noise(int width, int height, PixelLayout layout, int bitDepth) {
    short[] samples = new short[width * height * layout.channels()];
    Random random = new Random(width * 31L + height);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt(1 << bitDepth);
    }
    return new Picture(width, height, layout, bitDepth, samples);
  }

  private static float[] plane(Picture picture, int channel) {
    float[] plane = new float[picture.width() * picture.height()];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = Short.toUnsignedInt(picture.samples()[i * picture.layout().channels() + channel]);
    }
    return plane;
  }
}
