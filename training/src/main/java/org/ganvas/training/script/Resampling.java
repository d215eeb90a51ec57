package org.ganvas.training.script;

/** The layers without weights that change the number of pixels. */
final class Resampling {
  private Resampling() {}

  static Value pixelShuffle(Script script, Value x, int factor) {
    if (x.channels() % (factor * factor) != 0) {
      throw new IllegalArgumentException(
          "a pixel shuffle by %d needs a multiple of %d channels, found %s"
              .formatted(factor, factor * factor, x));
    }
    Value y = x.enlarged(factor).withChannels(x.channels() / (factor * factor));
    return script.append(y, "torch.pixel_shuffle(%s, %d)", x.variable(), factor);
  }

  static Value upsampleBicubic(Script script, Value x, int factor) {
    String scale = Script.number(factor);
    return script.append(
        x.widenedBy(2).enlarged(factor),
        "torch.upsample_bicubic2d(%s, None, False, [%s, %s])",
        x.variable(),
        scale,
        scale);
  }

  static Value upsampleNearest(Script script, Value x, int factor) {
    String scale = Script.number(factor);
    return script.append(
        x.enlarged(factor),
        "torch.upsample_nearest2d(%s, None, [%s, %s])",
        x.variable(),
        scale,
        scale);
  }

  static Value globalAveragePool(Script script, Value x) {
    return script.append(x.collapsed(), "torch.mean(%s, [2, 3], True)", x.variable());
  }

  static Value maxPool2d(Script script, Value x, int kernel, int stride, boolean last) {
    Value y =
        x.widenedBy(Grid.reach(kernel, stride)).withGrid(x.grid().pooled(kernel, stride, last));
    return script.append(
        y,
        "torch.max_pool2d(%s, [%d, %d], [%d, %d], [0, 0], [1, 1], %s)",
        x.variable(),
        kernel,
        kernel,
        stride,
        stride,
        last ? "True" : "False");
  }
}
