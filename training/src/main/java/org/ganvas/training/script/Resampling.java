package org.ganvas.training.script;

/** The layers without weights that change the number of pixels. */
final class Resampling {
  /** How many pixels of the coarser picture the bicubic kernel spans. */
  private static final int KERNEL = 4;

  /** Beyond two blocks of a JPEG with halved colours, whose means its rounding has moved. */
  private static final int COLOR_RADIUS = 16;

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
    requireEnlargement(enlarged, low, factor);
    Value seen = enlarged.widenedBy(Grid.reach(KERNEL * factor, factor)).withGrid(low.grid());
    Value reduced = script.append(seen, resized(enlarged, low));
    Value lacking = difference(script, low, reduced);
    Value back = lacking.widenedBy(KERNEL / 2).enlarged(factor);
    return script.add(enlarged, script.append(back, resized(lacking, enlarged)));
  }

  static Value projectColors(Script script, Value enlarged, Value low, int factor) {
    requireEnlargement(enlarged, low, factor);
    Value shown = script.append(enlarged, "torch.clamp(%s, 0, 1)", enlarged.variable());
    Value reduced =
        script.append(
            shown.withGrid(low.grid()),
            "torch.avg_pool2d(%s, [%d, %d])".formatted(shown.variable(), factor, factor));
    Value lacking = difference(script, low, reduced);
    // One side after the other: as exact as the square, borders included, and many times as fast.
    Value rows = script.append(lacking, mean(lacking, COLOR_RADIUS, 0));
    Value mean = script.append(lacking.widenedBy(COLOR_RADIUS), mean(rows, 0, COLOR_RADIUS));
    return script.add(enlarged, upsampleNearest(script, mean, factor));
  }

  private static Value difference(Script script, Value a, Value b) {
    return script.append(
        Arithmetic.together(a, b), "torch.sub(%s, %s)", a.variable(), b.variable());
  }

  /** The mean of the pixels up to so far away; beyond the border there are none. */
  private static String mean(Value x, int rows, int columns) {
    return "torch.avg_pool2d(%s, [%d, %d], [1, 1], [%d, %d], False, False)"
        .formatted(x.variable(), 2 * rows + 1, 2 * columns + 1, rows, columns);
  }

  private static void requireEnlargement(Value enlarged, Value low, int factor) {
    if (enlarged.channels() != low.channels() || !enlarged.sameSize(low.enlarged(factor))) {
      throw new IllegalArgumentException(
          "back-projection by %d needs a picture and its enlargement by %d, found %s and %s"
              .formatted(factor, factor, low, enlarged));
    }
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
