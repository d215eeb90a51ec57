package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Task;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Initialization;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.TransposedConvolution;
import org.ganvas.training.script.Value;

/**
 * The generator of pix2pix (Isola et al. 2017, section 3.2.1 and appendix 6.1.1): an encoder of
 * k4s2 layers C64-C128-C256-C512-C512…, LeakyReLU 0.2, and a decoder that mirrors it and sees each
 * of its layers again; dropout in the inner layers of the decoder is the noise; tanh. Names and
 * numbers of parameters are those of the reference implementation, {@code unet_256} and {@code
 * unet_128}.
 *
 * <p>(N, inputChannels, H, W) to (N, outputChannels, H, W), both 0 to 1; H and W multiples of 2 to
 * the power of {@code levels}.
 *
 * @param levels how often the size is halved: 8 for 256x256, 7 for 128x128
 * @param channels channels of the first layer, 64 in the paper
 * @param inputChannels 3 for RGB, 1 for grey
 * @param outputChannels likewise
 * @param normalization batch norm in the paper; with batches of one in training mode that is {@link
 *     Normalization#INSTANCE_AFFINE}
 * @param dropout when half of the values of the inner layers of the decoder are dropped
 */
public record UNetGenerator(
    int levels,
    int channels,
    int inputChannels,
    int outputChannels,
    Normalization normalization,
    Dropout dropout)
    implements Architecture {
  private static final double SLOPE = 0.2;
  private static final double DROPPED = 0.5;

  /** No layer has more than so many times the channels of the first. */
  private static final int WIDEST = 8;

  /** Levels outside of those in whose decoder layers values are dropped. */
  private static final int WITHOUT_DROPOUT = 4;

  /** When values are dropped. */
  public enum Dropout {
    TRAINING,
    /** In training and when it is used, as the only noise: two results differ. */
    ALWAYS,
    NEVER
  }

  static UNetGenerator of(int levels, Options options) {
    return new UNetGenerator(
        levels,
        options.whole("channels", 64, 1, 1024),
        options.whole("inputChannels", 3, 1, 64),
        options.whole("outputChannels", 3, 1, 64),
        options.translatorNormalization(Normalization.BATCH),
        options.choice("dropout", List.of(Dropout.TRAINING, Dropout.ALWAYS, Dropout.NEVER)));
  }

  @Override
  public Program program() {
    Script script = new Script("UNetGenerator", inputChannels).drawn(Initialization.NORMAL);
    Value x = PixelRange.enter(script, script.input());
    Value down = script.conv2d(x, "model.model.0", halving(0));
    Value inner = script.concat(down, block(script, down, "model.model.1.model", 1));
    TransposedConvolution last = TransposedConvolution.doubling(outputChannels, true);
    Value y = script.transposedConv2d(script.relu(inner), "model.model.3", last);
    return script.returns(PixelRange.leave(script, y));
  }

  /** A level with all that lie inside it: half the size, inwards, and back to the size of x. */
  private Value block(Script script, Value x, String name, int level) {
    boolean innermost = level == levels - 1;
    Value down = script.conv2d(script.leakyRelu(x, SLOPE), name + ".1", halving(level));
    Value inner = down;
    if (!innermost) {
      down = script.normalize(down, name + ".2", normalization);
      inner = script.concat(down, block(script, down, name + ".3.model", level + 1));
    }
    int index = innermost ? 3 : 5;
    TransposedConvolution doubling =
        TransposedConvolution.doubling(x.channels(), normalization.leavesBias());
    Value y = script.transposedConv2d(script.relu(inner), name + "." + index, doubling);
    y = script.normalize(y, name + "." + (index + 1), normalization);
    boolean dropping = !innermost && level >= WITHOUT_DROPOUT && dropout != Dropout.NEVER;
    return dropping ? script.dropout(y, DROPPED, dropout == Dropout.ALWAYS) : y;
  }

  private Convolution halving(int level) {
    int outputs = channels * Math.min(1 << level, WIDEST);
    return new Convolution(outputs, 4, 2, 1, normalization.leavesBias());
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "channels", Integer.toString(channels),
        "inputChannels", Integer.toString(inputChannels),
        "outputChannels", Integer.toString(outputChannels),
        "normalization", Options.text(normalization),
        "dropout", Options.text(dropout));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }

  @Override
  public Task task() {
    return Task.TRANSLATION;
  }
}
