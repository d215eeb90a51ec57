package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchTest {

  @Test
  void givesItsTensorsByName() {
    Batch batch = new Batch(Map.of("a", Batch.Tensor.of(new float[6], 1, 2, 3)));
    assertThat(batch.tensor("a").shape()).isEqualTo(List.of(1L, 2L, 3L));
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    Batch.Tensor tensor = Batch.Tensor.of(new float[1], 1);
    Batch batch = new Batch(Map.of("low", tensor, "high", tensor));
    assertThatThrownBy(() -> batch.tensor("label"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the batch has the tensors high, low, found no label");
  }

  @Test
  void aTensorHasAsManyNumbersAsItsShapeSays() {
    assertThatThrownBy(() -> Batch.Tensor.of(new float[5], 1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a tensor of shape [1, 2, 3] has 6 numbers, found 5");
  }

  @Test
  void aBatchIsNotEmpty() {
    assertThatThrownBy(() -> new Batch(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
