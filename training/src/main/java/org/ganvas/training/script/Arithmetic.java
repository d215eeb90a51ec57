package org.ganvas.training.script;

import java.util.List;

/** The layers that combine tensors with each other or with constants, pixel by pixel. */
final class Arithmetic {
  private Arithmetic() {}

  static Value add(Script script, Value a, Value b) {
    if (a.channels() != b.channels() || !a.sameSize(b)) {
      throw new IllegalArgumentException(
          "only tensors of one shape can be added, found %s and %s".formatted(a, b));
    }
    return script.append(together(a, b), "torch.add(%s, %s)", a.variable(), b.variable());
  }

  static Value concat(Script script, Value a, Value b) {
    if (!a.sameSize(b)) {
      throw new IllegalArgumentException(
          "only tensors of one size can be concatenated, found %s and %s".formatted(a, b));
    }
    Value y = together(a, b).withChannels(a.channels() + b.channels());
    return script.append(y, "torch.cat([%s, %s], 1)", a.variable(), b.variable());
  }

  /** On the grid of {@code a}, whatever influences either. */
  static Value together(Value a, Value b) {
    double radius = Math.max(a.radius(), b.radiusOn(a.grid()));
    return new Value(a.variable(), a.channels(), a.grid(), radius);
  }

  static Value multiply(Script script, Value x, double factor) {
    return script.append(x, "torch.mul(%s, %s)", x.variable(), Script.number(factor));
  }

  static Value affine(Script script, Value x, double factor, double shift) {
    Value product = multiply(script, x, factor);
    return script.append(product, "torch.add(%s, %s)", product.variable(), Script.number(shift));
  }

  static Value standardize(Script script, Value x, List<Double> means, List<Double> deviations) {
    String centred =
        script
            .statements()
            .assign("torch.sub(%s, %s)", x.variable(), perChannel(means, x.variable()));
    return script.append(x, "torch.div(%s, %s)", centred, perChannel(deviations, x.variable()));
  }

  private static String perChannel(List<Double> numbers, String like) {
    return "torch.reshape(torch.tensor(%s, dtype=6, device=ops.prim.device(%s)), [1, -1, 1, 1])"
        .formatted(numbers, like);
  }
}
