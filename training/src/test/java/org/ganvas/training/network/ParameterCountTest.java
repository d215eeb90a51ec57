package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The trained numbers of each network, summed layer by layer from the papers' notation. */
class ParameterCountTest {
  /** torchvision's without the classifier. */
  private static final long SQUEEZE_NET = 1_235_496 - conv(1, 512, 1000);

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

  /** A convolution without biases, or a transposed one. */
  private static long bare(int kernel, int inputs, int outputs) {
    return (long) kernel * kernel * inputs * outputs;
  }

  private static long count(String architecture, Map<String, String> options) {
    return Architectures.create(architecture, options).program().trainedNumbers();
  }

  @Test
  void theResNetGeneratorsAreThoseOfTheReferenceImplementation() {
    long ends = conv(7, 3, 64) + conv(3, 64, 128) + conv(3, 128, 256) + conv(7, 64, 3);
    long ups = conv(3, 256, 128) + conv(3, 128, 64);
    long block = 2 * conv(3, 256, 256);
    assertThat(ends + ups + 9 * block).isEqualTo(11_378_179);
    assertThat(count("resnet-9", Map.of())).isEqualTo(11_378_179);
    assertThat(count("resnet-6", Map.of())).isEqualTo(ends + ups + 6 * block);
  }

  @Test
  void theUNetIsThatOfTheReferenceImplementation() {
    // pix2pix prints 54.414 M for its generator.
    assertThat(count("unet-256", Map.of())).isEqualTo(54_413_955);
    long level = 2 * 512;
    assertThat(count("unet-128", Map.of()))
        .isEqualTo(54_413_955 - bare(4, 512, 512) - bare(4, 1024, 512) - 2 * level);
  }

  /** A module of SqueezeNet. */
  private static long fire(int inputs, int squeezed, int expanded) {
    return conv(1, inputs, squeezed) + conv(1, squeezed, expanded) + conv(3, squeezed, expanded);
  }

  @Test
  void theSqueezeUNetIsSqueezeNetAndADecoder() {
    long encoder =
        conv(3, 3, 64)
            + fire(64, 16, 64)
            + fire(128, 16, 64)
            + fire(128, 32, 128)
            + fire(256, 32, 128)
            + fire(256, 48, 192)
            + fire(384, 48, 192)
            + fire(384, 64, 256)
            + fire(512, 64, 256);
    assertThat(encoder).isEqualTo(SQUEEZE_NET);
    long decoder =
        conv(3, 512, 256)
            + conv(3, 256 + 256, 128)
            + conv(3, 128 + 128, 64)
            + conv(3, 64 + 64, 32)
            + conv(3, 32 + 3, 16)
            + conv(3, 16, 3);
    assertThat(count("squeeze-unet", Map.of())).isEqualTo(encoder + decoder);
  }

  @Test
  void thePatchDiscriminatorsAreThoseOfTheReferenceImplementation() {
    Map<String, String> cycleGan = Map.of("normalization", "instance");
    assertThat(count("patch", cycleGan))
        .isEqualTo(
            conv(4, 3, 64)
                + conv(4, 64, 128)
                + conv(4, 128, 256)
                + conv(4, 256, 512)
                + conv(4, 512, 1))
        .isEqualTo(2_764_737);
    // pix2pix's: six channels in, and batch norm, whose shifts stand in for the biases.
    assertThat(count("patch", Map.of("inputChannels", "6"))).isEqualTo(2_768_705);
    assertThat(count("patch", Map.of("receptiveField", "1")))
        .isEqualTo(conv(1, 3, 64) + bare(1, 64, 128) + 2 * 128 + bare(1, 128, 1));
  }

  @Test
  void theSqueezeDiscriminatorIsSqueezeNetAndAHeadForEachLevel() {
    long heads = 0;
    for (int channels : new int[] {64, 128, 256, 512}) {
      heads += conv(1, channels, 64) + conv(3, 64, 64) + conv(3, 64, 1);
    }
    assertThat(count("squeeze", Map.of())).isEqualTo(SQUEEZE_NET + heads).isEqualTo(934_212);
  }

  @Test
  void theStridedDiscriminatorIsThatOfTheSrganPaper() {
    long expected = conv(3, 3, 64);
    int[] widths = {64, 64, 128, 128, 256, 256, 512, 512};
    for (int i = 1; i < widths.length; i++) {
      expected += bare(3, widths[i - 1], widths[i]) + 2 * widths[i];
    }
    expected += 512L * 6 * 6 * 1024 + 1024 + 1024 + 1;
    assertThat(expected).isEqualTo(23_563_649);
    assertThat(count("strided", Map.of())).isEqualTo(expected);
    assertThat(count("strided", Map.of("side", "128")))
        .isEqualTo(expected + 512L * (8 * 8 - 6 * 6) * 1024);
  }

  @Test
  void theUNetDiscriminatorIsThatOfTheAuthorsOfRealEsrgan() {
    long down = bare(4, 64, 128) + bare(4, 128, 256) + bare(4, 256, 512);
    long up = bare(3, 512, 256) + bare(3, 256, 128) + bare(3, 128, 64);
    long ends = conv(3, 3, 64) + 2 * bare(3, 64, 64) + conv(3, 64, 1);
    assertThat(count("unet-discriminator", Map.of("normalization", "none")))
        .isEqualTo(ends + down + up)
        .isEqualTo(4_376_897);
  }

  @Test
  void dcganIsThatOfThePaper() {
    long norms = 2 * (512 + 256 + 128 + 64);
    long layers = bare(4, 100, 512) + bare(4, 512, 256) + bare(4, 256, 128) + bare(4, 128, 64);
    assertThat(count("dcgan", Map.of())).isEqualTo(layers + norms + conv(4, 64, 3));
    long nearest = bare(4, 100, 512) + bare(3, 512, 256) + bare(3, 256, 128) + bare(3, 128, 64);
    assertThat(count("dcgan", Map.of("upsampling", "nearest")))
        .isEqualTo(nearest + norms + conv(3, 64, 3));
    assertThat(count("dcgan", Map.of("side", "128", "classes", "10")))
        .isEqualTo(
            bare(4, 110, 1024)
                + bare(4, 1024, 512)
                + layers
                - bare(4, 100, 512)
                + 2 * 1024
                + norms
                + conv(4, 64, 3));
    assertThat(count("dcgan-discriminator", Map.of()))
        .isEqualTo(
            conv(4, 3, 64)
                + bare(4, 64, 128)
                + bare(4, 128, 256)
                + bare(4, 256, 512)
                + 2 * (128 + 256 + 512)
                + conv(4, 512, 1));
  }
}
