package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.SrResNet;
import org.ganvas.training.network.StridedDiscriminator;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.junit.jupiter.api.Test;

class SrGanTest {
  private static final Architecture GENERATOR = new SrResNet(1, 2);

  private static NetworkUpdater load(Program program) throws IOException {
    return new NetworkUpdater(
        LoadedNetwork.load(program, program.initialize(1), Device.cpu()),
        new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST),
        new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0.9, 0.99, null, null, null));
  }

  private static SrGan srGan(AdversarySettings settings) throws IOException {
    return srGan(settings, Normalization.BATCH);
  }

  private static SrGan srGan(AdversarySettings settings, Normalization normalization)
      throws IOException {
    return srGan(settings, normalization, new SrGan.Weights(1, 1, 0.1));
  }

  private static SrGan srGan(
      AdversarySettings settings, Normalization normalization, SrGan.Weights losses)
      throws IOException {
    Architecture judge = new StridedDiscriminator(16, 4, normalization, false);
    NetworkUpdater discriminator = load(judge.program());
    return srGan(
        new Adversary(discriminator, settings),
        new SrGan.Content(losses, new FeatureMatching(discriminator)));
  }

  private static SrGan srGan(Adversary adversary, SrGan.Content content) throws IOException {
    return new SrGan(
        new AveragedGenerator(
            load(GENERATOR.program()),
            0.9,
            weights ->
                new ExportedModel("m", Purpose.SUPER_RESOLUTION, "srresnet", GENERATOR, weights)),
        adversary,
        content);
  }

  private static AdversarySettings settings(
      GradientPenalty.Kind penalty, long warmUp, int stepsPerGeneratorStep) {
    return new AdversarySettings(
        AdversarialLoss.NON_SATURATING,
        0.9,
        new GradientPenalty(penalty, 1, 1),
        warmUp,
        stepsPerGeneratorStep,
        1,
        0);
  }

  private static Batch noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return new Batch(Map.of("low", noise(random, 8), "high", noise(random, 16)));
  }

  private static Batch.Tensor noise(SplittableRandom random, int side) {
    float[] values = new float[2 * 3 * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Batch.Tensor.of(values, 2, 3, side, side);
  }

  private static Map<String, float[]> copy(SrGan srGan) {
    Map<String, float[]> copy = new HashMap<>();
    srGan.tensors().forEach((name, tensor) -> copy.put(name, tensor.toFloatArray()));
    return copy;
  }

  /** Of the names of the tensors that a step changed, what is before the slash. */
  private static TreeSet<String> changed(SrGan srGan, long step) {
    Map<String, float[]> before = copy(srGan);
    Map<String, Double> unused = srGan.step(noise(step), 1, step);
    TreeSet<String> changed = new TreeSet<>();
    for (Map.Entry<String, NDArray> tensor : srGan.tensors().entrySet()) {
      if (!Arrays.equals(tensor.getValue().toFloatArray(), before.get(tensor.getKey()))
          && !tensor.getKey().contains("running")) {
        changed.add(tensor.getKey().replaceFirst("/.*", ""));
      }
    }
    return changed;
  }

  @Test
  void theGeneratorWaitsForTheWarmUpAndThenForItsTurn() throws IOException {
    try (SrGan srGan = srGan(settings(GradientPenalty.Kind.NONE, 1, 2))) {
      String[] discriminator = {"discriminator", "discriminator-adam"};
      assertThat(changed(srGan, 1)).as("warm-up").containsExactly(discriminator);
      assertThat(changed(srGan, 2)).as("not its turn").containsExactly(discriminator);
      assertThat(changed(srGan, 3))
          .containsExactly(
              "discriminator",
              "discriminator-adam",
              "generator",
              "generator-adam",
              "generator-average");
    }
  }

  @Test
  void theGeneratorsGradientIsToldOfWhicheverStepsAreItsOwn() throws IOException {
    List<Long> told = new ArrayList<>();
    try (SrGan srGan = srGan(settings(GradientPenalty.Kind.NONE, 1, 2))) {
      for (long step = 1; step <= 42; step++) {
        if (srGan.step(noise(step), 1, step).containsKey("generatorGradientNorm")) {
          told.add(step);
        }
      }
    }
    // It learns in steps 3, 5, 7 and so on; every tenth of them is watched.
    assertThat(told).containsExactly(21L, 41L);
  }

  /** The mean; remembers which updates it was asked for. */
  private record Asked(List<Long> updates) implements PictureLoss {
    @Override
    public NDArray of(NDArray generated, NDArray real, long update) {
      updates.add(update);
      return generated.mean();
    }

    @Override
    public void close() {}
  }

  /** By the number of the step not all shifts of the features would be among them. */
  @Test
  void whatVariesInALossFollowsTheGeneratorsOwnCount() throws IOException {
    Asked asked = new Asked(new ArrayList<>());
    NetworkUpdater discriminator =
        load(new StridedDiscriminator(16, 4, Normalization.BATCH, false).program());
    try (SrGan srGan =
        srGan(
            new Adversary(discriminator, settings(GradientPenalty.Kind.NONE, 1, 4)),
            new SrGan.Content(new SrGan.Weights(1, 1, 0.1), asked))) {
      for (long step = 1; step <= 21; step++) {
        Map<String, Double> unused = srGan.step(noise(step), 1, step);
      }
    }
    assertThat(asked.updates()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void everyPenaltyGoesWithEveryPartOfTheStep() throws IOException {
    for (GradientPenalty.Kind penalty : GradientPenalty.Kind.values()) {
      try (SrGan srGan = srGan(settings(penalty, 0, 1), Normalization.LAYER)) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (long step = 1; step <= 10; step++) {
          figures = srGan.step(noise(step), 1, step);
        }
        assertThat(figures)
            .containsKeys(
                "pixelLoss",
                "perceptualLoss",
                "adversarialLoss",
                "discriminatorLoss",
                "realAccuracy",
                "generatedAccuracy",
                "generatorGradientNorm",
                "discriminatorGradientNorm",
                "diversity");
        assertThat(figures.values()).allMatch(Double::isFinite);
        assertThat(figures.containsKey("penaltyLoss"))
            .isEqualTo(penalty != GradientPenalty.Kind.NONE);
      }
    }
  }

  @Test
  void theLossesCountInTheGradientAsTheirWeightsSay() throws IOException {
    Map<String, float[]> pixel = firstGradient(new SrGan.Weights(1, 0, 0));
    Map<String, float[]> perceptual = firstGradient(new SrGan.Weights(0, 1, 0));
    Map<String, float[]> adversarial = firstGradient(new SrGan.Weights(0, 0, 1));
    Map<String, float[]> all = firstGradient(new SrGan.Weights(2, 3, 0.5));
    assertThat(List.of(length(pixel), length(perceptual), length(adversarial)))
        .allMatch(length -> length > 1e-4);
    double error = 0;
    for (Map.Entry<String, float[]> gradient : all.entrySet()) {
      for (int i = 0; i < gradient.getValue().length; i++) {
        double expected =
            2 * of(pixel, gradient.getKey())[i]
                + 3 * of(perceptual, gradient.getKey())[i]
                + 0.5 * of(adversarial, gradient.getKey())[i];
        error += Math.pow(gradient.getValue()[i] - expected, 2);
      }
    }
    assertThat(Math.sqrt(error)).isLessThan(1e-3 * length(all));
  }

  /** The generator's gradient in the first step, or rather a tenth of it: Adam's first moments. */
  private static Map<String, float[]> firstGradient(SrGan.Weights weights) throws IOException {
    try (SrGan srGan =
        srGan(settings(GradientPenalty.Kind.NONE, 0, 1), Normalization.BATCH, weights)) {
      Map<String, Double> unused = srGan.step(noise(1), 1, 1);
      Map<String, float[]> moments = copy(srGan);
      moments.keySet().removeIf(name -> !name.startsWith("generator-adam/first/"));
      return moments;
    }
  }

  private static float[] of(Map<String, float[]> gradient, String name) {
    return Objects.requireNonNull(gradient.get(name));
  }

  private static double length(Map<String, float[]> gradient) {
    double squares = 0;
    for (float[] part : gradient.values()) {
      for (float number : part) {
        squares += number * number;
      }
    }
    return Math.sqrt(squares);
  }

  @Test
  void theDiscriminatorLearnsToTellNoiseFromWhatTheGeneratorMakes() throws IOException {
    try (SrGan srGan = srGan(settings(GradientPenalty.Kind.NONE, 100, 1), Normalization.NONE)) {
      double right = 0;
      for (long step = 1; step <= 60; step++) {
        Map<String, Double> figures = srGan.step(noise(step), 1, step);
        if (step > 40) {
          right += (figures.get("realAccuracy") + figures.get("generatedAccuracy")) / 40;
        }
      }
      assertThat(right).isGreaterThan(0.9);
    }
  }

  @Test
  void aCriticIsNeitherRightNorWrong() throws IOException {
    AdversarySettings critic =
        new AdversarySettings(
            AdversarialLoss.WASSERSTEIN,
            1,
            new GradientPenalty(GradientPenalty.Kind.WGAN_GP, 10, 1),
            0,
            1,
            1,
            0);
    try (SrGan srGan = srGan(critic, Normalization.LAYER)) {
      assertThat(srGan.step(noise(1), 1, 1))
          .containsKeys("discriminatorLoss", "penaltyLoss", "adversarialLoss")
          .doesNotContainKeys("realAccuracy", "generatedAccuracy");
    }
  }
}
