package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The trained numbers of each network, summed layer by layer from the papers' notation. */
class ParameterCountTest {

  /** A convolution with its biases. */
  private static long conv(int kernel, int inputs, int outputs) {
    return (long) kernel * kernel * inputs * outputs + outputs;
  }

  @Test
  void srResNetIsTheGeneratorOfTheSrganPaper() {
    long norm = 2 * 64;
    long prelu = 1;
    long block = conv(3, 64, 64) + norm + prelu + conv(3, 64, 64) + norm;
    long doubling = conv(3, 64, 256) + prelu;
    long expected =
        conv(9, 3, 64)
            + prelu
            + 16 * block
            + conv(3, 64, 64)
            + norm
            + 2 * doubling
            + conv(9, 64, 3);
    assertThat(expected).isEqualTo(1_549_462);
    assertThat(new SrResNet(16, 4).program().trainedNumbers()).isEqualTo(expected);
    assertThat(new SrResNet(16, 2).program().trainedNumbers()).isEqualTo(expected - doubling);
  }

  @Test
  void compactSrHasALightTail() {
    long block = 2 * conv(3, 64, 64);
    long expected = conv(3, 3, 64) + 16 * block + conv(3, 64, 64) + conv(3, 64, 3 * 16);
    assertThat(new CompactSr(64, 16, 4).program().trainedNumbers()).isEqualTo(expected);
    assertThat(new CompactSr(64, 16, 2).program().trainedNumbers())
        .isEqualTo(expected - conv(3, 64, 3 * 16) + conv(3, 64, 3 * 4));
  }

  @Test
  void anUnknownArchitectureIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Architectures.named("resnet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the architecture is one of compact-sr, srresnet, found resnet");
    assertThatThrownBy(() -> Architectures.named("srresnet").create(64, 16, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the scale must be 2 or 4, found 3");
  }

  @Test
  void theOptionsOfANamedArchitectureArrive() {
    Architecture network = Architectures.named("compact-sr").create(8, 3, 2);
    assertThat(network).isEqualTo(new CompactSr(8, 3, 2));
    assertThat(network.options())
        .containsEntry("channels", "8")
        .containsEntry("blocks", "3")
        .containsEntry("scale", "2");
    assertThat(Architectures.named("srresnet").create(64, 3, 2)).isEqualTo(new SrResNet(3, 2));
  }
}
