package org.ganvas.training.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every layer of the builder against what layers.py computed. */
class LayersTest {
  private static final List<OracleCase> CASES = OracleCase.read("layers.txt");

  private static final Map<String, BiFunction<Script, Value, Value>> LAYERS =
      Map.ofEntries(
          conv("conv2d-same", Convolution.same(3, 3)),
          conv("conv2d-5", Convolution.same(2, 5)),
          conv("conv2d-1", Convolution.same(2, 1)),
          conv("conv2d-strided", new Convolution(3, 3, 2, 1, true)),
          conv("conv2d-halving", new Convolution(2, 4, 2, 1, false)),
          conv("conv2d-unpadded", new Convolution(2, 3, 3, 0, true)),
          Map.entry("batchNorm-training", (script, x) -> script.batchNorm(x, "layer")),
          Map.entry("batchNorm-inference", (script, x) -> script.batchNorm(x, "layer")),
          Map.entry("relu", Script::relu),
          Map.entry("leakyRelu", (script, x) -> script.leakyRelu(x, 0.2)),
          Map.entry("leakyRelu-tiny", (script, x) -> script.leakyRelu(x, 1e-5)),
          Map.entry("prelu", (script, x) -> script.prelu(x, "layer")),
          Map.entry("tanh", Script::tanh),
          Map.entry("add", (script, x) -> script.add(x, script.relu(x))),
          Map.entry("multiply", (script, x) -> script.multiply(x, -0.5)),
          Map.entry("multiply-two", (script, x) -> script.multiply(x, 2)),
          Map.entry("pixelShuffle", (script, x) -> script.pixelShuffle(x, 2)),
          Map.entry("upsampleBicubic-2", (script, x) -> script.upsampleBicubic(x, 2)),
          Map.entry("upsampleBicubic-3", (script, x) -> script.upsampleBicubic(x, 3)),
          Map.entry("upsampleBicubic-4", (script, x) -> script.upsampleBicubic(x, 4)),
          Map.entry("backProject-2", (script, x) -> backProjected(script, x, 2)),
          Map.entry("backProject-3", (script, x) -> backProjected(script, x, 3)),
          Map.entry("backProject-4", (script, x) -> backProjected(script, x, 4)),
          Map.entry(
              "projectColors", (script, x) -> script.projectColors(enlarged(script, x, 2), x, 2)),
          conv("conv2d-cut", new Convolution(1, 4, 1, 1, true)),
          up("transposed-doubling", TransposedConvolution.doubling(3, true)),
          up("transposed-odd", new TransposedConvolution(1, 3, 2, 1, 1, false)),
          up("transposed-latent", new TransposedConvolution(2, 4, 1, 0, 0, true)),
          Map.entry("linear", (script, x) -> script.ofSide(3).linear(x, "layer", 4)),
          norm("instanceNorm", Normalization.INSTANCE),
          norm("instanceNorm-affine", Normalization.INSTANCE_AFFINE),
          norm("layerNorm", Normalization.LAYER),
          Map.entry("virtualBatchNorm", LayersTest::virtualBatchNorm),
          spectral("spectral-conv-training"),
          spectral("spectral-conv-inference"),
          Map.entry(
              "spectral-linear-training",
              (script, x) -> script.ofSide(2).spectrallyNormalized(true).linear(x, "layer", 3)),
          Map.entry("reflection", (script, x) -> script.pad(x, Padding.REFLECTION, 2)),
          Map.entry("zeros", (script, x) -> script.pad(x, Padding.ZERO, 1)),
          Map.entry("dropout-inference", (script, x) -> script.dropout(x, 0.5, false)),
          Map.entry("concat", (script, x) -> script.concat(x, script.relu(x))),
          Map.entry("affine", (script, x) -> script.affine(x, 2, -1)),
          Map.entry("nearest", (script, x) -> script.upsampleNearest(x, 2)),
          Map.entry("tower", LayersTest::tower),
          Map.entry("enter-bfloat16", (script, x) -> script.leave(script.enter(x))),
          Map.entry("enter-float16", (script, x) -> script.leave(script.enter(x))));

  private static Map.Entry<String, BiFunction<Script, Value, Value>> conv(
      String name, Convolution shape) {
    return Map.entry(name, (script, x) -> script.conv2d(x, "layer", shape));
  }

  private static Map.Entry<String, BiFunction<Script, Value, Value>> up(
      String name, TransposedConvolution shape) {
    return Map.entry(name, (script, x) -> script.transposedConv2d(x, "layer", shape));
  }

  private static Map.Entry<String, BiFunction<Script, Value, Value>> norm(
      String name, Normalization normalization) {
    return Map.entry(name, (script, x) -> script.normalize(x, "layer", normalization));
  }

  private static Map.Entry<String, BiFunction<Script, Value, Value>> spectral(String name) {
    Convolution shape = Convolution.same(3, 3);
    return Map.entry(
        name, (script, x) -> script.spectrallyNormalized(true).conv2d(x, "layer", shape));
  }

  private static Value backProjected(Script script, Value x, int factor) {
    return script.backProject(enlarged(script, x, factor), x, factor);
  }

  private static Value enlarged(Script script, Value x, int factor) {
    return script.upsampleNearest(script.add(x, script.relu(x)), factor);
  }

  private static Value virtualBatchNorm(Script script, Value x) {
    Value h = ReferenceBatch.join(script, x, 4, 2);
    h = script.transposedConv2d(h, "up", new TransposedConvolution(3, 2, 1, 0, 0, false));
    return ReferenceBatch.leave(script, script.normalize(h, "layer", Normalization.VIRTUAL_BATCH));
  }

  private static Value tower(Script script, Value x) {
    Value h = script.conv2d(x, "head.0", Convolution.same(2, 3));
    h = script.add(script.prelu(h, "head.1"), x);
    h = script.pixelShuffle(script.conv2d(h, "tail", Convolution.same(4, 3)), 2);
    return script.multiply(h, 0.5);
  }

  @TestFactory
  Stream<DynamicTest> givesWhatPyTorchGives() {
    return CASES.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  @Test
  void thereIsACaseForEveryLayerHere() {
    assertThat(CASES.stream().map(OracleCase::name).collect(Collectors.toSet()))
        .isEqualTo(LAYERS.keySet());
  }

  private static void check(OracleCase oracle) throws IOException {
    StateDict.Entry x = oracle.tensor("x");
    Script script = new Script("Layer", Math.toIntExact(x.shape().get(1)));
    Program program = script.returns(LAYERS.get(oracle.name()).apply(script, script.input()));
    StateDict state = new StateDict();
    program.parameters().forEach(p -> state.put(p.name(), initial(oracle, p)));
    boolean training = oracle.name().endsWith("-training");
    try (LoadedNetwork network = LoadedNetwork.load(program, state, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray input = scope.create(x.data(), new Shape(x.shape()));
      NDArray y = network.forward(input, method(oracle), training);
      assertThat(y.getShape()).isEqualTo(new Shape(oracle.tensor("y").shape()));
      assertShapeRule(program, x.shape(), y.getShape());
      assertClose(y.toFloatArray(), oracle.tensor("y"));
      network
          .buffers()
          .forEach(
              (name, buffer) -> {
                String key = strip(name) + (training ? "'" : "");
                assertClose(buffer.toFloatArray(), oracle.tensor(key));
              });
    }
  }

  private static StateDict.Entry initial(OracleCase oracle, Parameter parameter) {
    StateDict.Entry entry = oracle.tensor(strip(parameter.name()));
    assertThat(parameter.shape()).isEqualTo(entry.shape());
    return entry;
  }

  private static String strip(String name) {
    return name.startsWith("layer.") ? name.substring(6) : name;
  }

  private static ProgramMethod method(OracleCase oracle) {
    Precision precision =
        switch (oracle.name()) {
          case "enter-bfloat16" -> Precision.BFLOAT16;
          case "enter-float16" -> Precision.FLOAT16;
          default -> Precision.FLOAT32;
        };
    return new ProgramMethod(precision, MemoryLayout.CHANNELS_LAST);
  }

  private static void assertShapeRule(Program program, List<Long> in, Shape out) {
    ProgramFacts facts = program.facts();
    assertThat(out.get(1)).isEqualTo(facts.outputChannels());
    assertThat(out.get(2)).isEqualTo((long) (in.get(2) * facts.scale()) + facts.extraPixels());
    assertThat(out.get(3)).isEqualTo((long) (in.get(3) * facts.scale()) + facts.extraPixels());
  }

  private static void assertClose(float[] found, StateDict.Entry expected) {
    assertThat(found).hasSameSizeAs(expected.data());
    for (int i = 0; i < found.length; i++) {
      double tolerance = 1e-5 * Math.max(1, Math.abs(expected.data()[i]));
      assertThat(found[i]).isCloseTo(expected.data()[i], within((float) tolerance));
    }
  }

  /** The mean of squares minus the square of the mean would leave nothing of such numbers. */
  @Test
  void virtualBatchNormSeesWhatLittleDiffersFarFromZero() throws IOException {
    float[] near = virtualBatchNormOf(0);
    float[] far = virtualBatchNormOf(3000);
    for (int i = 0; i < near.length; i++) {
      assertThat(far[i]).isCloseTo(near[i], within(0.01f));
    }
  }

  private static float[] virtualBatchNormOf(double shift) throws IOException {
    Script script = new Script("Layer", 3);
    Value h = script.affine(ReferenceBatch.join(script, script.input(), 8, 0), 1, shift);
    h = script.normalize(h, "layer", Normalization.VIRTUAL_BATCH);
    Program program = script.returns(ReferenceBatch.leave(script, h));
    try (LoadedNetwork network = LoadedNetwork.load(program, program.initialize(1), Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray input = scope.create(new float[] {0.5f, -1, 2, 1, 0, -0.5f}, new Shape(2, 3, 1, 1));
      ProgramMethod method = new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
      return network.forward(input, method, false).toFloatArray();
    }
  }
}
