package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImagePoolTest {
  private static final Shape PIXEL = new Shape(1, 1, 1);

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  /** Shows pictures of one pixel, whose value is their number, two at a time. */
  private List<Integer> shown(ImagePool pool, int from, int to) {
    List<Integer> shown = new ArrayList<>();
    for (int number = from; number < to; number += 2) {
      NDArray pictures = manager.create(new float[] {number, number + 1}, new Shape(2, 1, 1, 1));
      for (float value : pool.exchange(pictures).toFloatArray()) {
        shown.add((int) value);
      }
    }
    return shown;
  }

  @Test
  void showsNewPicturesWhileThereIsRoomAndOlderOnesHalfOfTheTimeAfterwards() {
    ImagePool pool = new ImagePool(50, PIXEL, 3, manager);
    assertThat(shown(pool, 0, 50)).isEqualTo(range(0, 50));
    List<Integer> later = shown(pool, 50, 1050);
    Set<Integer> distinct = new HashSet<>(later);
    assertThat(distinct).as("a picture is shown again only if it was kept").hasSize(1000);
    int fresh = 0;
    for (int i = 0; i < later.size(); i++) {
      fresh += later.get(i) == 50 + i ? 1 : 0;
    }
    // Expected 500; four standard deviations are 63.
    assertThat(fresh).isBetween(437, 563);
  }

  @Test
  void continuesFromWhatACheckpointHolds() {
    ImagePool whole = new ImagePool(4, PIXEL, 3, manager);
    List<Integer> unused = shown(whole, 0, 20);
    ImagePool resumed = new ImagePool(4, PIXEL, 3, manager);
    whole.tensors("g").forEach((name, tensor) -> tensor.copyTo(resumed.tensors("g").get(name)));
    whole.numbers("g").forEach((name, number) -> resumed.numbers("g").get(name).set(number.get()));
    assertThat(shown(resumed, 20, 60)).isEqualTo(shown(whole, 20, 60));
  }

  @Test
  void withoutRoomItShowsWhatItIsGiven() {
    assertThat(shown(new ImagePool(0, PIXEL, 3, manager), 0, 20)).isEqualTo(range(0, 20));
  }

  private static List<Integer> range(int from, int to) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = from; i < to; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @Test
  void keepsPicturesAndNotHowTheyCameAbout() {
    ImagePool pool = new ImagePool(1, PIXEL, 3, manager);
    try (GradientCollector gradients = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray weight = manager.ones(new Shape(1));
      weight.setRequiresGradient(true);
      for (int number = 0; number < 8; number++) {
        NDArray shown = pool.exchange(weight.mul(number).reshape(1, 1, 1, 1)).sum();
        NDArray kept = pool.tensors("g").get("g-pool/pictures").sum();
        for (NDArray constant : List.of(shown, kept)) {
          assertThatThrownBy(() -> gradients.backward(constant))
              .isInstanceOf(EngineException.class)
              .hasMessageContaining("does not require grad");
        }
      }
    }
  }
}
