package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.OracleCase;
import org.ganvas.training.script.Parameter;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.script.TorchScriptArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Feature networks against what features.py computed. */
class FeatureNetworkTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
  private static final Map<String, long[]> SIZES =
      Map.of(
          "VGG19", new long[] {1, 3, 35, 38},
          "VGG16", new long[] {2, 3, 21, 18},
          "ALEXNET", new long[] {1, 3, 75, 66},
          "SQUEEZENET", new long[] {1, 3, 40, 53});

  static List<OracleCase> cases() {
    return OracleCase.read("/org/ganvas/training/network/features.txt");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesWhatPyTorchGives(OracleCase oracle) throws IOException {
    List<String> layers =
        oracle.tensors().keySet().stream()
            .filter(name -> name.endsWith(".shape") && !name.startsWith("gradient"))
            .map(name -> name.substring(0, name.indexOf('.')))
            .toList();
    assertThat(layers).hasSizeGreaterThanOrEqualTo(3);
    try (FeatureNetwork network = load(FeatureArchitecture.valueOf(oracle.name()), layers);
        NDManager scope = network.newScope()) {
      NDList found = network.features(picture(scope, oracle.name()), PLAIN, false);
      assertThat(found).hasSameSizeAs(layers);
      for (int i = 0; i < layers.size(); i++) {
        assertSame(found.get(i), oracle, layers.get(i));
      }
    }
  }

  private static FeatureNetwork load(FeatureArchitecture architecture, List<String> layers)
      throws IOException {
    StateDict state = FormulaWeights.of(architecture.program(layers));
    return FeatureNetwork.load(new FeatureWeights(architecture, state), layers, Device.cpu());
  }

  private static NDArray picture(NDManager scope, String name) {
    Shape shape = new Shape(SIZES.get(name));
    float[] numbers = FormulaWeights.numbers("picture", (int) shape.size(), 0.5f, 0.5f);
    return scope.create(numbers, shape);
  }

  private static void assertSame(NDArray found, OracleCase oracle, String layer) {
    float[] shape = oracle.tensor(layer + ".shape").data();
    assertThat(found.getShape().getShape()).containsExactly(longs(shape));
    float[] numbers = found.toFloatArray();
    float magnitude = oracle.tensor(layer + ".magnitude").data()[0];
    double mean = 0;
    for (float number : numbers) {
      mean += Math.abs(number) / (double) numbers.length;
    }
    assertThat(mean).as(layer).isCloseTo(magnitude, within(1e-5 * magnitude));
    float[] expected = oracle.tensor(layer + ".numbers").data();
    for (int i = 0; i < expected.length; i++) {
      assertThat(numbers[i * numbers.length / expected.length])
          .as(layer)
          .isCloseTo(expected[i], within(1e-4f * magnitude));
    }
  }

  private static long[] longs(float[] numbers) {
    long[] longs = new long[numbers.length];
    Arrays.setAll(longs, i -> (long) numbers[i]);
    return longs;
  }

  static Stream<ProgramMethod> methods() {
    return Stream.of(Precision.FLOAT32, Precision.BFLOAT16)
        .flatMap(p -> Stream.of(MemoryLayout.values()).map(l -> new ProgramMethod(p, l)));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodAgreesWithThePlainOne(ProgramMethod method) throws IOException {
    double tolerance = method.precision() == Precision.FLOAT32 ? 1e-5 : 0.05;
    try (FeatureNetwork network = load(FeatureArchitecture.SQUEEZENET, List.of("relu1", "fire3"));
        NDManager scope = network.newScope()) {
      NDArray x = picture(scope, "SQUEEZENET");
      NDList expected = network.features(x, PLAIN, false);
      NDList found = network.features(x, method, false);
      for (int i = 0; i < expected.size(); i++) {
        float most = expected.get(i).abs().max().getFloat();
        float difference = found.get(i).sub(expected.get(i)).abs().max().getFloat();
        assertThat(difference / most).isLessThan((float) tolerance);
      }
    }
  }

  @Test
  void layersCanBeAskedForInAnyOrder() throws IOException {
    try (FeatureNetwork network = load(FeatureArchitecture.SQUEEZENET, List.of("fire3", "relu1"));
        NDManager scope = network.newScope()) {
      NDList found = network.features(picture(scope, "SQUEEZENET"), PLAIN, false);
      assertThat(found.get(0).getShape().get(1)).isEqualTo(128);
      assertThat(found.get(1).getShape().get(1)).isEqualTo(64);
    }
  }

  @Test
  void gradientsReachThePictureAndNeverTheWeights() throws IOException {
    FeatureArchitecture architecture = FeatureArchitecture.SQUEEZENET;
    Program program = architecture.program(List.of("fire2"));
    try (LoadedNetwork network =
        LoadedNetwork.load(program, FormulaWeights.of(program), Device.cpu())) {
      network.freeze();
      try (NDManager scope = network.manager().newSubManager();
          GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray x = picture(scope, "SQUEEZENET");
        x.setRequiresGradient(true);
        gradients.backward(network.forwardAll(x, PLAIN, true).get(0).mean());
        try (NDArray gradient = x.getGradient()) {
          assertThat(gradient.abs().sum().getFloat()).isPositive();
        }
        network.weights().forEach((name, w) -> assertThat(w.hasGradient()).as(name).isFalse());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anArchitectureIsRecognizedByItsTensors(FeatureArchitecture architecture) {
    StateDict state = new StateDict();
    for (Parameter parameter : architecture.program().parameters()) {
      state.put(
          parameter.name(), new StateDict.Entry(parameter.shape(), new float[parameter.size()]));
    }
    assertThat(FeatureWeights.recognize(state)).contains(architecture);
    Parameter last =
        architecture.program().parameters().get(architecture.program().parameters().size() - 1);
    state.put(last.name(), new StateDict.Entry(List.of(1L), new float[1]));
    assertThat(FeatureWeights.recognize(state)).isEmpty();
  }

  @Test
  void readsTheConvolutionsOfAFileAndRefusesOtherFiles(@TempDir Path folder) throws IOException {
    Program program = FeatureArchitecture.SQUEEZENET.program();
    Path file = folder.resolve("squeezenet.pth");
    try (OutputStream out = Files.newOutputStream(file)) {
      TorchScriptArchive.write(out, program, FormulaWeights.of(program), Map.of());
    }
    FeatureWeights weights = FeatureWeights.read(file);
    assertThat(weights.architecture()).isEqualTo(FeatureArchitecture.SQUEEZENET);
    assertThat(weights.state().names()).contains("features.12.expand3x3.bias");

    Program other = new CompactSr(4, 1, 2).program();
    Path wrong = folder.resolve("wrong.pt");
    try (OutputStream out = Files.newOutputStream(wrong)) {
      TorchScriptArchive.write(out, other, other.initialize(1), Map.of());
    }
    assertThatThrownBy(() -> FeatureWeights.read(wrong))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("features come from VGG19, VGG16, AlexNet, SqueezeNet as")
        .hasMessageContaining(wrong.toString())
        .hasMessageEndingWith("no tensor called features.…");
  }

  @Test
  void anUnknownLayerListsTheKnownOnes() {
    assertThatThrownBy(() -> FeatureArchitecture.VGG19.program(List.of("relu5_5")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the layers of VGG19 are conv1_1, relu1_1,")
        .hasMessageEndingWith("found relu5_5");
    assertThatThrownBy(() -> FeatureArchitecture.VGG19.program(List.of()))
        .hasMessageContaining("at least one layer");
  }
}
