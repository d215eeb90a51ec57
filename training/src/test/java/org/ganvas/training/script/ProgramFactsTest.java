package org.ganvas.training.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.BackProjection;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.SrResNet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramFactsTest {
  private static final ProgramMethod METHOD =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);
  private static final int SIDE = 48;

  static Stream<Arguments> programs() {
    return Stream.of(
        // One for each of head, fuse and tail, two for each block.
        Arguments.of("compact", new CompactSr(8, 2, 2).program(), 7),
        // Reduced, an output pixel sees one and a half pixels more, enlarged again two more.
        Arguments.of(
            "compact with back-projection",
            new CompactSr(8, 2, 4, BackProjection.PICTURE).program(),
            11),
        // The mean is over 16 pixels each way.
        Arguments.of(
            "compact with projected colours",
            new CompactSr(8, 2, 4, BackProjection.COLORS).program(),
            23),
        Arguments.of("compact by three", new CompactSr(8, 1, 3).program(), 5),
        // 4 + 2 * 2 + 1 + 1, then half a pixel at twice the size, and 4 of 9 at four times the
        // size.
        Arguments.of("SRResNet", new SrResNet(2, 4).program(), 12),
        Arguments.of("bicubic alone", bicubic(), 2),
        Arguments.of("halved and doubled", downAndUp(new Convolution(4, 4, 2, 1, true)), 2),
        Arguments.of("halved oddly and doubled", downAndUp(new Convolution(4, 3, 2, 1, true)), 2),
        Arguments.of("halved without overlap", downAndUp(new Convolution(4, 2, 2, 0, true)), 1),
        Arguments.of("wide convolution of a half", halfAndWide(), 7),
        Arguments.of("padded by reflection", padded(), 3),
        // Each of the two pixels of one that was doubled sees one more of the half size.
        Arguments.of("halved and doubled by transposition", halvedAndDoubled(4), 3),
        Arguments.of("doubled by a kernel of three", halvedAndDoubled(3), 3),
        // The first of two pixels sees the one behind the second.
        Arguments.of("largest of three", pooled(1), 2),
        // Of four: 3 that lie behind the first, 1 and 2 by pooling, 2 and 4 by the convolutions.
        Arguments.of("largest of three at a quarter", pooled(2), 12));
  }

  /** Halved so many times by a pool that reaches beyond the border, and each pixel repeated. */
  private static Program pooled(int times) {
    Script script = new Script("Pooled", 3);
    Value h = script.input();
    for (int i = 0; i < times; i++) {
      h = script.maxPool2d(h, 3, 2, true);
      if (times > 1) {
        h = script.conv2d(h, "down" + i, Convolution.same(4, 3));
      }
    }
    for (int i = 0; i < times; i++) {
      h = script.upsampleNearest(h, 2);
    }
    return script.returns(h);
  }

  private static Program padded() {
    Script script = new Script("Padded", 3);
    Value h = script.pad(script.input(), Padding.REFLECTION, 3);
    return script.returns(script.conv2d(h, "a", new Convolution(1, 7, 1, 0, true)));
  }

  private static Program halvedAndDoubled(int kernel) {
    Script script = new Script("HalvedAndDoubled", 3);
    Value h = script.conv2d(script.input(), "down", new Convolution(4, 4, 2, 1, true));
    TransposedConvolution up = new TransposedConvolution(1, kernel, 2, 1, 4 - kernel, true);
    return script.returns(script.transposedConv2d(h, "up", up));
  }

  private static Program bicubic() {
    Script script = new Script("Bicubic", 3);
    return script.returns(script.upsampleBicubic(script.input(), 4));
  }

  private static Program downAndUp(Convolution down) {
    Script script = new Script("DownAndUp", 3);
    Value h = script.conv2d(script.input(), "down", down);
    return script.returns(script.pixelShuffle(h, 2));
  }

  private static Program halfAndWide() {
    Script script = new Script("HalfAndWide", 3);
    Value h = script.conv2d(script.input(), "down", new Convolution(4, 4, 2, 1, true));
    h = script.conv2d(h, "wide", Convolution.same(4, 5));
    h = script.conv2d(script.pixelShuffle(h, 2), "tail", Convolution.same(1, 3));
    return script.returns(h);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void theRadiusIsHowFarAChangedPixelIsSeen(String name, Program program, int radius)
      throws IOException {
    assertThat(Math.ceil(program.facts().radius())).isEqualTo(radius);
    try (LoadedNetwork network = LoadedNetwork.load(program, program.initialize(3), Device.cpu())) {
      int seen = 0;
      for (int at : new int[] {20, 21, 22, 23}) {
        seen = Math.max(seen, farthestChange(network, at));
      }
      assertThat(seen).isEqualTo(radius);
    }
  }

  /**
   * In pixels of the input, from the one that is changed to the one that an output pixel lies in.
   */
  private static int farthestChange(LoadedNetwork network, int at) {
    float[] picture = new float[3 * SIDE * SIDE];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (i * 37 % 101) / 101f;
    }
    float[] changed = picture.clone();
    for (int channel = 0; channel < 3; channel++) {
      changed[(channel * SIDE + at) * SIDE + at] += 1000;
    }
    try (NDManager scope = network.manager().newSubManager()) {
      Shape shape = new Shape(1, 3, SIDE, SIDE);
      NDArray a = network.forward(scope.create(picture, shape), METHOD, false);
      NDArray b = network.forward(scope.create(changed, shape), METHOD, false);
      int side = (int) a.getShape().get(2);
      boolean[] same = a.eq(b).toBooleanArray();
      int farthest = 0;
      for (int i = 0; i < same.length; i++) {
        if (!same[i]) {
          int y = i / side % side * SIDE / side;
          int x = i % side * SIDE / side;
          farthest = Math.max(farthest, Math.max(Math.abs(y - at), Math.abs(x - at)));
        }
      }
      return farthest;
    }
  }

  @Test
  void multiplyAddsAreThoseOfAllConvolutionsPerOutputPixel() {
    // Per pixel of the input; the output has four.
    double inner = 9 * 8 * 8;
    double expected = (9 * 3 * 8 + 2 * inner + inner + 9 * 8 * 12) / 4;
    assertThat(new CompactSr(8, 1, 2).program().facts().multiplyAddsPerOutputPixel())
        .isCloseTo(expected, within(1e-9));
    // At half the size a quarter of the positions, at twice the size four times as many.
    Program half = halfAndWide();
    assertThat(half.facts().multiplyAddsPerOutputPixel())
        .isCloseTo(16 * 3 * 4 / 4.0 + 25 * 4 * 4 / 4.0 + 9 * 1 * 1, within(1e-9));
  }

  @Test
  void theSizeMultipleIsTheLeastThatAllBranchesDivide() {
    assertThat(new CompactSr(8, 1, 4).program().facts().sizeMultiple()).isEqualTo(1);
    assertThat(halfAndWide().facts().sizeMultiple()).isEqualTo(2);
    Script script = new Script("Branches", 3);
    Value twice = script.conv2d(script.input(), "a", new Convolution(4, 2, 2, 0, true));
    Value thrice = script.conv2d(script.input(), "b", new Convolution(9, 3, 3, 0, true));
    Value sum = script.add(script.pixelShuffle(twice, 2), script.pixelShuffle(thrice, 3));
    assertThat(script.returns(sum).facts().sizeMultiple()).isEqualTo(6);
    Script deep = new Script("Deep", 3);
    Value h = deep.conv2d(deep.input(), "a", new Convolution(4, 4, 2, 1, true));
    h = deep.conv2d(h, "b", new Convolution(4, 4, 2, 1, true));
    assertThat(deep.returns(h).facts().sizeMultiple()).isEqualTo(4);
  }

  @Test
  void channelsAndScaleAreThoseOfInputAndOutput() {
    ProgramFacts facts = new SrResNet(1, 4).program().facts();
    assertThat(facts.inputChannels()).isEqualTo(3);
    assertThat(facts.outputChannels()).isEqualTo(3);
    assertThat(facts.scale()).isEqualTo(4);
    assertThat(downAndUp(new Convolution(4, 4, 2, 1, true)).facts().scale()).isEqualTo(1);
  }

  @Test
  void freshValuesFollowTheSeedAndTheInitializers() {
    Program program = new SrResNet(1, 2).program();
    float[] first = program.initialize(1).get("head.0.weight").data();
    assertThat(program.initialize(1).get("head.0.weight").data()).isEqualTo(first);
    assertThat(program.initialize(2).get("head.0.weight").data()).isNotEqualTo(first);
    // Uniform between plus and minus 1 / sqrt(fan in).
    double bound = 1 / Math.sqrt(81 * 3);
    double[] sorted = new double[first.length];
    Arrays.setAll(sorted, i -> first[i]);
    Arrays.sort(sorted);
    assertThat(sorted[0]).isBetween(-bound, -0.99 * bound);
    assertThat(sorted[sorted.length - 1]).isBetween(0.99 * bound, bound);
    assertThat(sorted[sorted.length / 2]).isCloseTo(0, within(0.05 * bound));
    assertThat(program.initialize(1).get("head.1.weight").data()).containsExactly(0.25f);
    assertThat(program.initialize(1).get("fuse.1.running_var").data()).containsOnly(1);
    assertThat(program.initialize(1).get("fuse.1.running_mean").data()).containsOnly(0);
  }
}
