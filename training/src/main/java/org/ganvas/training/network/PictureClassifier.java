package org.ganvas.training.network;

import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.script.Convolution;
import org.ganvas.training.script.Normalization;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.Value;

/**
 * A small network that tells labels apart, enough for digits: three convolutions of stride 2 with
 * batch norm and ReLU, and one linear layer.
 *
 * <p>(N, channels, side, side), 0 to 1, to logits (N, labels, 1, 1).
 *
 * @param side height and width of the pictures, a multiple of 8
 * @param channels of a picture
 * @param labels how many there are, at least 2
 */
public record PictureClassifier(int side, int channels, int labels) implements Architecture {
  private static final int LAYERS = 3;
  private static final int FIRST_CHANNELS = 24;
  private static final int REDUCTION = 1 << LAYERS;

  public PictureClassifier {
    if (side < REDUCTION || side % REDUCTION != 0) {
      throw new IllegalArgumentException(
          "the side of classified pictures is a multiple of %d, found %d"
              .formatted(REDUCTION, side));
    }
    if (labels < 2) {
      throw new IllegalArgumentException("a classifier has 2 or more labels, found " + labels);
    }
  }

  @Override
  public Program program() {
    Script script = new Script("PictureClassifier", channels).ofSide(side);
    Value h = script.enter(script.input());
    for (int layer = 0; layer < LAYERS; layer++) {
      String name = "body." + layer;
      Convolution shape = new Convolution(FIRST_CHANNELS << layer, 3, 2, 1, false);
      h = script.conv2d(h, name + ".0", shape);
      h = script.relu(script.normalize(h, name + ".1", Normalization.BATCH));
    }
    return script.returns(script.leave(script.linear(h, "labels", labels)));
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "side", Integer.toString(side),
        "channels", Integer.toString(channels),
        "labels", Integer.toString(labels));
  }

  @Override
  public MemoryLayout fastLayout() {
    return MemoryLayout.CHANNELS_FIRST;
  }
}
