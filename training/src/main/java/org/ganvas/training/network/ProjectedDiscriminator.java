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
 * A discriminator that looks at pictures through a network trained to classify, whose weights stay
 * as they are (Sauer et al. 2021, "Projected GANs converge faster", section 3): it knows texture
 * and colour from the first step, where others have to learn to see them. SqueezeNet 1.1's features
 * at four sizes are judged each by a head of its own: convolutions of k1, k3 and k3, LeakyReLU 0.2.
 * The paper's random mixing of channels and sizes before the heads is left out; the first
 * convolution of each is trained instead.
 *
 * <p>(N, 3, H, W), 0 to 1, H and W multiples of 16, to logits (N, 4, H / 2, W / 2), a channel for
 * each head, those of the coarser ones repeated, so that each counts alike in a mean.
 *
 * @param channels of each head
 * @param spectralNorm whether the heads' weights are spectrally normalized (Miyato et al. 2018)
 */
public record ProjectedDiscriminator(int channels, boolean spectralNorm) implements Architecture {
  private static final double SLOPE = 0.2;

  static ProjectedDiscriminator of(Options options) {
    return new ProjectedDiscriminator(
        options.whole("channels", 64, 1, 1024), options.flag("spectralNorm", false));
  }

  @Override
  public Program program() {
    Script script = new Script("ProjectedDiscriminator", 3).constant(true);
    List<Value> features = SqueezeEncoder.append(script, FeatureArchitecture.standardized(script));
    script.constant(false).drawn(Initialization.RECTIFIED).spectrallyNormalized(spectralNorm);
    Value logits = head(script, features.get(0), 0);
    for (int level = 1; level < SqueezeEncoder.LEVELS; level++) {
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
        "spectralNorm", Boolean.toString(spectralNorm));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }
}
