package org.ganvas.training.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private final Script script = new Script("Net", 3);
  private final Value x = script.input();

  @Test
  void refusesToAddTensorsOfDifferentShapes() {
    Value wider = script.conv2d(x, "wider", Convolution.same(12, 3));
    assertThatThrownBy(() -> script.add(x, wider))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "only tensors of one shape can be added, found x (N, 3, H, W) and v0 (N, 12, H, W)");
    Value larger = script.pixelShuffle(wider, 2);
    assertThatThrownBy(() -> script.add(x, larger))
        .hasMessageContaining("x (N, 3, H, W) and v1 (N, 3, 2H, 2W)");
  }

  @Test
  void refusesAPixelShuffleOfChannelsThatAreNoMultiple() {
    assertThatThrownBy(() -> script.pixelShuffle(x, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a pixel shuffle by 2 needs a multiple of 4 channels, found x (N, 3, H, W)");
  }

  @Test
  void refusesToProjectBackWhatIsNoEnlargement() {
    Value enlarged = script.upsampleBicubic(x, 2);
    assertThatThrownBy(() -> script.backProject(enlarged, x, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "back-projection by 4 needs a picture and its enlargement by 4,"
                + " found x (N, 3, H, W) and v0 (N, 3, 2H, 2W)");
  }

  @Test
  void refusesTwoParametersOfOneName() {
    script.conv2d(x, "body.0", Convolution.same(3, 3));
    assertThatThrownBy(() -> script.conv2d(x, "body.0", Convolution.same(3, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "each parameter and each submodule has a name of its own, found body.0.weight twice");
  }

  @Test
  void refusesAParameterWithTheNameOfASubmodule() {
    script.conv2d(x, "body", Convolution.same(3, 3));
    assertThatThrownBy(() -> script.prelu(x, "body.weight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("body.weight");
    script.prelu(x, "tail.weight");
    assertThatThrownBy(() -> script.conv2d(x, "tail", Convolution.same(3, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tail.weight");
  }

  @Test
  void refusesAnEvenKernelThatIsToKeepTheSize() {
    assertThatThrownBy(() -> Convolution.same(8, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a convolution that keeps the size needs an odd kernel, found 4");
  }

  @Test
  void whatALayerCutsOffIsRemembered() {
    Value cut = script.conv2d(x, "cut", new Convolution(3, 3, 1, 0, true));
    assertThatThrownBy(() -> script.add(x, cut))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x (N, 3, H, W) and v0 (N, 3, H - 2, W - 2)");
    Value half = script.conv2d(x, "half", new Convolution(8, 4, 2, 1, true));
    Value grown = script.pad(half, Padding.ZERO, 3);
    assertThatThrownBy(() -> script.concat(half, grown))
        .hasMessageContaining("only tensors of one size can be concatenated, found")
        .hasMessageContaining("(N, 8, 1/2 H, 1/2 W)")
        .hasMessageContaining("(N, 8, 1/2 H + 6, 1/2 W + 6)");
  }

  @Test
  void refusesALinearLayerOverPicturesOfAnySize() {
    assertThatThrownBy(() -> script.linear(x, "dense", 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "a linear layer needs pictures of one size only, found x (N, 3, H, W)");
  }

  @Test
  void refusesVirtualBatchNormWithoutItsReference() {
    assertThatThrownBy(() -> script.normalize(x, "norm", Normalization.VIRTUAL_BATCH))
        .hasMessageContaining("virtual batch norm needs a reference batch");
  }

  @Test
  void aProgramIsTheSameWhereNumbersAreWrittenInOtherDigits() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    String expected = paddedAndNormalized().code();
    Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(paddedAndNormalized().code()).isEqualTo(expected);
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }

  private static Program paddedAndNormalized() {
    Script script = new Script("Net", 3);
    Value h = ReferenceBatch.join(script, script.input(), 4, 0);
    h = script.pad(script.pad(h, Padding.REFLECTION, 3), Padding.ZERO, 1);
    h = script.conv2d(h, "conv", new Convolution(8, 3, 2, 0, true));
    h = script.normalize(h, "instance", Normalization.INSTANCE);
    h = script.normalize(script.leakyRelu(h, 0.2), "virtual", Normalization.VIRTUAL_BATCH);
    return script.returnsJudgement(ReferenceBatch.leave(script, h));
  }
}
