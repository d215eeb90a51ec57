package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Task;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * The fast super-resolution network of the models that ship: residual blocks without batch norm
 * (Lim et al. 2017, EDSR, section 3.1) and a light tail, one convolution to {@code 3 scale²}
 * channels and one pixel shuffle (Shi et al. 2016, ESPCN). What it computes is added to the bicubic
 * enlargement of the input in float32, so that a reduced precision never touches the picture
 * itself.
 *
 * <p>(N, 3, H, W) to (N, 3, scale H, scale W), both 0 to 1.
 *
 * @param channels channels of every inner layer
 * @param blocks residual blocks
 * @param scale output pixels per input pixel along one side
 * @param backProjection whether the result, made small again, is brought nearer to the input
 */
public record CompactSr(int channels, int blocks, int scale, BackProjection backProjection)
    implements Architecture {
  /** The option that says {@code backProjection}. */
  public static final String BACK_PROJECTION = "backProjection";

  /** Without back-projection. */
  public CompactSr(int channels, int blocks, int scale) {
    this(channels, blocks, scale, BackProjection.NONE);
  }

  static CompactSr of(Options options) {
    return new CompactSr(
        options.whole("channels", 64, 1, 1024),
        options.whole("blocks", 16, 1, 256),
        options.whole("scale", 4, 1, 8),
        BackProjection.of(options.oneOf(BACK_PROJECTION, BackProjection.options())));
  }

  @Override
  public Program program() {
    Convolution inner = Convolution.same(channels, 3);
    Script script = new Script("CompactSr", 3);
    Value picture = script.input();
    Value head = script.conv2d(script.enter(picture), "head", inner);
    Value body = head;
    for (int i = 0; i < blocks; i++) {
      String block = "body." + i;
      Value h = script.relu(script.conv2d(body, block + ".conv1", inner));
      body = script.add(body, script.conv2d(h, block + ".conv2", inner));
    }
    Value features = script.add(head, script.conv2d(body, "fuse", inner));
    Value residual =
        script.pixelShuffle(
            script.conv2d(features, "tail", Convolution.same(3 * scale * scale, 3)), scale);
    Value enlarged = script.add(script.leave(residual), script.upsampleBicubic(picture, scale));
    return script.returns(backProjection.of(script, enlarged, picture, scale));
  }

  @Override
  public Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    options.put("channels", Integer.toString(channels));
    options.put("blocks", Integer.toString(blocks));
    options.put("scale", Integer.toString(scale));
    if (backProjection != BackProjection.NONE) {
      // Named only where it is so, that networks with the cards of before are still alike.
      options.put(BACK_PROJECTION, backProjection.option());
    }
    return options;
  }

  @Override
  public List<String> blockEnds() {
    return IntStream.range(0, blocks)
        .mapToObj(i -> "body." + i + ".conv2")
        .flatMap(end -> Stream.of(end + ".weight", end + ".bias"))
        .toList();
  }

  @Override
  public Map<String, Integer> pixelShuffles() {
    return scale == 1 ? Map.of() : Map.of("tail", scale);
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
