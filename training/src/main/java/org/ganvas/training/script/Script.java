package org.ganvas.training.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ganvas.training.script.Initializer.Constant;
import org.ganvas.training.script.Initializer.Uniform;

/**
 * The builder that a network describes its forward pass to. Each call declares the parameters that
 * the layer needs and appends one TorchScript statement; the shape that comes out, the receptive
 * field, the size that the input must be a multiple of and the cost are kept along.
 *
 * <p>The input is float32. {@link #enter} casts it to the precision and layout that the caller
 * asked for, {@link #leave} casts back; between the two all weights are cast alike, while the
 * parameters themselves stay float32.
 */
public final class Script {
  private final String name;
  private final Value input;
  private final List<String> statements = new ArrayList<>();
  private final ModuleTree root = new ModuleTree();
  private int variables;
  private int sizeMultiple = 1;
  private double multiplyAddsPerInputPixel;

  /**
   * @param name the class of the program, a Java identifier
   * @param inputChannels C of the input (N, C, H, W)
   */
  public Script(String name, int inputChannels) {
    this.name = name;
    this.input = new Value("x", inputChannels, 1, 1, 0);
  }

  /** The network's input, float32. */
  public Value input() {
    return input;
  }

  /** (N, C, H, W) in float32 to the same in the precision and layout that are asked for. */
  public Value enter(Value x) {
    return append(x, "torch.contiguous(torch.to(%s, dtype), memory_format=layout)", x.variable());
  }

  /** (N, C, H, W) in any precision and layout to the same in float32, channels first. */
  public Value leave(Value x) {
    return append(x, "torch.contiguous(torch.to(%s, 6), memory_format=0)", x.variable());
  }

  /**
   * Convolution: (N, C, H, W) to (N, outputs, (H + 2 padding - kernel) / stride + 1, likewise W). H
   * and W must be multiples of the stride, and {@code kernel - 2 padding} from 1 to the stride, so
   * that sizes stay exact fractions of the input's.
   */
  public Value conv2d(Value x, String parameter, Convolution shape) {
    int fanIn = x.channels() * shape.kernel() * shape.kernel();
    return conv2d(x, parameter, shape, Uniform.ofFanIn(fanIn));
  }

  /** As {@link #conv2d(Value, String, Convolution)}, with the weights drawn otherwise. */
  public Value conv2d(Value x, String parameter, Convolution shape, Initializer initializer) {
    int slack = shape.kernel() - 2 * shape.padding();
    if (slack < 1 || slack > Math.max(1, shape.stride())) {
      throw new IllegalArgumentException(
          "%s: kernel minus twice the padding must be from 1 to the stride, found %s"
              .formatted(parameter, shape));
    }
    int k = shape.kernel();
    String weight = weight(parameter + ".weight", initializer, shape.outputs(), x.channels(), k, k);
    String bias = "None";
    if (shape.bias()) {
      Uniform small = Uniform.ofFanIn(x.channels() * k * k);
      bias = weight(parameter + ".bias", small, shape.outputs());
    }
    Value y = x.widenedBy(shape.padding()).shrunk(shape.stride()).withChannels(shape.outputs());
    sizeMultiple = sizeMultiple / Value.gcd(sizeMultiple, y.down()) * y.down();
    multiplyAddsPerInputPixel += y.areaScale() * k * k * x.channels() * shape.outputs();
    return append(
        y,
        "torch.conv2d(%s, %s, %s, [%d, %d], [%d, %d], [1, 1], 1)",
        x.variable(),
        weight,
        bias,
        shape.stride(),
        shape.stride(),
        shape.padding(),
        shape.padding());
  }

  /**
   * Batch normalization over N, H and W: shape unchanged. In training by the batch's own
   * statistics, otherwise by the running ones.
   */
  public Value batchNorm(Value x, String parameter) {
    long c = x.channels();
    // Not cast: libtorch normalizes bfloat16 with float32 weights and statistics.
    String weight = parameter(Parameter.weight(parameter + ".weight", new Constant(1), c));
    String bias = parameter(Parameter.weight(parameter + ".bias", new Constant(0), c));
    String mean = parameter(Parameter.buffer(parameter + ".running_mean", 0, c));
    String variance = parameter(Parameter.buffer(parameter + ".running_var", 1, c));
    return append(
        x,
        "torch.batch_norm(%s, %s, %s, %s, %s, self.training, 0.1, 1.0000000000000001e-05, True)",
        x.variable(),
        weight,
        bias,
        mean,
        variance);
  }

  /** max(x, 0): shape unchanged. */
  public Value relu(Value x) {
    return append(x, "torch.relu(%s)", x.variable());
  }

  /** x where positive, slope times x elsewhere: shape unchanged. */
  public Value leakyRelu(Value x, double slope) {
    return append(x, "torch.leaky_relu(%s, %s)", x.variable(), number(slope));
  }

  /**
   * x where positive, elsewhere x times a trained slope, one for all channels, at first 0.25 (He et
   * al. 2015, section 2.1): shape unchanged.
   */
  public Value prelu(Value x, String parameter) {
    String slope = weight(parameter + ".weight", new Constant(0.25f), 1);
    return append(x, "torch.prelu(%s, %s)", x.variable(), slope);
  }

  /** Hyperbolic tangent: shape unchanged. */
  public Value tanh(Value x) {
    return append(x, "torch.tanh(%s)", x.variable());
  }

  /** a + b, both of one shape. */
  public Value add(Value a, Value b) {
    if (a.channels() != b.channels() || a.up() != b.up() || a.down() != b.down()) {
      throw new IllegalArgumentException(
          "only tensors of one shape can be added, found %s and %s".formatted(a, b));
    }
    Value wider = a.radius() >= b.radius() ? a : b;
    return append(wider, "torch.add(%s, %s)", a.variable(), b.variable());
  }

  /** factor * x: shape unchanged. */
  public Value multiply(Value x, double factor) {
    return append(x, "torch.mul(%s, %s)", x.variable(), number(factor));
  }

  /**
   * Pixel shuffle (Shi et al. 2016, section 3.2): (N, C factor², H, W) to (N, C, factor H, factor
   * W).
   */
  public Value pixelShuffle(Value x, int factor) {
    if (x.channels() % (factor * factor) != 0) {
      throw new IllegalArgumentException(
          "a pixel shuffle by %d needs a multiple of %d channels, found %s"
              .formatted(factor, factor * factor, x));
    }
    Value y = x.enlarged(factor).withChannels(x.channels() / (factor * factor));
    return append(y, "torch.pixel_shuffle(%s, %d)", x.variable(), factor);
  }

  /**
   * Bicubic enlargement (a = -0.75, borders repeated): (N, C, H, W) to (N, C, factor H, factor W).
   */
  public Value upsampleBicubic(Value x, int factor) {
    Value y = x.widenedBy(2).enlarged(factor);
    return append(
        y,
        "torch.upsample_bicubic2d(%s, None, False, [%s, %s])",
        x.variable(),
        number(factor),
        number(factor));
  }

  /** Ends the program; {@code output} must be float32, see {@link #leave}. */
  public Program returns(Value output) {
    ProgramFacts facts =
        new ProgramFacts(
            input.channels(),
            output.channels(),
            output.scale(),
            sizeMultiple,
            output.radius(),
            multiplyAddsPerInputPixel / output.areaScale());
    String code = ProgramText.of(name, root, statements, output.variable());
    return new Program(name, code, root, facts);
  }

  private String weight(String parameter, Initializer initializer, long... shape) {
    return "torch.to(%s, dtype)"
        .formatted(parameter(Parameter.weight(parameter, initializer, shape)));
  }

  private String parameter(Parameter parameter) {
    root.add(parameter);
    return ProgramText.reference(parameter.name());
  }

  private Value append(Value result, String format, Object... arguments) {
    String variable = "v" + variables++;
    statements.add(variable + " = " + String.format(Locale.ROOT, format, arguments));
    return result.withVariable(variable);
  }

  /** As Python writes it, so that an integer value is a float all the same. */
  private static String number(double value) {
    return Double.toString(value);
  }
}
