package org.ganvas.training.network;

import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * The generator of SRGAN (Ledig et al. 2017, section 2.1 and figure 4): k9n64s1 PReLU; residual
 * blocks of k3n64s1 BN PReLU k3n64s1 BN; k3n64s1 BN with a skip; one k3n256s1, pixel shuffle 2 and
 * PReLU for each doubling; k9n3s1.
 *
 * <p>(N, 3, H, W) to (N, 3, scale H, scale W), both 0 to 1.
 *
 * @param blocks residual blocks, 16 in the paper
 * @param scale 2 or 4, 4 in the paper
 */
public record SrResNet(int blocks, int scale) implements Architecture {
  private static final int CHANNELS = 64;
  private static final Convolution INNER = Convolution.same(CHANNELS, 3);

  public SrResNet {
    if (scale != 2 && scale != 4) {
      throw new IllegalArgumentException(
          "SrResNet doubles the size once or twice: the scale must be 2 or 4, found " + scale);
    }
  }

  /**
   * The network, for those who name a number of channels.
   *
   * @throws IllegalArgumentException if it is not the paper's 64
   */
  static SrResNet of(int channels, int blocks, int scale) {
    if (channels != CHANNELS) {
      throw new IllegalArgumentException("srresnet has 64 channels, found " + channels);
    }
    return new SrResNet(blocks, scale);
  }

  @Override
  public Program program() {
    Script script = new Script("SrResNet", 3);
    Value x = script.enter(script.input());
    Value head = script.conv2d(x, "head.0", Convolution.same(CHANNELS, 9));
    head = script.prelu(head, "head.1");
    Value body = head;
    for (int i = 0; i < blocks; i++) {
      body = residualBlock(script, body, "body." + i);
    }
    Value fused = script.batchNorm(script.conv2d(body, "fuse.0", INNER), "fuse.1");
    Value h = script.add(head, fused);
    for (int factor = 1, i = 0; factor < scale; factor *= 2, i++) {
      String name = "upsample." + i;
      h = script.conv2d(h, name + ".0", Convolution.same(4 * CHANNELS, 3));
      h = script.prelu(script.pixelShuffle(h, 2), name + ".2");
    }
    return script.returns(script.leave(script.conv2d(h, "tail", Convolution.same(3, 9))));
  }

  private static Value residualBlock(Script script, Value x, String name) {
    Value h = script.batchNorm(script.conv2d(x, name + ".0", INNER), name + ".1");
    h = script.prelu(h, name + ".2");
    h = script.batchNorm(script.conv2d(h, name + ".3", INNER), name + ".4");
    return script.add(x, h);
  }

  @Override
  public Map<String, String> options() {
    return Map.of("blocks", Integer.toString(blocks), "scale", Integer.toString(scale));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }
}
