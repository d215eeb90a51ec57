package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PictureTest {
  @Test
  void aByteThatWasWidenedWithItsSignIsNoSample() {
    short[] samples = {100, (byte) 200, 0};
    assertThatThrownBy(() -> new Picture(1, 1, PixelLayout.RGB, 8, samples))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a sample of 8 bits is 0 to 255, found -56; widen bytes without their sign");
    assertThat(new Picture(1, 1, PixelLayout.RGB, 16, samples).samples()).isSameAs(samples);
  }
}
