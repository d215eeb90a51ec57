package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Parameter;
import org.ganvas.training.script.ProgramFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every network that has a name. */
class ArchitecturesTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
  private static final ProgramMethod REDUCED =
      new ProgramMethod(Precision.BFLOAT16, MemoryLayout.CHANNELS_LAST);

  /** Each name, narrow enough for a test, and some with other options. */
  static Stream<Arguments> networks() {
    return Stream.of(
        Arguments.of("compact-sr", "channels=4 blocks=1"),
        Arguments.of("srresnet", "channels=4 blocks=1 scale=2 fusion=prelu output=tanh"),
        Arguments.of("resnet-6", "channels=4 normalization=batch"),
        Arguments.of("resnet-9", "channels=4 dropout=true"),
        Arguments.of("resnet-6", "channels=4 output=residual"),
        Arguments.of("resnet-6", "channels=4 normalization=none upsampling=nearest"),
        Arguments.of("unet-128", "channels=2 normalization=instance dropout=never"),
        Arguments.of("unet-256", "channels=1 inputChannels=1"),
        Arguments.of("squeeze-unet", "channels=2 outputChannels=1"),
        Arguments.of("patch", "channels=4 receptiveField=286"),
        Arguments.of("patch", "channels=4 receptiveField=70 spectralNorm=true inputChannels=6"),
        Arguments.of("patch", "channels=4 receptiveField=16 normalization=layer"),
        Arguments.of("patch", "channels=4 receptiveField=1 normalization=batch"),
        Arguments.of("squeeze", "channels=4 spectralNorm=false"),
        Arguments.of("squeeze", "channels=2 levels=2 spectralNorm=true"),
        Arguments.of("strided", "channels=2 side=32 spectralNorm=true"),
        Arguments.of("unet-discriminator", "channels=2 normalization=layer spectralNorm=true"),
        Arguments.of("dcgan", "channels=4 side=32"),
        Arguments.of("dcgan", "channels=2 side=64 classes=3 normalization=virtual-batch"),
        Arguments.of("dcgan", "channels=1 side=128 latent=8 leakySlope=20 normalization=layer"),
        Arguments.of("dcgan", "channels=2 side=32 upsampling=nearest"),
        Arguments.of("dcgan-discriminator", "channels=4 side=32 classes=10 spectralNorm=true"),
        Arguments.of("dcgan-discriminator", "channels=2 side=128 normalization=layer"),
        Arguments.of("dense", "side=8 classes=3 width=16"),
        Arguments.of("dense-discriminator", "side=8 inputChannels=3 classes=3 width=64"));
  }

  private static Architecture create(String name, String options) {
    Map<String, String> byName = new LinkedHashMap<>();
    for (String option : options.split(" ")) {
      byName.put(option.split("=")[0], option.split("=")[1]);
    }
    return Architectures.create(name, byName);
  }

  @Test
  void everyNameIsAmongTheCases() {
    assertThat(networks().map(arguments -> (String) arguments.get()[0]).distinct())
        .containsExactlyInAnyOrderElementsOf(Architectures.names());
  }

  @ParameterizedTest
  @MethodSource("networks")
  void itsOptionsCreateItAgain(String name, String options) {
    Architecture network = create(name, options);
    assertThat(Architectures.create(name, network.options())).isEqualTo(network);
    for (String option : options.split(" ")) {
      assertThat(network.options()).containsEntry(option.split("=")[0], option.split("=")[1]);
    }
  }

  /** Of the smallest input that it takes comes what its facts say, in both number formats. */
  @ParameterizedTest
  @MethodSource("networks")
  void itRunsAsItsFactsSayAndGradientsFlow(String name, String options) throws IOException {
    Architecture network = create(name, options);
    ProgramFacts facts = network.program().facts();
    int multiple = facts.sizeMultiple();
    // Twice as large where that is free, for statistics of a single pixel leave no gradient.
    int side = multiple * ((facts.smallestSide() + multiple - 1) / multiple);
    side *= facts.smallestSide() == multiple ? 1 : 2;
    int out = (int) (side * facts.scale()) + facts.extraPixels();
    try (LoadedNetwork loaded =
            LoadedNetwork.load(network.program(), network.program().initialize(4), Device.cpu());
        NDManager scope = loaded.manager().newSubManager()) {
      // As libtorch has them, which takes modules of one class for alike.
      assertThat(loaded.weights().keySet())
          .containsExactlyInAnyOrderElementsOf(
              network.program().parameters().stream()
                  .filter(Parameter::trained)
                  .map(Parameter::name)
                  .toList());
      Engine.getInstance().setRandomSeed(5);
      NDArray x = scope.randomUniform(0, 1, new Shape(2, facts.inputChannels(), side, side));
      NDArray plain = loaded.forward(x, PLAIN, false);
      assertThat(plain.getShape()).isEqualTo(new Shape(2, facts.outputChannels(), out, out));
      NDArray reduced = loaded.forward(x, REDUCED, false);
      assertThat(reduced.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(reduced.sub(plain).abs().max().getFloat())
          .isLessThan(0.1f * Math.max(0.5f, plain.abs().max().getFloat()));
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        gradients.backward(loaded.forward(x, REDUCED, true).square().mean());
        double total = 0;
        for (NDArray weight : loaded.weights().values()) {
          total += lengthOfGradient(weight);
        }
        assertThat(total).isPositive().isFinite();
      }
    }
  }

  private static double lengthOfGradient(NDArray weight) {
    try (NDArray gradient = weight.getGradient()) {
      assertThat(gradient.getShape()).isEqualTo(weight.getShape());
      return gradient.norm().getFloat();
    }
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Architectures.create("resnet", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the architecture is one of compact-sr, dcgan, dcgan-discriminator, dense,"
                + " dense-discriminator, patch, resnet-6, resnet-9, squeeze, squeeze-unet,"
                + " srresnet, strided, unet-128, unet-256, unet-discriminator, found resnet");
  }

  @Test
  void anUnknownOptionIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> Architectures.create("compact-sr", Map.of("width", "3")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the options of compact-sr are channels, blocks, scale, backProjection, found width");
  }

  @Test
  void anOptionThatBreaksItsRuleIsRefusedWithTheRule() {
    assertThatThrownBy(() -> Architectures.create("compact-sr", Map.of("blocks", "0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option blocks of compact-sr is a whole number from 1 to 256, found 0");
    assertThatThrownBy(() -> Architectures.create("compact-sr", Map.of("blocks", "many")))
        .hasMessage("option blocks of compact-sr is a whole number from 1 to 256, found many");
    assertThatThrownBy(() -> Architectures.create("srresnet", Map.of("scale", "3")))
        .hasMessage("option scale of srresnet is one of 4, 2, found 3");
    assertThatThrownBy(() -> Architectures.create("unet-256", Map.of("normalization", "layer")))
        .hasMessage(
            "option normalization of unet-256 is one of batch, instance, instance-affine, none,"
                + " found layer");
    assertThatThrownBy(() -> Architectures.create("strided", Map.of("side", "100")).program())
        .hasMessageContaining(
            "the side of the input is a multiple of 16 and at least 16, found 100");
  }
}
