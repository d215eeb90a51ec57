package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SrgbConversionTest {
  /** Where a profile says what its colours are (ICC.1, section 7.2). */
  private static final int COLOR_SPACE = 16;

  private final List<String> warnings = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"Lab ", "XYZ ", "YCbr", "HSV ", "CMY "})
  void aProfileForThreeChannelsThatAreNotRedGreenAndBlueIsIgnoredWithAWarning(String space) {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    System.arraycopy(space.getBytes(StandardCharsets.US_ASCII), 0, profile, COLOR_SPACE, 4);
    assertThat(SrgbConversion.of(profile, PixelLayout.RGB, 8, warnings)).isNull();
    assertThat(warnings).singleElement().asString().contains("for other colours");
  }

  @Test
  void aProfileForTheColorsOfThePictureIsUsed() {
    byte[] rgb = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] gray = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    assertThat(SrgbConversion.of(rgb, PixelLayout.RGBA, 16, warnings)).isNotNull();
    assertThat(SrgbConversion.of(gray, PixelLayout.GRAY, 8, warnings)).isNotNull();
    assertThat(warnings).isEmpty();
  }
}
