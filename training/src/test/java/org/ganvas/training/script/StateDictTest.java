package org.ganvas.training.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateDictTest {
  private final Program program = program();
  private final StateDict state = program.initialize(1);

  private static Program program() {
    Script script = new Script("Net", 1);
    Value h = script.conv2d(script.input(), "a", Convolution.same(2, 3));
    return script.returns(script.conv2d(h, "b", Convolution.same(1, 1)));
  }

  private static StateDict.Entry zeros(long... shape) {
    int size = 1;
    for (long dimension : shape) {
      size *= Math.toIntExact(dimension);
    }
    return new StateDict.Entry(Arrays.stream(shape).boxed().toList(), new float[size]);
  }

  @Test
  void listsAllThatDoesNotFitAProgram() {
    assertThatCode(() -> state.requireFits(program)).doesNotThrowAnyException();
    StateDict other = new StateDict();
    other.put("a.weight", state.get("a.weight"));
    other.put("a.bias", zeros(3));
    other.put("b.weight", state.get("b.weight"));
    other.put("c.weight", zeros(1));
    assertThatThrownBy(() -> other.requireFits(program))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the weights do not fit Net:\n  a.bias is [3] where the network has [2]\n"
                + "  missing b.bias\n  unexpected c.weight");
  }

  @Test
  void takesWhatHasTheSameNameAndShape() {
    StateDict other = new StateDict();
    other.put("a.weight", zeros(2, 1, 3, 3));
    other.put("a.bias", zeros(3));
    other.put("c.bias", zeros(2));
    float[] bias = state.get("a.bias").data();
    assertThat(state.takeFrom(other)).isEqualTo(1);
    assertThat(state.get("a.weight").data()).containsOnly(0);
    assertThat(state.get("a.bias").data()).isSameAs(bias);
    assertThat(state.contains("c.bias")).isFalse();
  }

  @Test
  void refusesAnUnknownNameAndListsTheKnown() {
    assertThatThrownBy(() -> state.get("c"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tensor is named c; there are: a.weight, a.bias, b.weight, b.bias");
  }

  @Test
  void refusesNumbersThatDoNotFillTheShape() {
    assertThatThrownBy(() -> new StateDict.Entry(List.of(2L, 3L), new float[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a tensor of shape [2, 3] has 6 numbers, found 5");
  }
}
