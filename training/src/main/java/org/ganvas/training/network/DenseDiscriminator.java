package org.ganvas.training.network;

import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * The fully connected discriminator of the first GAN (Goodfellow et al. 2014, section 5): hidden
 * layers, each half as wide as the one before, with LeakyReLU 0.2 and dropout. The sigmoid is left
 * to the loss.
 *
 * <p>(N, inputChannels + classes, side, side), 0 to 1, to logits (N, 1, 1, 1). If there are
 * classes, the label is one constant plane per class behind the picture, 1 for the picture's own.
 *
 * @param side height and width of the pictures
 * @param inputChannels 3 for RGB, 1 for grey
 * @param classes labels of the conditional form (Mirza and Osindero 2014), otherwise 0
 * @param width numbers in the first hidden layer
 * @param layers hidden layers
 * @param dropout whether 30% of the values of hidden layers are dropped in training
 */
public record DenseDiscriminator(
    int side, int inputChannels, int classes, int width, int layers, boolean dropout)
    implements Architecture {
  private static final double SLOPE = 0.2;
  private static final double DROPPED = 0.3;

  static DenseDiscriminator of(Options options) {
    return new DenseDiscriminator(
        options.whole("side", 32, 4, 128),
        options.whole("inputChannels", 1, 1, 4),
        options.whole("classes", 0, 0, 1000),
        options.whole("width", 1024, 64, 4096),
        options.whole("layers", 3, 1, 6),
        options.flag("dropout", true));
  }

  @Override
  public Program program() {
    Script script = new Script("DenseDiscriminator", inputChannels + classes).ofSide(side);
    Value h = PixelRange.enter(script, script.input());
    for (int layer = 0; layer < layers; layer++) {
      h = script.leakyRelu(script.linear(h, "hidden." + layer, width >> layer), SLOPE);
      h = dropout ? script.dropout(h, DROPPED, false) : h;
    }
    return script.returnsJudgement(script.leave(script.linear(h, "last", 1)));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "side", Integer.toString(side),
        "inputChannels", Integer.toString(inputChannels),
        "classes", Integer.toString(classes),
        "width", Integer.toString(width),
        "layers", Integer.toString(layers),
        "dropout", Boolean.toString(dropout));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_FIRST;
  }
}
