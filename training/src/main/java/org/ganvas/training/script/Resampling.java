package org.ganvas.training.script;

/** The layers without weights that change the number of pixels. */
final class Resampling {
  /** How many pixels of the coarser picture the bicubic kernel spans. */
  private static final int KERNEL = 4;

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
        x.widenedBy(KERNEL / 2).enlarged(factor),
        "torch.upsample_bicubic2d(%s, None, False, [%s, %s])",
        x.variable(),
        scale,
        scale);
  }

  static Value backProject(Script script, Value enlarged, Value low, int factor) {
    if (enlarged.channels() != low.channels() || !enlarged.sameSize(low.enlarged(factor))) {
      throw new IllegalArgumentException(
          "back-projection by %d needs a picture and its enlargement by %d, found %s and %s"
              .formatted(factor, factor, low, enlarged));
    }
    Value seen = enlarged.widenedBy(Grid.reach(KERNEL * factor, factor)).withGrid(low.grid());
    Value reduced = script.append(seen, resized(enlarged, low));
    Value lacking =
        script.append(
            Arithmetic.together(low, reduced),
            "torch.sub(%s, %s)",
            low.variable(),
            reduced.variable());
    Value back = lacking.widenedBy(KERNEL / 2).enlarged(factor);
    return script.add(enlarged, script.append(back, resized(lacking, enlarged)));
  }

  /** One tensor with height and width of another, bicubic with a = -0.5, antialiased. */
  private static String resized(Value x, Value like) {
    String size = "[torch.size(%1$s, 2), torch.size(%1$s, 3)]".formatted(like.variable());
    return "torch._upsample_bicubic2d_aa(%s, %s, False, None, None)".formatted(x.variable(), size);
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
