package org.ganvas.training.script;

/** What the rows and columns that are added around a tensor hold. */
public enum Padding {
  ZERO {
    @Override
    String call(String variable, int pixels) {
      return "torch.constant_pad_nd(%s, [%s, %s, %s, %s], 0)"
          .formatted(variable, pixels, pixels, pixels, pixels);
    }
  },

  /** The tensor mirrored about its outermost rows and columns, which are not repeated. */
  REFLECTION {
    @Override
    String call(String variable, int pixels) {
      return "torch.reflection_pad2d(%s, [%s, %s, %s, %s])"
          .formatted(variable, pixels, pixels, pixels, pixels);
    }
  };

  /** Appends the statement: (N, C, H, W) to (N, C, H + 2 pixels, W + 2 pixels). */
  Value apply(Script script, Value x, int pixels) {
    if (pixels < 0) {
      throw new IllegalArgumentException("a padding has 0 pixels or more, found " + pixels);
    }
    if (this == REFLECTION) {
      // There must be a row more than are mirrored.
      script.facts().note(x.grid().lengthened(-pixels));
    }
    return script.append(
        x.withGrid(x.grid().padded(pixels)), Statement.of(call(x.variable(), pixels)));
  }

  abstract String call(String variable, int pixels);
}
