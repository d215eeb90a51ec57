package org.ganvas.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.stream.IntStream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What else holds than that it computes as in PyTorch, for which see ReferenceNetworkTest. */
class SqueezeUNetTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  /** From a tile's border, where that lies on a multiple of 16. */
  private static final int MARGIN = 149;

  private static final Program PROGRAM = new SqueezeUNet(4, 3).program();

  private static LoadedNetwork load(Program program) throws IOException {
    return LoadedNetwork.load(program, FormulaWeights.of(program), Device.cpu());
  }

  private static NDArray picture(NDManager scope, int height, int width) {
    float[] numbers = FormulaWeights.numbers("picture", 3 * height * width, 0.5f, 0.5f);
    return scope.create(numbers, new Shape(1, 3, height, width));
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "64, 64", "96, 160"})
  void aResultIsAsLargeAsThePicture(int height, int width) throws IOException {
    Program program = new SqueezeUNet(1, 1).program();
    assertThat(program.facts().sizeMultiple()).isEqualTo(16);
    assertThat(program.facts().smallestSide()).isEqualTo(16);
    try (LoadedNetwork network = load(program);
        NDManager scope = network.manager().newSubManager()) {
      NDArray y = network.forward(picture(scope, height, width), PLAIN, false);
      assertThat(y.getShape()).isEqualTo(new Shape(1, 1, height, width));
      assertThat(y.min().getFloat()).isNotNegative();
      assertThat(y.max().getFloat()).isLessThanOrEqualTo(1).isGreaterThan(y.min().getFloat());
    }
  }

  @Test
  void everyTensorOfSqueezeNetIsTakenOver() {
    StateDict squeezeNet = FormulaWeights.of(FeatureArchitecture.SQUEEZENET.program());
    StateDict state = PROGRAM.initialize(1);
    assertThat(state.takeFrom(squeezeNet)).isEqualTo(squeezeNet.names().size()).isEqualTo(50);
    assertThat(state.names().stream().filter(name -> name.startsWith("features.")))
        .containsExactlyInAnyOrderElementsOf(squeezeNet.names());
  }

  @Test
  void aFreshOneGivesNearlyGrey() throws IOException {
    Program program = new SqueezeUNet(32, 3).program();
    try (LoadedNetwork network = LoadedNetwork.load(program, program.initialize(7), Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray y = network.forward(picture(scope, 32, 32), PLAIN, false);
      assertThat(y.sub(0.5f).abs().mean().getFloat()).isBetween(1e-3f, 0.2f);
    }
  }

  @Test
  void theMarginIsHowFarAChangedPixelIsSeen() throws IOException {
    assertThat(Math.ceil(PROGRAM.facts().radius())).isEqualTo(MARGIN);
    // Of sixteen pixels the first one sees farthest.
    int first = 48;
    try (LoadedNetwork network = load(PROGRAM);
        NDManager scope = network.manager().newSubManager()) {
      NDArray x = picture(scope, 16, 368);
      NDArray before = network.forward(x, PLAIN, false);
      x.set(new NDIndex(":, :, :, {}", first + MARGIN), 1000);
      boolean[] same = network.forward(x, PLAIN, false).eq(before).toBooleanArray();
      int[] seen =
          IntStream.range(0, same.length).filter(i -> !same[i]).map(i -> i % 368).toArray();
      assertThat(IntStream.of(seen).min()).hasValue(first);
      assertThat(IntStream.of(seen).max().orElseThrow()).isBetween(first + 2, first + 2 * MARGIN);
    }
  }

  @Test
  void aTileGivesWhatTheWholeGivesButForItsMargin() throws IOException {
    try (LoadedNetwork network = load(PROGRAM);
        NDManager scope = network.manager().newSubManager()) {
      NDArray x = picture(scope, 32, 512);
      NDArray whole = network.forward(x, PLAIN, false);
      NDArray tile = network.forward(x.get(":, :, :, 80:432"), PLAIN, false);
      String inside = ":, :, :, %d:%d".formatted(80 + MARGIN, 432 - MARGIN);
      String inTile = ":, :, :, %d:%d".formatted(MARGIN, 352 - MARGIN);
      assertThat(difference(whole.get(inside), tile.get(inTile))).isLessThan(1e-5f);
      assertThat(difference(whole.get(":, :, :, 80:432"), tile)).isGreaterThan(0.01f);
    }
  }

  private static float difference(NDArray a, NDArray b) {
    return a.sub(b).abs().max().getFloat();
  }

  @Test
  void aSideThatIsNoMultipleOfSixteenIsRefused() throws IOException {
    try (LoadedNetwork network = load(PROGRAM);
        NDManager scope = network.manager().newSubManager()) {
      NDArray x = picture(scope, 16, 24);
      assertThatThrownBy(() -> network.forward(x, PLAIN, false))
          .isInstanceOf(ProgramRefusedException.class);
    }
  }
}
