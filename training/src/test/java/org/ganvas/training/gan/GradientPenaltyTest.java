package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.OracleCase;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.script.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Against PyTorch's autograd, see {@code src/test/oracle/penalties.py}, and finite differences. */
class GradientPenaltyTest {

  /** Conv to 3 channels, leaky rectifier, conv to 1. */
  private static Program program() {
    Script script = new Script("Tiny", 2);
    Value h = script.conv2d(script.enter(script.input()), "a", Convolution.same(3, 3));
    h = script.conv2d(script.leakyRelu(h, 0.2), "b", Convolution.same(1, 3));
    return script.returnsJudgement(script.leave(h));
  }

  private static OracleCase oracle(GradientPenalty.Kind kind) {
    return oracle(kind.name());
  }

  private static OracleCase oracle(String name) {
    return OracleCase.read("/org/ganvas/training/gan/penalties.txt").stream()
        .filter(found -> found.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static NetworkUpdater load(StateDict state) throws IOException {
    return new NetworkUpdater(
        LoadedNetwork.load(program(), state, Device.cpu()),
        new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST),
        new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0, 0.9, null, null, null));
  }

  private static StateDict state(OracleCase oracle) {
    StateDict state = new StateDict();
    program().parameters().forEach(p -> state.put(p.name(), oracle.tensor(p.name())));
    return state;
  }

  private static double penalty(
      GradientPenalty penalty, NetworkUpdater network, OracleCase oracle) {
    return penalty(penalty, network, oracle.tensor("real"), oracle.tensor("real"));
  }

  private static double penalty(
      GradientPenalty penalty,
      NetworkUpdater network,
      StateDict.Entry real,
      StateDict.Entry generated) {
    try (NDManager scope = network.manager().newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      Shape shape = new Shape(2, 2, 4, 4);
      NDArray found =
          penalty.of(
              network,
              scope.create(real.data(), shape),
              scope.create(generated.data(), shape),
              new NDIndex(":"));
      gradients.backward(found);
      return found.getFloat();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void isWhatPyTorchComputesWithItsSecondDerivatives(GradientPenalty.Kind kind) throws IOException {
    OracleCase oracle = oracle(kind);
    try (NetworkUpdater network = load(state(oracle))) {
      double found = penalty(new GradientPenalty(kind, 10, 1), network, oracle);
      double expected = oracle.tensor("penalty").data()[0];
      assertThat(found).isCloseTo(expected, within(1e-5 * Math.abs(expected)));
      for (String name : new String[] {"a.weight", "b.weight"}) {
        float[] wanted = oracle.tensor("gradient-of-" + name).data();
        try (NDArray gradient = network.network().weights().get(name).getGradient()) {
          float[] got = gradient.toFloatArray();
          for (int i = 0; i < wanted.length; i++) {
            assertThat(got[i])
                .as(name)
                .isCloseTo(wanted[i], within(1e-4f + 1e-5f * Math.abs(wanted[i])));
          }
        }
      }
    }
  }

  @Test
  void aCriticIsHeldAtARandomPointBetweenEachRealAndGeneratedPicture() throws IOException {
    OracleCase oracle = oracle("BETWEEN");
    GradientPenalty penalty = new GradientPenalty(GradientPenalty.Kind.WGAN_GP, 10, 1);
    StateDict.Entry real = oracle.tensor("real");
    StateDict.Entry generated = oracle.tensor("generated");
    double expected = oracle.tensor("penalty").data()[0];
    try (NetworkUpdater network = load(state(oracle))) {
      Engine.getEngine("PyTorch").setRandomSeed(7);
      assertThat(penalty(penalty, network, real, generated))
          .isCloseTo(expected, within(1e-5 * expected));
      for (StateDict.Entry end : List.of(real, generated)) {
        assertThat(penalty(penalty, network, end, end))
            .as("at one end")
            .isNotCloseTo(expected, within(0.01 * expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void everySoManyStepsItCountsAsOftenAsItWasLeftOut(GradientPenalty.Kind kind) throws IOException {
    OracleCase oracle = oracle(kind);
    GradientPenalty lazy = new GradientPenalty(kind, 10, 4);
    try (NetworkUpdater network = load(state(oracle))) {
      double always = penalty(new GradientPenalty(kind, 10, 1), network, oracle);
      assertThat(penalty(lazy, network, oracle))
          .isCloseTo(4 * always, within(1e-5 * Math.abs(4 * always)));
    }
    assertThat(LongStream.rangeClosed(1, 12).filter(lazy::isDue)).containsExactly(4L, 8L, 12L);
    assertThat(new GradientPenalty(GradientPenalty.Kind.NONE, 10, 4).isDue(4)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void itsGradientIsThatOfFiniteDifferences(GradientPenalty.Kind kind) throws IOException {
    OracleCase oracle = oracle(kind);
    GradientPenalty penalty = new GradientPenalty(kind, 10, 1);
    float step = 1e-3f;
    float[] gradient;
    try (NetworkUpdater network = load(state(oracle))) {
      double unused = penalty(penalty, network, oracle);
      try (NDArray live = network.network().weights().get("b.weight").getGradient()) {
        gradient = live.toFloatArray();
      }
    }
    for (int i = 0; i < 5; i++) {
      double[] around = new double[2];
      for (int side = 0; side < 2; side++) {
        StateDict moved = state(oracle);
        StateDict.Entry weight = moved.get("b.weight");
        float[] data = weight.data().clone();
        data[i] += side == 0 ? -step : step;
        moved.put("b.weight", new StateDict.Entry(weight.shape(), data));
        try (NetworkUpdater network = load(moved)) {
          around[side] = penalty(penalty, network, oracle);
        }
      }
      double difference = (around[1] - around[0]) / (2 * step);
      assertThat((double) gradient[i])
          .isCloseTo(difference, within(0.01 * Math.abs(difference) + 0.02));
    }
  }
}
