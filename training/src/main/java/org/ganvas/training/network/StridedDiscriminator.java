package org.ganvas.training.network;

import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * The discriminator of SRGAN (Ledig et al. 2017, section 2.1 and figure 4): n64s1 n64s2 n128s1
 * n128s2 n256s1 n256s2 n512s1 n512s2, all k3, batch norm on all but the first, LeakyReLU 0.2; dense
 * 1024, LeakyReLU, dense 1. The sigmoid is left to the loss.
 *
 * <p>(N, 3, side, side), 0 to 1, to logits (N, 1, 1, 1). At 96 pixels 23,563,649 parameters.
 *
 * @param side height and width of the pictures, a multiple of 16; 96 in the paper
 * @param channels channels of the first layer, 64 in the paper
 * @param normalization batch norm in the paper; layer norm for a critic with gradient penalty
 * @param spectralNorm whether the weights are spectrally normalized (Miyato et al. 2018)
 */
public record StridedDiscriminator(
    int side, int channels, Normalization normalization, boolean spectralNorm)
    implements Architecture {
  /** Four of its layers halve a picture, and each half has to be whole. */
  public static final int MULTIPLE = 16;

  private static final double SLOPE = 0.2;
  private static final int LAYERS = 8;
  private static final int DENSE = 1024;

  static StridedDiscriminator of(Options options) {
    return new StridedDiscriminator(
        options.whole("side", 96, 16, 512),
        options.whole("channels", 64, 1, 1024),
        options.discriminatorNormalization(),
        options.flag("spectralNorm", false));
  }

  @Override
  public Program program() {
    Script script =
        new Script("StridedDiscriminator", 3).ofSide(side).spectrallyNormalized(spectralNorm);
    Value h = PixelRange.enter(script, script.input());
    for (int layer = 0; layer < LAYERS; layer++) {
      String name = "body." + layer;
      Normalization norm = layer == 0 ? Normalization.NONE : normalization;
      int outputs = channels << (layer / 2);
      int stride = 1 + layer % 2;
      Convolution shape = new Convolution(outputs, 3, stride, 1, norm.leavesBias());
      h = script.normalize(script.conv2d(h, name + ".0", shape), name + ".1", norm);
      h = script.leakyRelu(h, SLOPE);
    }
    h = script.leakyRelu(script.linear(h, "dense.0", DENSE), SLOPE);
    return script.returnsJudgement(script.leave(script.linear(h, "dense.1", 1)));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "side", Integer.toString(side),
        "channels", Integer.toString(channels),
        "normalization", Options.text(normalization),
        "spectralNorm", Boolean.toString(spectralNorm));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }
}
