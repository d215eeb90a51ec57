package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import org.junit.jupiter.api.Test;

class LiveTensorsTest {
  private static final Shape SHAPE = new Shape(2, 3);
  private static final float[] NUMBERS = {
    1.1f, -0.0f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -7
  };

  @Test
  void writesEveryBitIntoTheMemoryThatOthersSee() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray live = manager.ones(SHAPE);
      live.setRequiresGradient(true);
      NDArray other = live.reshape(6);
      LiveTensors.write(NUMBERS, live);
      assertThat(other.toFloatArray()).containsExactly(NUMBERS);
      assertThat(Float.floatToRawIntBits(other.toFloatArray()[1])).isEqualTo(1 << 31);
      assertThat(live.hasGradient()).isTrue();
      LiveTensors.write(manager.full(SHAPE, 2), live);
      assertThat(other.toFloatArray()).containsOnly(2);
    }
  }

  @Test
  void writesIntoWeightsInAThreadThatRecordsGradientsToo() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray live = manager.ones(SHAPE);
      live.setRequiresGradient(true);
      boolean recorded = JniUtils.isGradMode();
      JniUtils.setGradMode(true);
      try {
        LiveTensors.write(manager.full(SHAPE, 2), live);
        assertThat(JniUtils.isGradMode()).isTrue();
      } finally {
        JniUtils.setGradMode(recorded);
      }
      assertThat(live.toFloatArray()).containsOnly(2);
    }
  }
}
