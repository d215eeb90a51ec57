package org.ganvas.training.network;

import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Initialization;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * The discriminator of pix2pix and CycleGAN, which judges patches (Isola et al. 2017, section 3.2.2
 * and appendix 6.1.2): C64-C128-C256-C512 and one channel for 70x70 patches; layers of k4, the last
 * two with stride 1, the others with stride 2, no norm on the first, LeakyReLU 0.2. Patches of one
 * pixel are judged by convolutions of k1. Names and numbers of parameters are those of the
 * reference implementation.
 *
 * <p>(N, inputChannels, H, W), 0 to 1, to logits (N, 1, H / 8 - 2, W / 8 - 2) for 70x70 patches; H
 * / 2 - 2 for 16, H / 32 - 2 for 286, H for 1. A conditional discriminator has the channels of both
 * pictures, those of the given one first.
 *
 * @param inputChannels channels of the picture, or of the given and the judged one
 * @param receptiveField side of a patch: 70, 1, 16 or 286 pixels
 * @param channels channels of the first layer, 64 in the papers
 * @param normalization batch norm for pix2pix, instance norm for CycleGAN
 * @param spectralNorm whether the weights are spectrally normalized (Miyato et al. 2018)
 */
public record PatchDiscriminator(
    int inputChannels,
    int receptiveField,
    int channels,
    Normalization normalization,
    boolean spectralNorm)
    implements Architecture {
  private static final double SLOPE = 0.2;

  /** No layer has more than so many times the channels of the first. */
  private static final int WIDEST = 8;

  static PatchDiscriminator of(Options options) {
    return new PatchDiscriminator(
        options.whole("inputChannels", 3, 1, 64),
        options.oneOf("receptiveField", 70, 1, 16, 286),
        options.whole("channels", 64, 1, 1024),
        options.discriminatorNormalization(),
        options.flag("spectralNorm", false));
  }

  @Override
  public Program program() {
    Script script =
        new Script("PatchDiscriminator", inputChannels)
            .drawn(Initialization.NORMAL)
            .spectrallyNormalized(spectralNorm);
    Value x = PixelRange.enter(script, script.input());
    return script.returnsJudgement(
        script.leave(receptiveField == 1 ? pixels(script, x) : patches(script, x)));
  }

  private Value pixels(Script script, Value x) {
    boolean bias = normalization.leavesBias();
    Value h = script.conv2d(x, "net.0", new Convolution(channels, 1, 1, 0, true));
    h = script.leakyRelu(h, SLOPE);
    h = script.conv2d(h, "net.2", new Convolution(2 * channels, 1, 1, 0, bias));
    h = script.leakyRelu(script.normalize(h, "net.3", normalization), SLOPE);
    return script.conv2d(h, "net.5", new Convolution(1, 1, 1, 0, bias));
  }

  private Value patches(Script script, Value x) {
    int halvings =
        switch (receptiveField) {
          case 16 -> 1;
          case 70 -> 3;
          case 286 -> 5;
          default -> throw new IllegalStateException("no patches of " + receptiveField);
        };
    Value h = script.conv2d(x, "model.0", new Convolution(channels, 4, 2, 1, true));
    h = script.leakyRelu(h, SLOPE);
    int index = 2;
    for (int layer = 1; layer <= halvings; layer++) {
      int stride = layer < halvings ? 2 : 1;
      int outputs = channels * Math.min(1 << layer, WIDEST);
      Convolution shape = new Convolution(outputs, 4, stride, 1, normalization.leavesBias());
      h = script.conv2d(h, "model." + index, shape);
      h = script.normalize(h, "model." + (index + 1), normalization);
      h = script.leakyRelu(h, SLOPE);
      index += 3;
    }
    return script.conv2d(h, "model." + index, new Convolution(1, 4, 1, 1, true));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "inputChannels", Integer.toString(inputChannels),
        "receptiveField", Integer.toString(receptiveField),
        "channels", Integer.toString(channels),
        "normalization", Options.text(normalization),
        "spectralNorm", Boolean.toString(spectralNorm));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }
}
