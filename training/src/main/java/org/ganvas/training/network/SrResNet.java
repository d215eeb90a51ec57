package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Task;
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
 * @param channels channels of the inner layers, 64 in the paper
 * @param blocks residual blocks, 16 in the paper
 * @param scale 2 or 4, 4 in the paper
 * @param fusion what follows the convolution behind the blocks
 * @param output what follows the last convolution
 */
public record SrResNet(int channels, int blocks, int scale, Fusion fusion, Output output)
    implements Architecture {

  /** What follows the convolution behind the blocks. */
  public enum Fusion {
    /** Batch norm and the skip from before the blocks, as in the paper. */
    BATCH_NORM,
    /** PReLU and the skip, as some reimplementations have it. */
    PRELU
  }

  /** What follows the last convolution. */
  public enum Output {
    /** Nothing: values may overshoot 0 to 1. */
    LINEAR,
    /** {@code (tanh + 1) / 2}, from 0 to 1. */
    TANH
  }

  public SrResNet {
    if (scale != 2 && scale != 4) {
      throw new IllegalArgumentException(
          "SrResNet doubles the size once or twice: the scale must be 2 or 4, found " + scale);
    }
  }

  /** The paper's, but for the number of blocks and the scale. */
  public SrResNet(int blocks, int scale) {
    this(64, blocks, scale, Fusion.BATCH_NORM, Output.LINEAR);
  }

  static SrResNet of(Options options) {
    return new SrResNet(
        options.whole("channels", 64, 1, 1024),
        options.whole("blocks", 16, 1, 256),
        options.oneOf("scale", 4, 2),
        options.choice("fusion", List.of(Fusion.BATCH_NORM, Fusion.PRELU)),
        options.choice("output", List.of(Output.LINEAR, Output.TANH)));
  }

  @Override
  public Program program() {
    Script script = new Script("SrResNet", 3);
    Value x = script.enter(script.input());
    Value head = script.conv2d(x, "head.0", Convolution.same(channels, 9));
    head = script.prelu(head, "head.1");
    Value body = head;
    for (int i = 0; i < blocks; i++) {
      body = residualBlock(script, body, "body." + i);
    }
    body = script.conv2d(body, "fuse.0", Convolution.same(channels, 3));
    body =
        switch (fusion) {
          case BATCH_NORM -> script.batchNorm(body, "fuse.1");
          case PRELU -> script.prelu(body, "fuse.1");
        };
    Value h = script.add(head, body);
    for (int i = 0; i < doublings(); i++) {
      h = script.conv2d(h, "upsample." + i + ".0", Convolution.same(4 * channels, 3));
      h = script.prelu(script.pixelShuffle(h, 2), "upsample." + i + ".2");
    }
    h = script.leave(script.conv2d(h, "tail", Convolution.same(3, 9)));
    return script.returns(output == Output.TANH ? PixelRange.fromTanh(script, h) : h);
  }

  private int doublings() {
    return scale / 2;
  }

  private Value residualBlock(Script script, Value x, String name) {
    Convolution inner = Convolution.same(channels, 3);
    Value h = script.batchNorm(script.conv2d(x, name + ".0", inner), name + ".1");
    h = script.prelu(h, name + ".2");
    h = script.batchNorm(script.conv2d(h, name + ".3", inner), name + ".4");
    return script.add(x, h);
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "channels", Integer.toString(channels),
        "blocks", Integer.toString(blocks),
        "scale", Integer.toString(scale),
        "fusion", Options.text(fusion),
        "output", Options.text(output));
  }

  @Override
  public Map<String, Integer> pixelShuffles() {
    return IntStream.range(0, doublings())
        .mapToObj(i -> "upsample." + i + ".0")
        .collect(Collectors.toMap(Function.identity(), name -> 2));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_LAST;
  }

  @Override
  public Task task() {
    return Task.SUPER_RESOLUTION;
  }
}
