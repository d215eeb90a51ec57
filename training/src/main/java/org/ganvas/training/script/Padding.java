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

  abstract String call(String variable, int pixels);
}
