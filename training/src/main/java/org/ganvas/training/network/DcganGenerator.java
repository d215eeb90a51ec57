package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Task;
import org.ganvas.training.script.Initialization;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.ReferenceBatch;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.TransposedConvolution;
import org.ganvas.training.script.Value;

/**
 * The generator of DCGAN (Radford et al. 2016, section 3 and figure 1): from a latent vector to 4x4
 * pixels, then doubled, by transposed convolutions of k4s2 in the paper, with half as many channels
 * each time, norm and ReLU behind all but the last, tanh. For 64 pixels 512-256-128-64-3 channels.
 *
 * <p>(N, latent + classes, 1, 1), the latent vector and, if there are classes, the label as one-hot
 * channels behind it, to (N, outputChannels, side, side), 0 to 1.
 *
 * @param side height and width of the pictures: 64, 32 or 128
 * @param latent numbers in the latent vector, 100 in the paper
 * @param classes labels of the conditional form (Mirza and Osindero 2014), otherwise 0
 * @param channels channels of the last layer but one
 * @param outputChannels 3 for RGB, 1 for grey
 * @param style the norm, the activation and how the sides are doubled
 */
public record DcganGenerator(
    int side, int latent, int classes, int channels, int outputChannels, Style style)
    implements Architecture {
  private static final int FIRST_SIDE = 4;

  /** Examples in the reference batch of virtual batch norm. */
  private static final int REFERENCE = 64;

  /**
   * How layers are made, and what follows each but the last.
   *
   * @param normalization batch norm in the paper
   * @param leakySlope 0 for ReLU as in the paper, otherwise of LeakyReLU, in hundredths
   * @param upsampling transposed in the paper
   */
  public record Style(Normalization normalization, int leakySlope, Upsampling upsampling) {
    Value apply(Script script, Value x, String parameter) {
      Value h = script.normalize(x, parameter, normalization);
      return leakySlope == 0 ? script.relu(h) : script.leakyRelu(h, leakySlope / 100.0);
    }
  }

  static DcganGenerator of(Options options) {
    Normalization normalization =
        options.choice(
            "normalization",
            List.of(
                Normalization.BATCH,
                Normalization.VIRTUAL_BATCH,
                Normalization.LAYER,
                Normalization.NONE));
    return new DcganGenerator(
        options.oneOf("side", 64, 32, 128),
        options.whole("latent", 100, 1, 4096),
        options.whole("classes", 0, 0, 1000),
        options.whole("channels", 64, 1, 512),
        options.whole("outputChannels", 3, 1, 4),
        new Style(
            normalization,
            options.whole("leakySlope", 0, 0, 99),
            options.choice("upsampling", List.of(Upsampling.values()))));
  }

  @Override
  public Program program() {
    boolean virtual = style.normalization() == Normalization.VIRTUAL_BATCH;
    Script script =
        new Script("DcganGenerator", latent + classes).ofSide(1).drawn(Initialization.NORMAL);
    Value h = script.input();
    h = virtual ? ReferenceBatch.join(script, h, REFERENCE, classes) : h;
    h = script.enter(h);
    boolean bias = style.normalization().leavesBias();
    int width = channels * side / (2 * FIRST_SIDE);
    h = script.transposedConv2d(h, "main.0", new TransposedConvolution(width, 4, 1, 0, 0, bias));
    h = style.apply(script, h, "main.1");
    int index = 3;
    for (width /= 2; width >= channels; width /= 2, index += 3) {
      h = doubled(script, h, index, TransposedConvolution.doubling(width, bias));
      h = style.apply(script, h, "main." + (index + 1));
    }
    h = virtual ? ReferenceBatch.leave(script, h) : h;
    h = doubled(script, h, index, TransposedConvolution.doubling(outputChannels, true));
    return script.returns(PixelRange.leave(script, h));
  }

  private Value doubled(Script script, Value x, int index, TransposedConvolution shape) {
    return style.upsampling().doubled(script, x, "main." + index, shape);
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "side", Integer.toString(side),
        "latent", Integer.toString(latent),
        "classes", Integer.toString(classes),
        "channels", Integer.toString(channels),
        "outputChannels", Integer.toString(outputChannels),
        "normalization", Options.text(style.normalization()),
        "leakySlope", Integer.toString(style.leakySlope()),
        "upsampling", Options.text(style.upsampling()));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }

  @Override
  public Task task() {
    return Task.GENERATION;
  }
}
