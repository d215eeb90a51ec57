package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Pix2PixTest {
  private static final int SIDE = 16;
  private static final ProgramMethod METHOD =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
  private static final Architecture GENERATOR =
      new ResNetGenerator(
          1, 4, 3, 3, Normalization.INSTANCE, false, Output.TANH, Upsampling.TRANSPOSED);
  private static final Program JUDGE =
      new PatchDiscriminator(6, 16, 4, Normalization.NONE, false).program();

  private static NetworkUpdater load(Program program) throws IOException {
    return new NetworkUpdater(
        LoadedNetwork.load(program, program.initialize(1), Device.cpu()),
        METHOD,
        new TrainingPlan.Network(Optimizer.ADAM, 2e-3, 0.5, 0.999, null, null, null));
  }

  private static Pix2Pix pix2pix(Pix2Pix.Weights weights, long warmUp) throws IOException {
    return pix2pix(new Pix2Pix.Content(weights, null, false), warmUp);
  }

  private static Pix2Pix pix2pix(Pix2Pix.Content content, long warmUp) throws IOException {
    return pix2pix(content, warmUp, new GradientPenalty(GradientPenalty.Kind.NONE, 1, 1));
  }

  private static Pix2Pix pix2pix(Pix2Pix.Content content, long warmUp, GradientPenalty penalty)
      throws IOException {
    AdversarySettings settings =
        new AdversarySettings(AdversarialLoss.NON_SATURATING, 1, penalty, warmUp, 1, 1, 0);
    return new Pix2Pix(
        new AveragedGenerator(
            load(GENERATOR.program()),
            0.9,
            state ->
                new ExportedModel("m", Purpose.translation(null), "resnet-6", GENERATOR, state)),
        new Adversary(load(JUDGE), settings, Pix2Pix.DISCRIMINATOR_WEIGHT),
        content);
  }

  /**
   * Pictures and their negatives.
   *
   * @param side of the squares of one colour that they consist of
   */
  private static Batch negatives(long seed, int side) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] input = new float[2 * 3 * SIDE * SIDE];
    float[] target = new float[input.length];
    for (int i = 0; i < input.length; i++) {
      boolean fresh = i % side == 0 && i / SIDE % side == 0;
      int left = i - i % side;
      int above = left - i / SIDE % side * SIDE;
      input[i] = fresh ? (float) random.nextDouble() : input[above];
      target[i] = 1 - input[i];
    }
    return new Batch(
        Map.of(
            "input", Batch.Tensor.of(input, 2, 3, SIDE, SIDE),
            "target", Batch.Tensor.of(target, 2, 3, SIDE, SIDE)));
  }

  /** Of the names of the tensors that a step changed, what is before the slash. */
  private static TreeSet<String> changed(Pix2Pix method, long step) {
    Map<String, float[]> before = new HashMap<>();
    method.tensors().forEach((name, tensor) -> before.put(name, tensor.toFloatArray()));
    assertThat(method.step(negatives(step, 1), 1, step)).isNotEmpty();
    TreeSet<String> changed = new TreeSet<>();
    for (Map.Entry<String, NDArray> tensor : method.tensors().entrySet()) {
      if (!Arrays.equals(tensor.getValue().toFloatArray(), before.get(tensor.getKey()))) {
        changed.add(tensor.getKey().replaceFirst("/.*", ""));
      }
    }
    return changed;
  }

  @Test
  void aStepTrainsBothNetworksAndTheWarmUpOnlyTheDiscriminator() throws IOException {
    try (Pix2Pix method = pix2pix(new Pix2Pix.Weights(100, 0, 1), 1)) {
      assertThat(changed(method, 1)).containsExactly("discriminator", "discriminator-adam");
      assertThat(changed(method, 2))
          .containsExactly(
              "discriminator",
              "discriminator-adam",
              "generator",
              "generator-adam",
              "generator-average");
    }
  }

  @Test
  void aPenaltyIsOnThePictureAndNotOnWhatItWasMadeOf() throws IOException {
    Pix2Pix.Content content = new Pix2Pix.Content(new Pix2Pix.Weights(100, 0, 1), null, false);
    GradientPenalty penalty = new GradientPenalty(GradientPenalty.Kind.R1, 1e6, 1);
    try (Pix2Pix method = pix2pix(content, 0, penalty)) {
      assertThat(method.step(negatives(1, 1), 1, 1).get("penaltyLoss")).isGreaterThan(1e-3);
      // Now it is blind to all but what is given, whose channels are the first three.
      for (NDArray weight : method.tensors().values()) {
        if (weight.getShape().equals(new Shape(4, 6, 4, 4))) {
          weight.set(new NDIndex(":, 3:"), 0);
        }
      }
      assertThat(method.step(negatives(1, 1), 1, 2).get("penaltyLoss")).isLessThan(1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thePixelLossIsThatOfPicturesFromMinusOneToOne(boolean keepsLuminance) throws IOException {
    Batch batch = negatives(1, 1);
    Program program = GENERATOR.program();
    double expected = 0;
    try (LoadedNetwork network = LoadedNetwork.load(program, program.initialize(1), Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray input = scope.create(batch.tensor("input").values(), new Shape(2, 3, SIDE, SIDE));
      float[] given = network.forward(input, METHOD, true).toFloatArray();
      float[] target = batch.tensor("target").values();
      if (keepsLuminance) {
        moveToLuma(given, batch.tensor("input").values());
      }
      for (int i = 0; i < given.length; i++) {
        double difference = (2.0 * given[i] - 1) - (2.0 * target[i] - 1);
        expected += Math.abs(difference) / given.length;
      }
    }
    Pix2Pix.Weights weights = new Pix2Pix.Weights(100, 0, 1);
    try (Pix2Pix method = pix2pix(new Pix2Pix.Content(weights, null, keepsLuminance), 0)) {
      assertThat(method.step(batch, 1, 1).get("pixelLoss")).isCloseTo(expected, within(1e-5));
    }
  }

  /** Moves every pixel along the grey axis to the luma of another picture. */
  private static void moveToLuma(float[] pictures, float[] others) {
    int area = SIDE * SIDE;
    for (int i = 0; i < pictures.length; i += i % area == area - 1 ? 2 * area + 1 : 1) {
      double change = luma(others, i, area) - luma(pictures, i, area);
      for (int channel = 0; channel < 3; channel++) {
        pictures[i + channel * area] += (float) change;
      }
    }
  }

  private static double luma(float[] pictures, int red, int area) {
    return 0.299 * pictures[red] + 0.587 * pictures[red + area] + 0.114 * pictures[red + 2 * area];
  }

  @Test
  void learnsWhatBecomesOfAPicture() throws IOException {
    Batch batch = negatives(1, SIDE / 2);
    try (Pix2Pix method = pix2pix(new Pix2Pix.Weights(100, 0, 1), 0)) {
      double first = method.step(batch, 1, 1).get("pixelLoss");
      double last = 0;
      for (long step = 2; step <= 200; step++) {
        last = method.step(batch, 1, step).get("pixelLoss");
      }
      assertThat(last).isLessThan(0.6 * first);
    }
  }

  @Test
  void theDiscriminatorSeesWhatThePictureWasMadeOf() throws IOException {
    // Without a loss of pixels the generator learns from nothing but its judgement of pairs: its
    // results can't tell it from real ones by themselves, for both are noise.
    try (Pix2Pix method = pix2pix(new Pix2Pix.Weights(0, 0, 1), 1000)) {
      double right = 0;
      for (long step = 1; step <= 150; step++) {
        Map<String, Double> figures = method.step(negatives(step, 1), 1, step);
        if (step > 130) {
          right += (figures.get("realAccuracy") + figures.get("generatedAccuracy")) / 40;
        }
      }
      assertThat(right).isGreaterThan(0.9);
    }
  }
}
