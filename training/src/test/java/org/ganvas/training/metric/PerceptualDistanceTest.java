package org.ganvas.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureFiles;
import org.ganvas.training.network.FormulaWeights;
import org.ganvas.training.script.OracleCase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PerceptualDistanceTest {
  private static final Shape SHAPE = new Shape(2, 3, 70, 83);

  @TempDir Path folder;

  /** features.py computed it by LPIPS's formula. */
  @ParameterizedTest
  @EnumSource(names = {"ALEXNET", "SQUEEZENET"})
  void isWhatPyTorchGives(FeatureArchitecture architecture) throws IOException {
    float[] expected =
        OracleCase.read("/org/ganvas/training/network/features.txt").stream()
            .filter(c -> c.name().equals(architecture.name()))
            .findFirst()
            .orElseThrow()
            .tensor("distance")
            .data();
    try (PerceptualDistance distance = open(architecture, architecture);
        NDManager scope = NDManager.newBaseManager("PyTorch")) {
      NDArray a = scope.create(numbers("x", 0.5f, 0.5f), SHAPE);
      NDArray b = a.add(scope.create(numbers("y", 0.2f, 0), SHAPE)).clip(0, 1);
      float[] found = distance.of(a, b, false).toFloatArray();
      assertThat(found).hasSize(2);
      assertThat(found[0]).isCloseTo(expected[0], within(1e-5f));
      assertThat(found[1]).isCloseTo(expected[1], within(1e-5f));
      assertThat(distance.name()).isEqualTo("perceptual distance (%s)", architecture.title());
    }
  }

  private static float[] numbers(String name, float factor, float shift) {
    return FormulaWeights.numbers(name, (int) SHAPE.size(), factor, shift);
  }

  @Test
  void equalPicturesHaveNoDistanceAndTheBorderDoesNotCount() throws IOException {
    FeatureArchitecture architecture = FeatureArchitecture.SQUEEZENET;
    try (PerceptualDistance distance = open(architecture, architecture)) {
      Picture a = picture(60, 50, 0);
      assertThat(distance.of(a, picture(60, 50, 0), 4)).isZero();
      double noisy = distance.of(a, picture(60, 50, 20), 4);
      assertThat(noisy).isPositive();
      assertThat(distance.of(a, picture(60, 50, 60), 4)).isGreaterThan(noisy);

      short[] samples = a.samples().clone();
      for (int i = 0; i < 4 * 60 * 3; i++) {
        samples[i] = 255;
      }
      Picture framed = new Picture(60, 50, PixelLayout.RGB, 8, samples);
      assertThat(distance.of(a, framed, 4)).isZero();
      assertThat(distance.of(a, framed, 3)).isPositive();
    }
  }

  @Test
  void thePictureAndTheTensorGiveTheSame() throws IOException {
    FeatureArchitecture architecture = FeatureArchitecture.SQUEEZENET;
    try (PerceptualDistance distance = open(architecture, architecture);
        NDManager scope = NDManager.newBaseManager("PyTorch")) {
      Picture a = picture(40, 33, 0);
      Picture b = picture(40, 33, 30);
      float expected = distance.of(tensor(scope, a), tensor(scope, b), false).getFloat(0);
      assertThat(distance.of(a, b, 0)).isEqualTo(expected);
    }
  }

  private static NDArray tensor(NDManager scope, Picture picture) {
    float[] interleaved = new float[picture.samples().length];
    for (int i = 0; i < interleaved.length; i++) {
      interleaved[i] = picture.samples()[i] / 255f;
    }
    return scope
        .create(interleaved, new Shape(1, picture.height(), picture.width(), 3))
        .transpose(0, 3, 1, 2);
  }

  @Test
  void refusesWhatDoesNotBelongTogether() {
    assertThatThrownBy(() -> open(FeatureArchitecture.SQUEEZENET, FeatureArchitecture.ALEXNET))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has the weights per channel of another network")
        .hasMessageContaining("lin1.model.1.weight of SqueezeNet is [1, 128, 1, 1], found [1, 192");
  }

  @Test
  void refusesPicturesThatCannotBeCompared() throws IOException {
    FeatureArchitecture architecture = FeatureArchitecture.SQUEEZENET;
    try (PerceptualDistance distance = open(architecture, architecture)) {
      Picture a = picture(40, 33, 0);
      assertThatThrownBy(() -> distance.of(a, picture(33, 40, 0), 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("found 40x33 and 33x40");
      int tooWide = (33 - distance.smallestSide()) / 2 + 1;
      assertThatThrownBy(() -> distance.of(a, a, tooWide))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs %d pixels per side", distance.smallestSide());
      int side = distance.smallestSide();
      assertThat(distance.of(picture(side, side, 0), picture(side, side, 9), 0)).isPositive();
    }
  }

  @Test
  void withoutWeightsAllChannelsCountAlike() throws IOException {
    FeatureArchitecture architecture = FeatureArchitecture.ALEXNET;
    Path features = FeatureFiles.write(architecture, folder.resolve("features.pt"));
    BiFunction<String, Integer, float[]> ones =
        (name, size) -> FormulaWeights.numbers(name, size, 0, 1);
    Path linear = FeatureFiles.writeLinear(architecture, folder.resolve("ones.safetensors"), ones);
    try (PerceptualDistance weighted = PerceptualDistance.open(features, linear, Device.cpu());
        PerceptualDistance unweighted = PerceptualDistance.openUnweighted(features, Device.cpu())) {
      Picture a = picture(70, 66, 0);
      Picture b = picture(70, 66, 30);
      assertThat(unweighted.of(a, b, 2)).isPositive().isEqualTo(weighted.of(a, b, 2));
      assertThat(unweighted.name()).isEqualTo("unweighted perceptual distance (AlexNet)");
    }
  }

  private PerceptualDistance open(FeatureArchitecture features, FeatureArchitecture linear)
      throws IOException {
    return PerceptualDistance.open(
        FeatureFiles.write(features, folder.resolve("features.pt")),
        FeatureFiles.writeLinear(linear, folder.resolve("linear.safetensors")),
        Device.cpu());
  }

  /** Waves, and noise of so many levels. */
  private static Picture picture(int width, int height, int noise) {
    short[] samples = new short[width * height * 3];
    float[] random = FormulaWeights.numbers("noise", samples.length);
    for (int i = 0; i < samples.length; i++) {
      double wave = 128 + 60 * Math.sin(i * 0.05) + 40 * Math.sin(i / (3.0 * width));
      samples[i] = (short) Math.max(0, Math.min(255, wave + noise * random[i]));
    }
    return new Picture(width, height, PixelLayout.RGB, 8, samples);
  }
}
