package org.ganvas.training.script;

/** The layers whose weights mix channels: convolutions and linear layers. */
final class Convolutions {
  /** Side of the kernels for which NNPACK has Winograd's convolution; its stride is 1. */
  private static final int WINOGRAD_KERNEL = 3;

  private Convolutions() {}

  static Value conv2d(Script script, Value x, String name, Convolution shape) {
    int k = shape.kernel();
    int fanIn = x.channels() * k * k;
    long[] dimensions = {shape.outputs(), x.channels(), k, k};
    String weight = weight(script, name, fanIn, dimensions);
    String bias = bias(script, name, fanIn, shape.bias() ? shape.outputs() : 0);
    Value y =
        x.widenedBy(Grid.reach(k, shape.stride()))
            .withGrid(x.grid().convolved(k, shape.stride(), shape.padding()))
            .withChannels(shape.outputs());
    script.facts().count(y.grid(), (double) fanIn * shape.outputs());
    String numbers = String.join(", ", x.variable(), weight, bias);
    String strides = square(shape.stride());
    String paddings = square(shape.padding());
    String direct = "torch.conv2d(%s, %s, %s, [1, 1], 1)".formatted(numbers, strides, paddings);
    if (k != WINOGRAD_KERNEL || shape.stride() != 1 || shape.padding() >= k) {
      return script.append(y, direct);
    }
    script.statements().offerWinograd();
    return script.append(
        y,
        "%s if direct else torch._nnpack_spatial_convolution(%s, %s, %s)",
        direct,
        numbers,
        paddings,
        strides);
  }

  /** Along both sides the same. */
  private static String square(int side) {
    return "[" + side + ", " + side + "]";
  }

  static Value transposedConv2d(Script script, Value x, String name, TransposedConvolution shape) {
    int k = shape.kernel();
    // As PyTorch counts it, from the dimension that a convolution's inputs would have.
    int fanIn = shape.outputs() * k * k;
    if (script.spectralNorm()) {
      throw new IllegalArgumentException(
          "spectral norm is for convolutions and linear layers, found the transposed one " + name);
    }
    String weight = weight(script, name, fanIn, x.channels(), shape.outputs(), k, k);
    String bias = bias(script, name, fanIn, shape.bias() ? shape.outputs() : 0);
    script.facts().count(x.grid(), (double) fanIn * x.channels());
    Grid grid = shape.applied(x.grid());
    Value y = x.withGrid(grid).widenedBy(shape.reach()).withChannels(shape.outputs());
    return script.append(
        y,
        "torch.conv_transpose2d(%s, %s, %s, [%d, %d], [%d, %d], [%d, %d], 1, [1, 1])",
        x.variable(),
        weight,
        bias,
        shape.stride(),
        shape.stride(),
        shape.padding(),
        shape.padding(),
        shape.outputPadding(),
        shape.outputPadding());
  }

  static Value linear(Script script, Value x, String name, int outputs) {
    int side = script.facts().side(x);
    int inputs = x.channels() * side * side;
    String weight = weight(script, name, inputs, outputs, inputs);
    String bias = bias(script, name, inputs, outputs);
    Value y = x.collapsed().withChannels(outputs);
    script.facts().count(y.grid(), (double) inputs * outputs);
    return script.append(
        y,
        "torch.reshape(torch.linear(torch.flatten(%s, 1, -1), %s, %s), [-1, %d, 1, 1])",
        x.variable(),
        weight,
        bias,
        outputs);
  }

  private static String bias(Script script, String name, int fanIn, int outputs) {
    return outputs == 0
        ? "None"
        : script.cast(
            script.parameter(
                Parameter.weight(name + ".bias", script.initialization().biases(fanIn), outputs)));
  }

  private static String weight(Script script, String name, int fanIn, long... dimensions) {
    Initializer drawn = script.initialization().weights(fanIn);
    if (!script.spectralNorm()) {
      return script.cast(script.parameter(Parameter.weight(name + ".weight", drawn, dimensions)));
    }
    String weight = script.parameter(Parameter.weight(name + ".weight_orig", drawn, dimensions));
    String vector =
        script.parameter(
            Parameter.buffer(name + ".weight_u", new Initializer.Normal(0, 1), dimensions[0]));
    return script.cast(spectrallyNormalized(script.statements(), weight, vector, dimensions[0]));
  }

  /**
   * The weight divided by its largest singular value, which one step of power iteration estimates
   * (Miyato et al. 2018, algorithm 1). The step is kept in training; outside training it is taken
   * anew each time and not kept, so that equal inputs give equal results.
   *
   * @param vector the left singular vector so far; of any length
   */
  private static String spectrallyNormalized(
      Statements statements, String weight, String vector, long rows) {
    String matrix = statements.assign("torch.reshape(%s, [%d, -1])", weight, rows);
    String fixed = statements.assign("torch.detach(%s)", matrix);
    String right = unit(statements, statements.assign("torch.mv(torch.t(%s), %s)", fixed, vector));
    String left = unit(statements, statements.assign("torch.mv(%s, %s)", fixed, right));
    statements.inTraining("torch.copy_(%s, %s, False)".formatted(vector, left));
    String largest = statements.assign("torch.dot(%s, torch.mv(%s, %s))", left, matrix, right);
    return statements.assign("torch.div(%s, %s)", weight, largest);
  }

  private static String unit(Statements statements, String vector) {
    return statements.assign(
        "torch.div(%s, torch.clamp_min(torch.norm(%s, 2), 9.9999999999999998e-13))",
        vector, vector);
  }
}
