package org.ganvas.training.network;

import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * The discriminator of Real-ESRGAN (Wang et al. 2021, section 3.4 and figure 6), which judges every
 * pixel, by what is around it and by itself: a k3 convolution, three of k4 that halve the sides,
 * three of k3 behind a doubling each, to whose results those of equal size are added, and three
 * more; LeakyReLU 0.2, no biases but in the first and the last. Names and numbers of parameters are
 * those of the authors' implementation; pixels are repeated where theirs enlarges bilinearly.
 *
 * <p>(N, 3, H, W), 0 to 1, H and W multiples of 8, to logits (N, 1, H, W).
 *
 * @param channels channels of the first layer, 64 in the paper
 * @param normalization of all layers but the first and the last; none in the paper
 * @param spectralNorm whether the weights of these layers are spectrally normalized (Miyato et al.
 *     2018), as in the paper
 */
public record UNetDiscriminator(int channels, Normalization normalization, boolean spectralNorm)
    implements Architecture {
  private static final double SLOPE = 0.2;
  private static final int HALVINGS = 3;
  private static final int REFINEMENTS = 2;

  static UNetDiscriminator of(Options options) {
    return new UNetDiscriminator(
        options.whole("channels", 64, 1, 1024),
        options.discriminatorNormalization(),
        options.flag("spectralNorm", false));
  }

  @Override
  public Program program() {
    Script script = new Script("UNetDiscriminator", 3);
    Value x = PixelRange.enter(script, script.input());
    x = script.leakyRelu(script.conv2d(x, "conv0", Convolution.same(channels, 3)), SLOPE);
    script.spectrallyNormalized(spectralNorm);
    Value h = levels(script, x, 1);
    for (int i = 1; i <= REFINEMENTS; i++) {
      h = layer(script, h, 2 * HALVINGS + i, shape(channels, 3, 1));
    }
    script.spectrallyNormalized(false);
    String last = "conv" + (2 * HALVINGS + REFINEMENTS + 1);
    return script.returnsJudgement(script.leave(script.conv2d(h, last, Convolution.same(1, 3))));
  }

  /** What is at half the size and below, doubled again and added to what is given. */
  private Value levels(Script script, Value x, int level) {
    if (level > HALVINGS) {
      return x;
    }
    Value half = layer(script, x, level, shape(channels << level, 4, 2));
    Value doubled = script.upsampleNearest(levels(script, half, level + 1), 2);
    Convolution shape = shape(channels << (level - 1), 3, 1);
    return script.add(layer(script, doubled, 2 * HALVINGS + 1 - level, shape), x);
  }

  private static Convolution shape(int outputs, int kernel, int stride) {
    return new Convolution(outputs, kernel, stride, 1, false);
  }

  private Value layer(Script script, Value x, int index, Convolution shape) {
    Value h = script.conv2d(x, "conv" + index, shape);
    return script.leakyRelu(script.normalize(h, "norm" + index, normalization), SLOPE);
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "channels", Integer.toString(channels),
        "normalization", Options.text(normalization),
        "spectralNorm", Boolean.toString(spectralNorm));
  }

  /** Not measured on this network, but on other stacks of zero-padded convolutions. */
  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }
}
