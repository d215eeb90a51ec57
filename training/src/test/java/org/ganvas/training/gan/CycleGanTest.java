package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.PatchDiscriminator;
import org.ganvas.training.network.ResNetGenerator;
import org.ganvas.training.network.ResNetGenerator.Output;
import org.ganvas.training.network.Upsampling;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;

class CycleGanTest {
  private static final int SIDE = 16;
  private static final int AREA = SIDE * SIDE;
  private static final Architecture GENERATOR =
      new ResNetGenerator(
          1, 4, 3, 3, Normalization.NONE, false, Output.TANH, Upsampling.TRANSPOSED);
  private static final Program JUDGE =
      new PatchDiscriminator(3, 16, 8, Normalization.NONE, false).program();

  private static NetworkUpdater load(Program program, long seed) throws IOException {
    return new NetworkUpdater(
        LoadedNetwork.load(program, program.initialize(seed), Device.cpu()),
        new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST),
        new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0.5, 0.999, null, null, null));
  }

  private static Translator translator(String name, long seed) throws IOException {
    AdversarySettings settings =
        new AdversarySettings(
            AdversarialLoss.LEAST_SQUARES,
            1,
            new GradientPenalty(GradientPenalty.Kind.NONE, 1, 1),
            0,
            1,
            1,
            0);
    NetworkUpdater judge = load(JUDGE, seed + 1);
    return new Translator(
        new AveragedGenerator(
            load(GENERATOR.program(), seed),
            0.9,
            state ->
                new ExportedModel(name, Purpose.translation(null), "resnet-6", GENERATOR, state)),
        new Adversary(judge, settings, 0.5),
        new ImagePool(3, new Shape(3, SIDE, SIDE), seed, judge.manager()));
  }

  private static CycleGan cycleGan(CycleGan.Weights weights) throws IOException {
    return new CycleGan(translator("to-b", 1), translator("to-a", 11), weights);
  }

  /** Reddish pictures in A, bluish ones in B, none of which belong together. */
  private static Batch domains(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Batch(Map.of("a", tinted(random, 0), "b", tinted(random, 2)));
  }

  private static Batch.Tensor tinted(SplittableRandom random, int channel) {
    float[] values = new float[2 * 3 * AREA];
    for (int i = 0; i < values.length; i++) {
      boolean strong = i / AREA % 3 == channel;
      values[i] = (float) (strong ? 0.6 + 0.4 * random.nextDouble() : 0.4 * random.nextDouble());
    }
    return Batch.Tensor.of(values, 2, 3, SIDE, SIDE);
  }

  private static TreeSet<String> changed(CycleGan method, long step) {
    Map<String, float[]> before = new HashMap<>();
    method.tensors().forEach((name, tensor) -> before.put(name, tensor.toFloatArray()));
    assertThat(method.step(domains(step), 1, step)).isNotEmpty();
    TreeSet<String> changed = new TreeSet<>();
    for (Map.Entry<String, NDArray> tensor : method.tensors().entrySet()) {
      if (!Arrays.equals(tensor.getValue().toFloatArray(), before.get(tensor.getKey()))) {
        changed.add(tensor.getKey().replaceFirst("/.*", ""));
      }
    }
    return changed;
  }

  @Test
  void aStepTrainsFourNetworksAndRemembersWhatTheyMade() throws IOException {
    try (CycleGan method = cycleGan(new CycleGan.Weights(10, 5, 1))) {
      assertThat(changed(method, 1))
          .containsExactly(
              "AtoB-pool",
              "BtoA-pool",
              "discriminator-AtoB",
              "discriminator-AtoB-adam",
              "discriminator-BtoA",
              "discriminator-BtoA-adam",
              "generator-AtoB",
              "generator-AtoB-adam",
              "generator-AtoB-average",
              "generator-BtoA",
              "generator-BtoA-adam",
              "generator-BtoA-average");
      assertThat(method.numbers().get("AtoB-pool/asked").get()).isEqualTo(2);
      assertThat(method.exports()).extracting(ExportedModel::name).containsExactly("to-b", "to-a");
    }
  }

  @Test
  void theIdentityLossIsLeftOutWhereItCountsNothing() throws IOException {
    try (CycleGan with = cycleGan(new CycleGan.Weights(10, 5, 1));
        CycleGan without = cycleGan(new CycleGan.Weights(10, 0, 1))) {
      assertThat(with.step(domains(1), 1, 1)).containsKeys("identityLoss", "cycleLoss");
      assertThat(without.step(domains(1), 1, 1))
          .containsKeys("cycleLoss", "discriminatorLoss", "realAccuracy")
          .doesNotContainKey("identityLoss");
    }
  }

  @Test
  void eachGeneratorIsToLeaveAloneWhatIsOfItsOwnDomain() throws IOException {
    try (CycleGan method = cycleGan(new CycleGan.Weights(2, 5, 1))) {
      for (long step = 1; step <= 40; step++) {
        assertThat(method.step(domains(step), 1, step)).isNotEmpty();
      }
      StateDict toB = generator(method, "AtoB");
      StateDict toA = generator(method, "BtoA");
      Batch batch = domains(41);
      Batch.Tensor a = batch.tensor("a");
      Batch.Tensor b = batch.tensor("b");
      double expected = changeBy(toB, b) + changeBy(toA, a);
      assertThat(changeBy(toB, a) + changeBy(toA, b)).isGreaterThan(expected + 0.01);
      assertThat(method.step(batch, 1, 41).get("identityLoss")).isCloseTo(expected, within(1e-5));
    }
  }

  /** The weights of a generator as they are. */
  private static StateDict generator(CycleGan method, String direction) {
    String part = "generator-" + direction + "/";
    StateDict weights = new StateDict();
    GENERATOR
        .program()
        .parameters()
        .forEach(
            parameter ->
                weights.put(
                    parameter.name(),
                    new StateDict.Entry(
                        parameter.shape(),
                        method.tensors().get(part + parameter.name()).toFloatArray())));
    return weights;
  }

  /** How far a generator moves pictures, from -1 to 1. */
  private static double changeBy(StateDict weights, Batch.Tensor pictures) throws IOException {
    try (LoadedNetwork network = LoadedNetwork.load(GENERATOR.program(), weights, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray x = scope.create(pictures.values(), new Shape(2, 3, SIDE, SIDE));
      float[] y =
          network
              .forward(x, new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST), true)
              .toFloatArray();
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        sum += 2 * Math.abs(y[i] - pictures.values()[i]);
      }
      return sum / y.length;
    }
  }

  /** A first moment of Adam is a share of the gradient. */
  @Test
  void theGradientIsTheSumOfThatOfEachLossByItsWeight() throws IOException {
    double[] all = gradients(new CycleGan.Weights(10, 5, 1));
    double[] cycle = gradients(new CycleGan.Weights(1, 0, 0));
    double[] identity = gradients(new CycleGan.Weights(0, 1, 0));
    double[] adversarial = gradients(new CycleGan.Weights(0, 0, 1));
    assertThat(Arrays.stream(identity).map(Math::abs).max().orElseThrow()).isGreaterThan(1e-3);
    double[] sum = new double[all.length];
    Arrays.setAll(sum, i -> 10 * cycle[i] + 5 * identity[i] + adversarial[i]);
    assertThat(all).containsExactly(sum, within(1e-4));
  }

  private static double[] gradients(CycleGan.Weights weights) throws IOException {
    try (CycleGan method = cycleGan(weights)) {
      assertThat(method.step(domains(1), 1, 1)).isNotEmpty();
      return new TreeMap<>(method.tensors())
          .entrySet().stream()
              .filter(tensor -> tensor.getKey().matches("generator-....-adam/first/.*"))
              .flatMapToDouble(tensor -> doubles(tensor.getValue().toFloatArray()))
              .toArray();
    }
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  @Test
  void picturesTakeOnTheColoursOfTheOtherDomainAndComeBack() throws IOException {
    try (CycleGan method = cycleGan(new CycleGan.Weights(2, 0, 1))) {
      double firstCycle = method.step(domains(1), 1, 1).get("cycleLoss");
      double lastCycle = 0;
      for (long step = 2; step <= 200; step++) {
        lastCycle = method.step(domains(step), 1, step).get("cycleLoss");
      }
      assertThat(lastCycle).isLessThan(0.8 * firstCycle);
      // The pools hold what the generators made in the last steps: A as B is blue, B as A red.
      float[] asB = method.tensors().get("AtoB-pool/pictures").toFloatArray();
      float[] asA = method.tensors().get("BtoA-pool/pictures").toFloatArray();
      assertThat(mean(asB, 2)).isGreaterThan(mean(asB, 0) + 0.2);
      assertThat(mean(asA, 0)).isGreaterThan(mean(asA, 2) + 0.2);
    }
  }

  private static double mean(float[] pictures, int channel) {
    double sum = 0;
    for (int i = 0; i < pictures.length; i++) {
      sum += i / AREA % 3 == channel ? pictures[i] : 0;
    }
    return 3 * sum / pictures.length;
  }
}
