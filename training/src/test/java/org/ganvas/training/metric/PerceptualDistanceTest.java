package org.ganvas.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FormulaWeights;
import org.ganvas.training.script.OracleCase;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.TorchScriptArchive;
import org.ganvas.training.weights.Safetensors;
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

  private PerceptualDistance open(FeatureArchitecture features, FeatureArchitecture linear)
      throws IOException {
    Path featureFile = folder.resolve("features.pt");
    Program program = features.program(features.distanceLayers());
    Program whole = features.program(features.layers());
    assertThat(whole.parameters()).hasSameSizeAs(program.parameters());
    try (OutputStream out = Files.newOutputStream(featureFile)) {
      TorchScriptArchive.write(out, program, FormulaWeights.of(program), Map.of());
    }
    Path linearFile =
        folder.resolve("linear-%s.safetensors".formatted(linear.name().toLowerCase(Locale.ROOT)));
    Files.deleteIfExists(linearFile);
    try (NDManager scope = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      List<Integer> channels = linear.channels(linear.distanceLayers());
      for (int i = 0; i < channels.size(); i++) {
        float[] weights = FormulaWeights.numbers("lin" + i, channels.get(i), 1, 1);
        tensors.put(
            "lin%d.model.1.weight".formatted(i),
            scope.create(weights, new Shape(1, weights.length, 1, 1)));
      }
      Safetensors.write(linearFile, tensors);
    }
    return PerceptualDistance.open(featureFile, linearFile, Device.cpu());
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
