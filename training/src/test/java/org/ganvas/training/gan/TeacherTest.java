package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.LoadedNetwork;
import org.junit.jupiter.api.Test;

class TeacherTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
  private static final int SIDE = 5;
  private static final int SCALE = 2;

  private static LoadedNetwork network() throws IOException {
    CompactSr architecture = new CompactSr(4, 1, SCALE);
    return LoadedNetwork.load(
        architecture.program(), architecture.program().initialize(1), Device.cpu());
  }

  private static float[] low() {
    float[] low = new float[3 * SIDE * SIDE];
    for (int i = 0; i < low.length; i++) {
      low[i] = i * i * 31 % 97 / 97f;
    }
    return low;
  }

  /** The picture laid another way, number 0 to 7 of the eight; pixel by pixel. */
  private static float[] laid(float[] picture, int side, int way, boolean back) {
    float[] result = new float[picture.length];
    for (int plane = 0; plane < 3; plane++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          int row = (way & 1) == 0 ? y : side - 1 - y;
          int column = (way & 2) == 0 ? x : side - 1 - x;
          int there =
              plane * side * side + ((way & 4) == 0 ? row * side + column : column * side + row);
          int here = plane * side * side + y * side + x;
          result[back ? there : here] = picture[back ? here : there];
        }
      }
    }
    return result;
  }

  private static NDArray tensor(NDManager scope, float[] picture, int side) {
    return scope.create(picture, new Shape(1, 3, side, side));
  }

  @Test
  void eightStepsTeachWhatItMakesOfThePictureInEachOfTheEightWays() throws IOException {
    LoadedNetwork network = network();
    try (Teacher teacher = new Teacher(network, PLAIN, 1);
        NDManager scope = network.manager().newSubManager()) {
      NDArray low = tensor(scope, low(), SIDE);
      NDArray high = scope.zeros(new Shape(1, 3, SIDE * SCALE, SIDE * SCALE));
      List<float[]> taught = new ArrayList<>();
      for (int step = 1; step <= 8; step++) {
        taught.add(teacher.target(low, high, step).toFloatArray());
      }
      for (int way = 0; way < 8; way++) {
        NDArray laid = tensor(scope, laid(low(), SIDE, way, false), SIDE);
        float[] expected =
            laid(network.forward(laid, PLAIN, false).toFloatArray(), SIDE * SCALE, way, true);
        assertThat(taught.stream().filter(found -> isNear(found, expected)).toList())
            .as("way %d", way)
            .hasSize(1);
      }
      assertThat(teacher.target(low, high, 9).toFloatArray()).isEqualTo(taught.get(0));
    }
  }

  private static boolean isNear(float[] found, float[] expected) {
    double furthest = 0;
    for (int i = 0; i < found.length; i++) {
      furthest = Math.max(furthest, Math.abs(found[i] - expected[i]));
    }
    return furthest < 1e-5;
  }

  @Test
  void theOriginalHasTheRestOfTheShare() throws IOException {
    LoadedNetwork network = network();
    try (Teacher teacher = new Teacher(network, PLAIN, 0.25);
        NDManager scope = network.manager().newSubManager()) {
      NDArray low = tensor(scope, low(), SIDE);
      float[] ofTeacher = network.forward(low, PLAIN, false).toFloatArray();
      float[] original = new float[ofTeacher.length];
      Arrays.fill(original, 2);
      float[] target = teacher.target(low, tensor(scope, original, SIDE * SCALE), 8).toFloatArray();
      for (int i = 0; i < target.length; i++) {
        assertThat((double) target[i]).isCloseTo(1.5 + 0.25 * ofTeacher[i], within(1e-6));
      }
    }
  }
}
