package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.PatchDiscriminator;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.junit.jupiter.api.Test;

/** What a discriminator learns, and when each side of the game waits for the other. */
class AdversaryTest {
  private static Adversary adversary(double restsAbove, double waitsBelow) throws IOException {
    return adversary(1, restsAbove, waitsBelow);
  }

  private static Adversary adversary(double realTarget, double restsAbove, double waitsBelow)
      throws IOException {
    Program program = new PatchDiscriminator(3, 16, 4, Normalization.BATCH, false).program();
    return new Adversary(
        new NetworkUpdater(
            LoadedNetwork.load(program, program.initialize(1), Device.cpu()),
            new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST),
            new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0.5, 0.999, null, null, null)),
        new AdversarySettings(
            AdversarialLoss.NON_SATURATING,
            realTarget,
            new GradientPenalty(GradientPenalty.Kind.NONE, 1, 1),
            0,
            1,
            restsAbove,
            waitsBelow));
  }

  private static LiveNumber accuracy(Adversary adversary) {
    return Objects.requireNonNull(adversary.numbers("d").get("d-accuracy"));
  }

  /** What a step on bright real and dark generated pictures tells. */
  private static Map<String, Double> learn(Adversary adversary) {
    Batch batch = new Batch(Map.of("real", noise(0.5f), "generated", noise(0)));
    try (Turn turn = new Turn(batch, 1, 1, adversary.discriminator().manager())) {
      adversary.learn(turn.tensor("real"), turn.tensor("generated"), turn);
      return turn.figures();
    }
  }

  /** What the discriminator answers, flattened; its batch norm is that of training. */
  private static float[] answers(Adversary adversary, Batch.Tensor... pictures) {
    try (NDManager scope = adversary.discriminator().manager().newSubManager()) {
      NDList parts = new NDList();
      for (Batch.Tensor part : pictures) {
        parts.add(scope.create(part.values(), new Shape(part.shape())));
      }
      return adversary.discriminator().forward(NDArrays.concat(parts)).toFloatArray();
    }
  }

  /** The mean binary cross entropy of answers before the sigmoid. */
  private static double crossEntropy(float[] answers, double target) {
    double sum = 0;
    for (float answer : answers) {
      double probability = 1 / (1 + Math.exp(-answer));
      sum -= target * Math.log(probability) + (1 - target) * Math.log(1 - probability);
    }
    return sum / answers.length;
  }

  @Test
  void itIsAskedForItsTargetOnRealPicturesAndForZeroOnGeneratedOnes() throws IOException {
    try (Adversary smooth = adversary(0.9, 1, 0)) {
      float[] ofReal = answers(smooth, noise(0.5f));
      float[] ofGenerated = answers(smooth, noise(0));
      double expected = crossEntropy(ofReal, 0.9) + crossEntropy(ofGenerated, 0);
      double hard = crossEntropy(ofReal, 1) + crossEntropy(ofGenerated, 0);
      assertThat(expected).as("it matters").isNotCloseTo(hard, within(1e-3));
      assertThat(learn(smooth).get("discriminatorLoss")).isCloseTo(expected, within(1e-5));
    }
  }

  @Test
  void realAndGeneratedPicturesDoNotMeetInItsBatchNorm() throws IOException {
    try (Adversary adversary = adversary(1, 0)) {
      double apart =
          crossEntropy(answers(adversary, noise(0.5f)), 1)
              + crossEntropy(answers(adversary, noise(0)), 0);
      float[] mixed = answers(adversary, noise(0.5f), noise(0));
      int half = mixed.length / 2;
      double together =
          crossEntropy(Arrays.copyOf(mixed, half), 1)
              + crossEntropy(Arrays.copyOfRange(mixed, half, mixed.length), 0);
      assertThat(together).as("as one batch").isNotCloseTo(apart, within(1e-2));
      assertThat(learn(adversary).get("discriminatorLoss")).isCloseTo(apart, within(1e-5));
    }
  }

  /** Pictures of samples from {@code darkest} to half more. */
  private static Batch.Tensor noise(float darkest) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[2 * 3 * 16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = darkest + (float) random.nextDouble() / 2;
    }
    return Batch.Tensor.of(values, 2, 3, 16, 16);
  }

  /** Weights, running means and moments in one. */
  private static float[] state(Adversary adversary) {
    return adversary.tensors("d").entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(tensor -> tensor.getValue().toFloatArray())
        .reduce(
            new float[0],
            (all, more) -> {
              float[] longer = Arrays.copyOf(all, all.length + more.length);
              System.arraycopy(more, 0, longer, all.length, more.length);
              return longer;
            });
  }

  @Test
  void itRestsWhileItIsRightTooOftenButIsStillAsked() throws IOException {
    try (Adversary adversary = adversary(0.8, 0)) {
      float[] before = state(adversary);
      accuracy(adversary).set(0.81);
      Map<String, Double> resting = learn(adversary);
      assertThat(state(adversary)).isEqualTo(before);
      assertThat(resting).containsOnlyKeys("realAccuracy", "generatedAccuracy");
      double right = (resting.get("realAccuracy") + resting.get("generatedAccuracy")) / 2;
      assertThat(accuracy(adversary).get()).isCloseTo(0.95 * 0.81 + 0.05 * right, within(1e-9));

      accuracy(adversary).set(0.79);
      assertThat(learn(adversary)).containsKey("discriminatorLoss");
      assertThat(state(adversary)).isNotEqualTo(before);
    }
  }

  @Test
  void theGeneratorWaitsWhileItIsRightTooSeldom() throws IOException {
    try (Adversary adversary = adversary(1, 0.4)) {
      assertThat(adversary.isGeneratorsTurn(1)).as("at first").isTrue();
      accuracy(adversary).set(0.39);
      assertThat(adversary.isGeneratorsTurn(2)).isFalse();
      accuracy(adversary).set(0.41);
      assertThat(adversary.isGeneratorsTurn(3)).isTrue();
    }
  }

  @Test
  void neitherSideWaitsUnlessAsked() throws IOException {
    try (Adversary adversary = adversary(1, 0)) {
      for (double share : new double[] {0, 1}) {
        accuracy(adversary).set(share);
        assertThat(adversary.isGeneratorsTurn(1)).isTrue();
        assertThat(learn(adversary)).containsKey("discriminatorLoss");
      }
    }
  }
}
