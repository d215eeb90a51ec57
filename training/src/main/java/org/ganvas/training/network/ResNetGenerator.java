package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Task;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Initialization;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Padding;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.TransposedConvolution;
import org.ganvas.training.script.Value;

/**
 * The generator of CycleGAN (Zhu et al. 2017, appendix 7.2, after Johnson et al. 2016): c7s1-64,
 * d128, d256, residual blocks R256, u128, u64, c7s1-3; reflection padding, instance norm, tanh.
 * Names and numbers of parameters are those of the reference implementation, {@code resnet_9blocks}
 * and {@code resnet_6blocks}.
 *
 * <p>(N, inputChannels, H, W) to (N, outputChannels, H, W), both 0 to 1; H and W multiples of 4.
 *
 * @param blocks residual blocks: 9 in the paper for 256x256, 6 for 128x128
 * @param channels channels of the first layer, 64 in the paper
 * @param inputChannels 3 for RGB, 1 for grey
 * @param outputChannels likewise
 * @param normalization instance norm in the paper
 * @param dropout whether each block drops half of its inner values in training
 * @param output how the picture comes of the last convolution
 * @param upsampling how the sides are doubled
 */
public record ResNetGenerator(
    int blocks,
    int channels,
    int inputChannels,
    int outputChannels,
    Normalization normalization,
    boolean dropout,
    Output output,
    Upsampling upsampling)
    implements Architecture {
  private static final double DROPPED = 0.5;
  private static final int HALVINGS = 2;

  /** How much of what a network has drawn at random its residual shows. */
  private static final double RESIDUAL = 0.1;

  /** How the picture comes of the last convolution. */
  public enum Output {
    /** {@code (tanh + 1) / 2}, as in the paper. */
    TANH,
    /**
     * A tenth of it is added to the given picture, in float32: a network that knows nothing leaves
     * pictures almost as they are, so that the cycle begins closed and no colour has to be found
     * again. For domains that look alike.
     */
    RESIDUAL
  }

  public ResNetGenerator {
    if (output == Output.RESIDUAL && inputChannels != outputChannels) {
      throw new IllegalArgumentException(
          ("a residual is added to the given picture, so inputChannels and outputChannels are"
                  + " equal, found %d and %d; choose output=tanh")
              .formatted(inputChannels, outputChannels));
    }
  }

  static ResNetGenerator of(int blocks, Options options) {
    return new ResNetGenerator(
        blocks,
        options.whole("channels", 64, 1, 1024),
        options.whole("inputChannels", 3, 1, 64),
        options.whole("outputChannels", 3, 1, 64),
        options.translatorNormalization(Normalization.INSTANCE),
        options.flag("dropout", false),
        options.choice("output", List.of(Output.TANH, Output.RESIDUAL)),
        options.choice("upsampling", List.of(Upsampling.values())));
  }

  @Override
  public Program program() {
    Script script = new Script("ResNetGenerator", inputChannels).drawn(initialization());
    Value picture = script.input();
    Value x = PixelRange.enter(script, picture);
    x = script.pad(x, Padding.REFLECTION, 3);
    Value h = layer(script, x, "model", 1, new Convolution(channels, 7, 1, 0, bias()));
    int index = 4;
    for (int i = 1; i <= HALVINGS; i++, index += 3) {
      h = layer(script, h, "model", index, new Convolution(channels << i, 3, 2, 1, bias()));
    }
    for (int i = 0; i < blocks; i++, index++) {
      h = residualBlock(script, h, "model." + index + ".conv_block");
    }
    for (int i = HALVINGS - 1; i >= 0; i--, index += 3) {
      TransposedConvolution shape = new TransposedConvolution(channels << i, 3, 2, 1, 1, bias());
      h = upsampling.doubled(script, h, "model." + index, shape);
      h = script.relu(script.normalize(h, "model." + (index + 1), normalization));
    }
    h = script.drawn(Initialization.NORMAL).pad(h, Padding.REFLECTION, 3);
    Convolution last = new Convolution(outputChannels, 7, 1, 0, true);
    h = script.conv2d(h, "model." + (index + 1), last);
    return script.returns(
        switch (output) {
          case TANH -> PixelRange.leave(script, h);
          case RESIDUAL -> script.add(picture, script.multiply(script.leave(h), RESIDUAL));
        });
  }

  /**
   * What is normalized may be drawn small; what is not would be next to nothing soon. Then the
   * residual blocks begin as nothing, or each would add to the magnitudes.
   */
  private Initialization initialization() {
    return normalization == Normalization.NONE ? Initialization.RECTIFIED : Initialization.NORMAL;
  }

  private boolean bias() {
    return normalization.leavesBias();
  }

  /** Convolution, norm and ReLU; the first two under an index and the next. */
  private Value layer(Script script, Value x, String parent, int index, Convolution shape) {
    Value h = script.conv2d(x, parent + "." + index, shape);
    return script.relu(script.normalize(h, parent + "." + (index + 1), normalization));
  }

  private Value residualBlock(Script script, Value x, String name) {
    Convolution inner = new Convolution(x.channels(), 3, 1, 0, bias());
    Value h = layer(script, script.pad(x, Padding.REFLECTION, 1), name, 1, inner);
    int index = 5;
    if (dropout) {
      h = script.dropout(h, DROPPED, false);
      index++;
    }
    script.drawn(normalization == Normalization.NONE ? Initialization.ZERO : initialization());
    h = script.conv2d(script.pad(h, Padding.REFLECTION, 1), name + "." + index, inner);
    script.drawn(initialization());
    return script.add(x, script.normalize(h, name + "." + (index + 1), normalization));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "channels", Integer.toString(channels),
        "inputChannels", Integer.toString(inputChannels),
        "outputChannels", Integer.toString(outputChannels),
        "normalization", Options.text(normalization),
        "dropout", Boolean.toString(dropout),
        "output", Options.text(output),
        "upsampling", Options.text(upsampling));
  }

  /** Reflection padding and instance norm are slow in channels last. */
  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_FIRST;
  }

  @Override
  public Task task() {
    return Task.TRANSLATION;
  }
}
