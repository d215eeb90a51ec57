package org.ganvas.training.script;

/** What the rows and columns that are added around a tensor hold. */
public enum Padding {
  ZERO {
    @Override
    String call(String variable, int pixels) {
      return "torch.constant_pad_nd(%s, [%d, %d, %d, %d], 0)"
          .formatted(variable, pixels, pixels, pixels, pixels);
    }
  },

  /** The tensor mirrored about its outermost rows and columns, which are not repeated. */
  REFLECTION {
    @Override
    String call(String variable, int pixels) {
      return "torch.reflection_pad2d(%s, [%d, %d, %d, %d])"
          .formatted(variable, pixels, pixels, pixels, pixels);
    }
  };

  abstract String call(String variable, int pixels);
}
