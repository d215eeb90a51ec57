package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.SrResNet;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuperResolutionTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  private static LoadedNetwork load(Architecture architecture) throws IOException {
    return LoadedNetwork.load(
        architecture.program(), architecture.program().initialize(1), Device.cpu());
  }

  private static TrainingMethod training(
      LoadedNetwork network, ProgramMethod method, double learningRate, double averageDecay) {
    return training(
        new NetworkUpdater(
            network,
            method,
            new TrainingPlan.Network(Optimizer.ADAM, learningRate, 0.9, 0.99, null, null, null)),
        averageDecay,
        SuperResolution.Loss.L1);
  }

  private static TrainingMethod training(
      NetworkUpdater network, double averageDecay, SuperResolution.Loss loss) {
    return new SuperResolution(
        new AveragedGenerator(
            network,
            averageDecay,
            weights ->
                new ExportedModel(
                    "m", Purpose.SUPER_RESOLUTION, "compact-sr", new CompactSr(8, 1, 2), weights)),
        loss,
        null);
  }

  /** Stripes, each large pixel darker or lighter than the small one by where it lies. */
  private static Batch stripes() {
    float[] low = new float[2 * 3 * 8 * 8];
    float[] high = new float[low.length * 4];
    for (int plane = 0; plane < 6; plane++) {
      for (int y = 0; y < 16; y++) {
        for (int x = 0; x < 16; x++) {
          float small = (x / 2 * 3 + y / 2 + plane) % 5 / 5f;
          low[plane * 64 + y / 2 * 8 + x / 2] = small;
          high[plane * 256 + y * 16 + x] = small + (x % 2 == 0 ? 0.2f : -0.1f);
        }
      }
    }
    return new Batch(
        Map.of(
            "low", Batch.Tensor.of(low, 2, 3, 8, 8), "high", Batch.Tensor.of(high, 2, 3, 16, 16)));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void stepsLowerTheLoss(Precision precision) throws IOException {
    ProgramMethod method = new ProgramMethod(precision, MemoryLayout.CHANNELS_LAST);
    try (TrainingMethod training = training(load(new CompactSr(8, 1, 2)), method, 3e-3, 0.99)) {
      double first = training.step(stripes(), 1, 1).get("l1");
      double last = first;
      for (int step = 2; step <= 60; step++) {
        last = training.step(stripes(), 1, step).get("l1");
      }
      assertThat(first).isPositive();
      assertThat(last).isLessThan(0.6 * first);
    }
  }

  @ParameterizedTest
  @EnumSource(SuperResolution.Loss.class)
  void theFirstLossIsTheMeanOfTheAbsoluteDifferenceOrItsSquare(SuperResolution.Loss loss)
      throws IOException {
    Batch batch = stripes();
    LoadedNetwork network = load(new CompactSr(8, 1, 2));
    NetworkUpdater updater =
        new NetworkUpdater(
            network,
            PLAIN,
            new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0.9, 0.99, null, null, null));
    try (TrainingMethod training = training(updater, 0.99, loss)) {
      double sum = 0;
      try (NDManager scope = network.manager().newSubManager()) {
        float[] out =
            network
                .forward(
                    scope.create(batch.tensor("low").values(), new Shape(2, 3, 8, 8)), PLAIN, false)
                .toFloatArray();
        for (int i = 0; i < out.length; i++) {
          double difference = Math.abs(out[i] - batch.tensor("high").values()[i]);
          sum += Math.pow(difference, loss == SuperResolution.Loss.L1 ? 1 : 2) / out.length;
        }
      }
      String name = loss == SuperResolution.Loss.L1 ? "l1" : "l2";
      assertThat(training.step(batch, 1, 1).get(name)).isCloseTo(sum, within(1e-6));
    }
  }

  @Test
  void theAverageFollowsTheWeightsAsItsFormulaSays() throws IOException {
    LoadedNetwork network = load(new CompactSr(4, 1, 2));
    try (TrainingMethod training = training(network, PLAIN, 1e-2, 0.25)) {
      double expected = network.stateDict().get("tail.bias").data()[3];
      for (int step = 1; step <= 5; step++) {
        training.step(stripes(), 1, step);
        double weight = network.stateDict().get("tail.bias").data()[3];
        // 2/11, then 0.25 from step 2 on, for (1 + 2) / (10 + 2) is as much already.
        double kept = step == 1 ? 2.0 / 11 : 0.25;
        expected = kept * expected + (1 - kept) * weight;
        assertThat((double) training.exports().get(0).weights().get("tail.bias").data()[3])
            .isCloseTo(expected, within(1e-6));
      }
      assertThat(network.stateDict().get("tail.bias").data())
          .isNotEqualTo(training.exports().get(0).weights().get("tail.bias").data());
    }
  }

  @Test
  void whatIsExportedHasTheRunningMeansAveragedLikeTheWeights() throws IOException {
    LoadedNetwork network = load(new SrResNet(1, 2));
    try (TrainingMethod training = training(network, PLAIN, 1e-3, 0.99)) {
      training.step(stripes(), 1, 1);
      StateDict exported = training.exports().get(0).weights();
      exported.requireFits(network.program());
      float[] mean = exported.get("fuse.1.running_mean").data();
      float[] live = network.buffers().get("fuse.1.running_mean").toFloatArray();
      assertThat(live).doesNotContain(0);
      for (int i = 0; i < live.length; i++) {
        // At first it is 0, of which the first update keeps 2/11.
        assertThat((double) mean[i]).isCloseTo(9.0 / 11 * live[i], within(1e-7));
      }
    }
  }

  @Test
  void theTensorsOfACheckpointAreAllThatAStepDependsOn() throws IOException {
    LoadedNetwork network = load(new SrResNet(1, 2));
    try (TrainingMethod training = training(network, PLAIN, 1e-3, 0.99)) {
      Map<String, NDArray> tensors = training.tensors();
      long weights = network.program().parameters().stream().filter(p -> p.trained()).count();
      long buffers = network.program().parameters().size() - weights;
      // Of each weight two moments and the average, of each buffer the average.
      assertThat(tensors).hasSize((int) (4 * weights + 2 * buffers));
      training.step(stripes(), 1, 1);
      tensors.forEach(
          (name, tensor) -> assertThat(tensor.isNaN().any().getBoolean()).as(name).isFalse());
      assertThat(tensors.get("generator-adam/second/tail.weight").max().getFloat()).isPositive();
    }
  }
}
