package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Initialization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * A discriminator that can start from a network trained to classify, SqueezeNet 1.1 (Iandola et al.
 * 2016): it knows texture and colour from the first step, where others have to learn to see them
 * (as in Sauer et al. 2021, "Projected GANs converge faster", but the features learn on). They are
 * judged at up to four sizes, each by a head of its own: convolutions of k1, k3 and k3, LeakyReLU
 * 0.2. The features' parameters are called as in torchvision, {@code features.0.weight} and so on.
 *
 * <p>(N, 3, H, W), 0 to 1, H and W multiples of 16 (of 8 for three levels, and so on), to logits
 * (N, levels, H / 2, W / 2), a channel for each head, those of the coarser ones repeated, so that
 * each counts alike in a mean.
 *
 * @param channels of each head
 * @param levels how many sizes of features are judged, from the finest on: the coarser ones tell
 *     what is on a picture, and so which of few pictures it is
 * @param spectralNorm whether the heads' weights are spectrally normalized (Miyato et al. 2018)
 */
public record SqueezeDiscriminator(int channels, int levels, boolean spectralNorm)
    implements Architecture {
  private static final double SLOPE = 0.2;

  static SqueezeDiscriminator of(Options options) {
    return new SqueezeDiscriminator(
        options.whole("channels", 64, 1, 1024),
        options.whole("levels", SqueezeEncoder.LEVELS, 1, SqueezeEncoder.LEVELS),
        options.flag("spectralNorm", false));
  }

  @Override
  public Program program() {
    Script script = new Script("SqueezeDiscriminator", 3).drawn(Initialization.RECTIFIED);
    Value picture = FeatureArchitecture.standardized(script);
    List<Value> features = SqueezeEncoder.append(script, picture, levels);
    script.spectrallyNormalized(spectralNorm);
    Value logits = head(script, features.get(0), 0);
    for (int level = 1; level < levels; level++) {
      Value h = head(script, features.get(level), level);
      logits = script.concat(logits, script.upsampleNearest(h, 1 << level));
    }
    return script.returnsJudgement(script.leave(logits));
  }

  private Value head(Script script, Value features, int level) {
    String name = "heads." + level;
    Value h = script.conv2d(features, name + ".0", Convolution.same(channels, 1));
    h = script.conv2d(script.leakyRelu(h, SLOPE), name + ".2", Convolution.same(channels, 3));
    return script.conv2d(script.leakyRelu(h, SLOPE), name + ".4", Convolution.same(1, 3));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "channels", Integer.toString(channels),
        "levels", Integer.toString(levels),
        "spectralNorm", Boolean.toString(spectralNorm));
  }

  /** Not measured on this network, but on other stacks of zero-padded convolutions. */
  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }
}
