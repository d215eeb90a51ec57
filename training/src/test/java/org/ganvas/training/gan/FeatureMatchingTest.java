package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.List;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.plan.Optimizer;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.script.Value;
import org.junit.jupiter.api.Test;

class FeatureMatchingTest {

  /** Two layers of one number each, behind which there is a leaky rectifier, and the answer. */
  private static Program program() {
    Script script = new Script("Tiny", 1);
    Value h = script.conv2d(script.enter(script.input()), "a", Convolution.same(1, 1));
    h = script.conv2d(script.leakyRelu(h, 0.2), "b", Convolution.same(1, 1));
    h = script.conv2d(script.leakyRelu(h, 0.2), "c", Convolution.same(1, 1));
    return script.returnsJudgement(script.leave(h));
  }

  private static StateDict state() {
    StateDict state = new StateDict();
    put(state, "a", 2, -1);
    put(state, "b", 3, 0);
    put(state, "c", 100, 50);
    return state;
  }

  private static void put(StateDict state, String layer, float weight, float bias) {
    state.put(
        layer + ".weight", new StateDict.Entry(List.of(1L, 1L, 1L, 1L), new float[] {weight}));
    state.put(layer + ".bias", new StateDict.Entry(List.of(1L), new float[] {bias}));
  }

  @Test
  void isTheMeanDifferenceBehindEachRectifierAveragedOverThem() throws IOException {
    try (NetworkUpdater discriminator =
            new NetworkUpdater(
                LoadedNetwork.load(program(), state(), Device.cpu()),
                ProgramMethod.PLAIN,
                new TrainingPlan.Network(Optimizer.ADAM, 1e-3, 0, 0.9, null, null, null));
        NDManager scope = discriminator.manager().newSubManager()) {
      NDArray real = scope.create(new float[] {1, 0}, new Shape(1, 1, 1, 2));
      NDArray generated = scope.create(new float[] {0.5f, 0.25f}, new Shape(1, 1, 1, 2));
      FeatureMatching loss = new FeatureMatching(discriminator);
      // Behind the first: 1 and -0.2 against 0 and -0.1; behind the second: 3 and -0.12 against 0
      // and -0.06.
      double expected = ((1 + 0.1) / 2 + (3 + 0.06) / 2) / 2;
      assertThat(loss.of(generated, real, 1).getFloat()).isCloseTo((float) expected, within(1e-5f));
      assertThat(loss.of(real, real, 1).getFloat()).isZero();
    }
  }
}
