package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.LiveTensors;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.SrResNet;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;

class CheckerboardConstraintTest {
  private static final int SIDE = 16;
  private static final int SCALE = 4;
  private static final Architecture NETWORK = new CompactSr(8, 1, SCALE);

  /** Far from the borders, where zeros that are padded change the pattern. */
  private static final int INNER = SCALE * SIDE / 2;

  @Test
  void ofAConstantPictureNothingIsLeftButTheConstant() throws IOException {
    assertThat(images(false, 0, 0)).isGreaterThan(0.1);
    assertThat(images(true, 0, 0)).isLessThan(1e-5);
  }

  @Test
  void ofStripesAndChecksNothingIsLeftButTheirOwnFrequency() throws IOException {
    for (int[] pattern : new int[][] {{1, 0}, {0, 1}, {1, 1}}) {
      assertThat(images(false, pattern[0], pattern[1])).isGreaterThan(0.1);
      assertThat(images(true, pattern[0], pattern[1])).isLessThan(1e-5);
    }
  }

  @Test
  void whatIsHeldToItStaysAsItIs() throws IOException {
    try (LoadedNetwork network = load(NETWORK)) {
      NDArray tail = Objects.requireNonNull(network.weights().get("tail.weight"));
      constraint(NETWORK, network).apply(network.weights());
      float[] once = tail.toFloatArray();
      constraint(NETWORK, network).apply(network.weights());
      assertThat(difference(tail.toFloatArray(), once)).isLessThan(1e-6);
    }
  }

  @Test
  void anEnlargementThatHasNoImagesStaysAsItIs() throws IOException {
    for (int factor = 2; factor <= 4; factor += 2) {
      Architecture architecture = new CompactSr(2, 1, factor);
      try (LoadedNetwork network = load(architecture)) {
        NDArray tail = Objects.requireNonNull(network.weights().get("tail.weight"));
        LiveTensors.write(blocks(factor, 2), tail);
        float[] before = tail.toFloatArray();
        constraint(architecture, network).apply(network.weights());
        assertThat(difference(tail.toFloatArray(), before)).isLessThan(1e-5);
      }
    }
  }

  /**
   * Weights that make of each pixel a square of 2 factor pixels: each repeated factor times, which
   * has no images of a constant, and then its neighbour added, which has none of stripes and
   * checks.
   */
  private static float[] blocks(int factor, int channels) {
    float[] weights = new float[3 * factor * factor * channels * 9];
    for (int i = 0; i < weights.length; i++) {
      int phase = i / 9 / channels % (factor * factor);
      int down = phase / factor + factor * (2 - i % 9 / 3);
      int right = phase % factor + factor * (2 - i % 3);
      weights[i] = down < 2 * factor && right < 2 * factor ? 1 : 0;
    }
    return weights;
  }

  @Test
  void theTwoShufflesOfAnSrResNetAreBothHeld() throws IOException {
    Architecture architecture = new SrResNet(1, 4);
    try (LoadedNetwork network = load(architecture)) {
      StateDict before = network.stateDict();
      constraint(architecture, network).apply(network.weights());
      StateDict after = network.stateDict();
      assertThat(after.names())
          .filteredOn(name -> !Arrays.equals(after.get(name).data(), before.get(name).data()))
          .containsExactlyInAnyOrder(
              "upsample.0.0.weight",
              "upsample.0.0.bias",
              "upsample.1.0.weight",
              "upsample.1.0.bias");
    }
  }

  @Test
  void aGeneratorThatLearnsKeepsToItAndSoDoesItsAverage() throws IOException {
    StateDict initial = NETWORK.program().initialize(1);
    WeightConstraint constraint = CheckerboardConstraint.on(NETWORK, initial);
    NetworkUpdater updater =
        new NetworkUpdater(
            load(NETWORK),
            new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST),
            new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0.9, 0.99, null, null, null));
    try (AveragedGenerator generator =
        new AveragedGenerator(updater, constraint, 0.9, CheckerboardConstraintTest::model)) {
      Batch batch = new Batch(Map.of("low", Batch.Tensor.of(stripes(1, 0), 1, 3, SIDE, SIDE)));
      for (long step = 1; step <= 3; step++) {
        try (Turn turn = generator.begin(batch, 1, step)) {
          generator.learn(turn.tensor("low"), picture -> picture.square().mean(), turn);
        }
      }
      for (StateDict state : List.of(updater.network().stateDict(), generator.averagedWeights())) {
        float[] tail = state.get("tail.weight").data();
        assertThat(difference(tail, initial.get("tail.weight").data())).isGreaterThan(1e-3);
        assertThat(difference(tail, held(state))).isLessThan(1e-6);
      }
    }
  }

  private static ExportedModel model(StateDict weights) {
    return new ExportedModel("m", Purpose.SUPER_RESOLUTION, "compact-sr", NETWORK, weights);
  }

  /** The tail's weights after they are held to it. */
  private static float[] held(StateDict state) throws IOException {
    try (LoadedNetwork network = LoadedNetwork.load(NETWORK.program(), state, Device.cpu())) {
      constraint(NETWORK, network).apply(network.weights());
      return network.stateDict().get("tail.weight").data();
    }
  }

  /**
   * Of what the network adds to an enlarged pattern, which share (of the root mean square) has a
   * frequency that the pattern has not.
   *
   * @param down whether the pattern changes from row to row
   */
  private static double images(boolean held, int down, int right) throws IOException {
    try (LoadedNetwork network = load(NETWORK);
        NDManager scope = network.manager().newSubManager()) {
      NDArray bias = Objects.requireNonNull(network.weights().get("tail.bias"));
      float[] uneven = new float[3 * SCALE * SCALE];
      for (int i = 0; i < uneven.length; i++) {
        uneven[i] = (i * 7 % 5 - 2) / 50F;
      }
      LiveTensors.write(uneven, bias);
      if (held) {
        constraint(NETWORK, network).apply(network.weights());
      }
      NDArray pattern = scope.create(stripes(down, right), new Shape(1, 3, SIDE, SIDE));
      float[] whole = output(network, pattern);
      LiveTensors.write(new float[uneven.length], bias);
      NDArray tail = Objects.requireNonNull(network.weights().get("tail.weight"));
      LiveTensors.write(new float[(int) tail.size()], tail);
      float[] enlarged = output(network, pattern);
      return images(whole, enlarged);
    }
  }

  private static double images(float[] whole, float[] enlarged) {
    double all = 0;
    double images = 0;
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        double power = power(whole, enlarged, y, x);
        all += power;
        images += Math.min(y, 8 - y) > 1 || Math.min(x, 8 - x) > 1 ? power : 0;
      }
    }
    return Math.sqrt(images / all);
  }

  /** The square of one term of the discrete Fourier transform of 8x8 pixels, y and x in eighths. */
  private static double power(float[] whole, float[] enlarged, int y, int x) {
    double real = 0;
    double imaginary = 0;
    for (int i = 0; i < 64; i++) {
      int at = (INNER + i / 8) * SCALE * SIDE + INNER + i % 8;
      double angle = 2 * Math.PI * (y * (i / 8) + x * (i % 8)) / 8;
      real += (whole[at] - enlarged[at]) * Math.cos(angle);
      imaginary += (whole[at] - enlarged[at]) * Math.sin(angle);
    }
    return real * real + imaginary * imaginary;
  }

  private static float[] stripes(int down, int right) {
    float[] values = new float[3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      int odd = (i / SIDE * down + i % SIDE * right) % 2;
      values[i] = odd == 0 ? 0.2F : 0.8F;
    }
    return values;
  }

  private static float[] output(LoadedNetwork network, NDArray x) {
    ProgramMethod plain = new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
    return network.forward(x, plain, false).toFloatArray();
  }

  private static LoadedNetwork load(Architecture architecture) throws IOException {
    return LoadedNetwork.load(
        architecture.program(), architecture.program().initialize(1), Device.cpu());
  }

  private static CheckerboardConstraint constraint(
      Architecture architecture, LoadedNetwork network) {
    return CheckerboardConstraint.on(architecture, network.stateDict());
  }

  private static double difference(float[] a, float[] b) {
    double most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }
}
