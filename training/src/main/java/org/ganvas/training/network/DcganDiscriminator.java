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
 * The discriminator of DCGAN (Radford et al. 2016, section 3): convolutions of k4s2 with twice as
 * many channels each time down to 4x4 pixels, LeakyReLU 0.2, no norm on the first; a last one over
 * all that is left. The sigmoid is left to the loss.
 *
 * <p>(N, inputChannels + classes, side, side), 0 to 1, to logits (N, 1, 1, 1). If there are
 * classes, the label is one constant plane per class behind the picture, 1 for the picture's own.
 *
 * @param side height and width of the pictures: 64, 32 or 128
 * @param inputChannels 3 for RGB, 1 for grey
 * @param classes labels of the conditional form (Mirza and Osindero 2014), otherwise 0
 * @param channels channels of the first layer
 * @param normalization batch norm in the paper; layer norm for a critic with gradient penalty
 * @param spectralNorm whether the weights are spectrally normalized (Miyato et al. 2018)
 */
public record DcganDiscriminator(
    int side,
    int inputChannels,
    int classes,
    int channels,
    Normalization normalization,
    boolean spectralNorm)
    implements Architecture {
  private static final double SLOPE = 0.2;
  private static final int LAST_SIDE = 4;

  static DcganDiscriminator of(Options options) {
    return new DcganDiscriminator(
        options.oneOf("side", 64, 32, 128),
        options.whole("inputChannels", 3, 1, 4),
        options.whole("classes", 0, 0, 1000),
        options.whole("channels", 64, 1, 512),
        options.discriminatorNormalization(),
        options.flag("spectralNorm", false));
  }

  @Override
  public Program program() {
    Script script =
        new Script("DcganDiscriminator", inputChannels + classes)
            .ofSide(side)
            .drawn(Initialization.NORMAL)
            .spectrallyNormalized(spectralNorm);
    Value h = PixelRange.enter(script, script.input());
    h = script.conv2d(h, "main.0", new Convolution(channels, 4, 2, 1, true));
    h = script.leakyRelu(h, SLOPE);
    int index = 2;
    int width = 2 * channels;
    for (int size = side / 4; size >= LAST_SIDE; size /= 2, width *= 2, index += 3) {
      Convolution shape = new Convolution(width, 4, 2, 1, normalization.leavesBias());
      h = script.conv2d(h, "main." + index, shape);
      h = script.leakyRelu(script.normalize(h, "main." + (index + 1), normalization), SLOPE);
    }
    Convolution last = new Convolution(1, LAST_SIDE, 1, 0, true);
    return script.returnsJudgement(script.leave(script.conv2d(h, "main." + index, last)));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "side", Integer.toString(side),
        "inputChannels", Integer.toString(inputChannels),
        "classes", Integer.toString(classes),
        "channels", Integer.toString(channels),
        "normalization", Options.text(normalization),
        "spectralNorm", Boolean.toString(spectralNorm));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }
}
