package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.OracleCase;
import org.ganvas.training.script.Parameter;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, shapes and results against those of the reference implementation, see networks.py. */
class ReferenceNetworkTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  static Stream<Arguments> networks() {
    Map<String, String> instance = Map.of("channels", "4", "normalization", "instance");
    return Stream.of(
        Arguments.of("resnet-9", Architectures.create("resnet-9", instance)),
        Arguments.of(
            "resnet-6",
            Architectures.create(
                "resnet-6", Map.of("channels", "4", "normalization", "batch", "dropout", "true"))),
        Arguments.of("unet-128", Architectures.create("unet-128", instance)),
        Arguments.of("unet-256", Architectures.create("unet-256", Map.of("channels", "2"))),
        Arguments.of(
            "patch-70",
            Architectures.create(
                "patch",
                Map.of("channels", "4", "normalization", "instance", "inputChannels", "6"))),
        Arguments.of("patch-16", patches(16, 4)),
        Arguments.of("patch-286", patches(286, 2)),
        Arguments.of("patch-1", patches(1, 4)),
        Arguments.of(
            "resnet-6-nearest",
            Architectures.create("resnet-6", Map.of("channels", "4", "upsampling", "nearest"))),
        Arguments.of(
            "squeeze",
            Architectures.create("squeeze", Map.of("channels", "4", "spectralNorm", "false"))),
        Arguments.of(
            "unet-discriminator",
            Architectures.create(
                "unet-discriminator", Map.of("channels", "4", "normalization", "none"))),
        Arguments.of(
            "squeeze-unet", Architectures.create("squeeze-unet", Map.of("channels", "4"))));
  }

  private static Architecture patches(int receptiveField, int channels) {
    return Architectures.create(
        "patch",
        Map.of(
            "channels", Integer.toString(channels),
            "receptiveField", Integer.toString(receptiveField)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void hasTheReferencesNamesAndGivesItsResults(String name, Architecture network)
      throws IOException {
    OracleCase oracle = ReferenceNetworks.named(name);
    Program program = network.program();
    assertThat(
            program.parameters().stream()
                .collect(Collectors.toMap(Parameter::name, Parameter::shape)))
        .isEqualTo(ReferenceNetworks.shapes(oracle));
    StateDict state = ReferenceNetworks.weights(oracle);
    try (LoadedNetwork loaded = LoadedNetwork.load(program, state, Device.cpu());
        NDManager scope = loaded.manager().newSubManager()) {
      Shape shape = shape(oracle, program);
      float[] picture = ReferenceNetworks.picture(Math.toIntExact(shape.size()));
      NDArray y = loaded.forward(scope.create(picture, shape), PLAIN, false);
      ReferenceNetworks.assertResult(oracle, y.getShape().getShape(), y.toFloatArray());
    }
  }

  private static Shape shape(OracleCase oracle, Program program) {
    float side = oracle.tensor("y.shape").data()[2];
    long in = Math.round((side - program.facts().extraPixels()) / program.facts().scale());
    assertThat(in * program.facts().scale() + program.facts().extraPixels())
        .isCloseTo(side, within(1e-9));
    return new Shape(1, program.facts().inputChannels(), in, in);
  }
}
