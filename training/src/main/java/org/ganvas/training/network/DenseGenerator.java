package org.ganvas.training.network;

import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Task;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * The fully connected generator of the first GAN (Goodfellow et al. 2014, section 5), in the form
 * that became usual: hidden layers, each twice as wide as the one before, with ReLU, then as many
 * numbers as the picture has, and tanh.
 *
 * <p>(N, latent + classes, 1, 1), the latent vector and, if there are classes, the label as one-hot
 * channels behind it, to (N, outputChannels, side, side), 0 to 1.
 *
 * @param side height and width of the pictures
 * @param latent numbers in the latent vector
 * @param classes labels of the conditional form (Mirza and Osindero 2014), otherwise 0
 * @param width numbers in the first hidden layer
 * @param layers hidden layers
 * @param outputChannels 3 for RGB, 1 for grey
 */
public record DenseGenerator(
    int side, int latent, int classes, int width, int layers, int outputChannels)
    implements Architecture {

  static DenseGenerator of(Options options) {
    return new DenseGenerator(
        options.whole("side", 32, 4, 128),
        options.whole("latent", 100, 1, 4096),
        options.whole("classes", 0, 0, 1000),
        options.whole("width", 256, 1, 4096),
        options.whole("layers", 3, 1, 6),
        options.whole("outputChannels", 1, 1, 4));
  }

  @Override
  public Program program() {
    Script script = new Script("DenseGenerator", latent + classes).ofSide(1);
    Value h = script.enter(script.input());
    for (int layer = 0; layer < layers; layer++) {
      h = script.relu(script.linear(h, "hidden." + layer, width << layer));
    }
    h = script.linear(h, "last", outputChannels * side * side);
    // Of one pixel, so the channels are laid out as the picture, row by row.
    return script.returns(PixelRange.leave(script, script.pixelShuffle(h, side)));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "side", Integer.toString(side),
        "latent", Integer.toString(latent),
        "classes", Integer.toString(classes),
        "width", Integer.toString(width),
        "layers", Integer.toString(layers),
        "outputChannels", Integer.toString(outputChannels));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_FIRST;
  }

  @Override
  public Task task() {
    return Task.GENERATION;
  }
}
