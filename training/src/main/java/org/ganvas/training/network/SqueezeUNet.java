package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Task;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Initialization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * A U-Net (Ronneberger et al. 2015, section 2) whose encoder is SqueezeNet 1.1 (Iandola et al.
 * 2016), so that it can start from weights that know from ImageNet what is on a picture: for
 * translations that a few hundred pictures alone do not teach, such as colours. The decoder
 * enlarges by repeated pixels and has 3x3 convolutions without norms.
 *
 * <p>(N, 3, H, W) to (N, outputChannels, H, W), both 0 to 1; H and W multiples of 16.
 *
 * @param channels of the decoder at half the size; at a quarter twice as many, and so on
 * @param outputChannels 3 for RGB, 1 for grey
 */
public record SqueezeUNet(int channels, int outputChannels) implements Architecture {
  private static final int LEVELS = SqueezeEncoder.LEVELS;

  static SqueezeUNet of(Options options) {
    return new SqueezeUNet(
        options.whole("channels", 32, 1, 512), options.whole("outputChannels", 3, 1, 64));
  }

  @Override
  public Program program() {
    Script script = new Script("SqueezeUNet", 3).drawn(Initialization.RECTIFIED);
    Value picture = FeatureArchitecture.standardized(script);
    List<Value> skips = SqueezeEncoder.append(script, picture, LEVELS);
    Value h = layer(script, skips.get(LEVELS - 1), "decoder.0", channels << (LEVELS - 1));
    for (int level = LEVELS - 2; level >= 0; level--) {
      h = script.concat(script.upsampleNearest(h, 2), skips.get(level));
      h = layer(script, h, "decoder." + (LEVELS - 1 - level), channels << level);
    }
    h = script.concat(script.upsampleNearest(h, 2), picture);
    h = layer(script, h, "decoder." + LEVELS, Math.max(1, channels / 2));
    // Small at first: a grey picture.
    script.drawn(Initialization.NORMAL);
    h = script.conv2d(h, "decoder." + (LEVELS + 1), Convolution.same(outputChannels, 3));
    return script.returns(PixelRange.leave(script, h));
  }

  private static Value layer(Script script, Value x, String name, int outputs) {
    return script.relu(script.conv2d(x, name, Convolution.same(outputs, 3)));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "channels", Integer.toString(channels),
        "outputChannels", Integer.toString(outputChannels));
  }

  /** Not measured on this network, but on other stacks of zero-padded convolutions. */
  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }

  @Override
  public Task task() {
    return Task.TRANSLATION;
  }
}
