package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What TIFF files may say of themselves that pictures of other formats cannot. */
class TiffFileTest {
  private static final int UNSPECIFIED = 0;
  private static final int ASSOCIATED_ALPHA = 1;
  private static final int UNASSOCIATED_ALPHA = 2;
  private static final byte[] PIXEL = {40, 60, 80, (byte) 128};

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void colorsThatWereMultipliedByAlphaAreDividedByIt() throws IOException {
    Picture picture = decoder.decode(withExtraSample(PIXEL, ASSOCIATED_ALPHA)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.RGBA);
    assertThat(picture.samples()).containsExactly(80, 120, 159, 128);
  }

  @Test
  void otherAlphaLeavesColorsAsTheyAre() throws IOException {
    Picture picture = decoder.decode(withExtraSample(PIXEL, UNASSOCIATED_ALPHA)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.RGBA);
    assertThat(picture.samples()).containsExactly(40, 60, 80, 128);
  }

  @ParameterizedTest
  @CsvSource({"RGB, 3", "GRAY, 1"})
  void aSampleOfUnknownMeaningIsNoAlpha(PixelLayout layout, int colors) throws IOException {
    byte[] samples = Arrays.copyOf(PIXEL, colors + 1);
    DecodedPhoto photo = decoder.decode(withExtraSample(samples, UNSPECIFIED));
    assertThat(photo.picture().layout()).isEqualTo(layout);
    for (int c = 0; c < colors; c++) {
      assertThat((int) photo.picture().samples()[c]).isEqualTo(PIXEL[c]);
    }
    assertThat(photo.warnings()).isEmpty();
  }

  private static byte[] withExtraSample(byte[] pixel, int meaning) {
    return TiffBytes.of(
        1, 1, pixel, entries -> entries.putShorts(TiffDirectory.EXTRA_SAMPLES, meaning));
  }
}
