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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadedNetworkTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  private static LoadedNetwork load(Program program) throws IOException {
    return LoadedNetwork.load(program, program.initialize(1), Device.cpu());
  }

  private static NDArray picture(NDManager manager, int channels) {
    float[] values = new float[channels * 20 * 16];
    Random random = new Random(2);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return manager.create(values, new Shape(1, channels, 20, 16));
  }

  @Test
  void namesTheStatementThatCannotBeRun() throws IOException {
    try (LoadedNetwork network = load(new CompactSr(4, 1, 2).program());
        NDManager scope = network.manager().newSubManager()) {
      NDArray four = picture(scope, 4);
      assertThatThrownBy(() -> network.forward(four, PLAIN, false))
          .isInstanceOf(ProgramRefusedException.class)
          .hasMessageStartingWith("libtorch refuses the program CompactSr at `v1 = torch.conv2d(v0")
          .hasMessageContaining("self.head.weight")
          .hasMessageContaining("to have 3 channels, but got 4 channels")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void tellsItsPassesWithWhereGradientsFlow() throws IOException {
    List<NetworkPass> seen = new ArrayList<>();
    try (LoadedNetwork network = load(new CompactSr(4, 1, 2).program());
        NDManager scope = network.manager().newSubManager()) {
      network.watch(seen::add);
      NDArray x = picture(scope, 3);
      network.forward(x, PLAIN, false);
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray y = network.forward(x, PLAIN, true);
        network.freeze();
        network.forward(y.get(":, :, :20, :16"), PLAIN, true);
        network.forward(x, PLAIN, true);
        gradients.backward(y.sum());
      }
      network.watch(null);
      network.repeat(seen.get(0), x, PLAIN);
    }
    Shape shape = new Shape(1, 3, 20, 16);
    assertThat(seen)
        .containsExactly(
            new NetworkPass("", shape, false, false, false),
            new NetworkPass("", shape, true, false, true),
            new NetworkPass("", shape, true, true, false),
            new NetworkPass("", shape, true, false, false));
    assertThat(seen)
        .extracting(NetworkPass::isDifferentiated)
        .containsExactly(false, true, true, false);
  }

  static Stream<Arguments> brokenCode() {
    return Stream.of(
        Arguments.of("torch.relu", "torch.reluu", "torch.reluu("),
        Arguments.of("self.head.weight", "self.head.wait", "self.head.wait"),
        Arguments.of("torch.add(v1, ", "torch.add(v99, ", "torch.add(v99,"),
        Arguments.of(", 2)\n", ", \"2\")\n", "torch.pixel_shuffle("));
  }

  @ParameterizedTest
  @MethodSource("brokenCode")
  void namesTheStatementThatIsRefusedAtLoading(String from, String to, String statement) {
    Program sound = new CompactSr(4, 1, 2).program();
    Program broken =
        new Program(sound.name(), sound.code().replace(from, to), sound.root(), sound.facts());
    assertThat(broken.code()).isNotEqualTo(sound.code());
    assertThatThrownBy(() -> load(broken))
        .isInstanceOf(ProgramRefusedException.class)
        .hasMessageStartingWith("libtorch refuses the program CompactSr at `")
        .hasMessageContaining(statement)
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    Program program = new CompactSr(4, 1, 2).program();
    StateDict wider = new CompactSr(5, 1, 2).program().initialize(1);
    assertThatThrownBy(() -> LoadedNetwork.load(program, wider, Device.cpu()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the weights do not fit CompactSr:\n")
        .hasMessageContaining("\n  head.weight is [5, 3, 3, 3] where the network has [4, 3, 3, 3]");
  }

  static Stream<Arguments> methods() {
    return Stream.of(new CompactSr(16, 2, 3), new SrResNet(1, 4))
        .flatMap(
            network ->
                Stream.of(Precision.values())
                    .flatMap(
                        precision ->
                            Stream.of(MemoryLayout.values())
                                .map(l -> new ProgramMethod(precision, l)))
                    .map(method -> Arguments.of(network, method)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodAgreesWithThePlainOne(Architecture architecture, ProgramMethod method)
      throws IOException {
    double tolerance =
        switch (method.precision()) {
          case FLOAT32 -> 1e-5;
          case FLOAT16 -> 0.01;
          case BFLOAT16 -> 0.05;
        };
    try (LoadedNetwork network = load(architecture.program());
        NDManager scope = network.manager().newSubManager()) {
      NDArray x = picture(scope, 3);
      NDArray expected = network.forward(x, PLAIN, false);
      NDArray found = network.forward(x, method, false);
      assertThat(found.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(found.getShape()).isEqualTo(expected.getShape());
      float difference = found.sub(expected).abs().max().getFloat();
      assertThat((double) difference).isLessThan(tolerance);
      // Lower precisions do compute in a lower precision.
      assertThat(difference > 1e-5).isEqualTo(method.precision() != Precision.FLOAT32);
    }
  }

  @Test
  void givesTheStateItWasLoadedWith() throws IOException {
    Program program = new SrResNet(1, 2).program();
    StateDict state = program.initialize(9);
    try (LoadedNetwork network = LoadedNetwork.load(program, state, Device.cpu())) {
      StateDict found = network.stateDict();
      assertThat(found.names()).containsExactlyElementsOf(state.names());
      for (String name : state.names()) {
        assertThat(found.get(name).shape()).isEqualTo(state.get(name).shape());
        assertThat(found.get(name).data()).isEqualTo(state.get(name).data());
      }
      assertThat(network.weights()).hasSize(state.names().size() - 6);
      assertThat(network.buffers().keySet())
          .contains("fuse.1.running_mean", "fuse.1.running_var")
          .hasSize(6);
    }
  }

  @Test
  void runningMeansMoveInTrainingOnlyAndCanBeSet() throws IOException {
    try (LoadedNetwork network = load(new SrResNet(1, 2).program());
        NDManager scope = network.manager().newSubManager()) {
      NDArray mean = network.buffers().get("fuse.1.running_mean");
      NDArray x = picture(scope, 3);
      float[] before = network.forward(x, PLAIN, false).toFloatArray();
      assertThat(mean.toFloatArray()).containsOnly(0);
      network.forward(x, PLAIN, true);
      assertThat(mean.toFloatArray()).doesNotContain(0);
      assertThat(network.stateDict().get("fuse.1.running_mean").data())
          .isEqualTo(mean.toFloatArray());
      assertThat(network.forward(x, PLAIN, false).toFloatArray()).isNotEqualTo(before);
      network.buffers().forEach((name, b) -> b.set(name.endsWith("var") ? ones() : new float[64]));
      assertThat(network.forward(x, PLAIN, false).toFloatArray()).isEqualTo(before);
    }
  }

  private static float[] ones() {
    float[] ones = new float[64];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void gradientsReachEveryWeightAsFloat32() throws IOException {
    ProgramMethod method = new ProgramMethod(Precision.BFLOAT16, MemoryLayout.CHANNELS_LAST);
    try (LoadedNetwork network = load(new CompactSr(4, 1, 2).program());
        NDManager scope = network.manager().newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      gradients.backward(network.forward(picture(scope, 3), method, true).abs().mean());
      network
          .weights()
          .forEach(
              (name, weight) -> {
                try (NDArray gradient = weight.getGradient()) {
                  assertThat(gradient.getDataType()).isEqualTo(weight.getDataType());
                  assertThat(gradient.abs().sum().getFloat()).as(name).isPositive();
                }
              });
    }
  }
}
