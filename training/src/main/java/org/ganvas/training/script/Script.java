package org.ganvas.training.script;

import java.util.List;
import java.util.Locale;
import org.ganvas.training.script.Initializer.Constant;

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
  private final Statements statements = new Statements();
  private final ModuleTree root = new ModuleTree();
  private final FactSheet facts = new FactSheet();
  private Initialization initialization = Initialization.UNIFORM;
  private boolean spectralNorm;
  private int referenceSize;

  /**
   * @param name the class of the program, a Java identifier
   * @param inputChannels C of the input (N, C, H, W)
   */
  public Script(String name, int inputChannels) {
    this.name = name;
    this.input = new Value("x", inputChannels, Grid.INPUT, 0);
  }

  /** The input always has that height and width; 1 for a latent vector. */
  public Script ofSide(int side) {
    facts.fixInputSide(side);
    return this;
  }

  /** The layers that follow are drawn so before training. */
  public Script drawn(Initialization how) {
    initialization = how;
    return this;
  }

  /**
   * The weights of the convolutions and linear layers that follow are divided by their largest
   * singular value (Miyato et al. 2018); stored as {@code weight_orig}, with the buffer {@code
   * weight_u}.
   */
  public Script spectrallyNormalized(boolean wanted) {
    spectralNorm = wanted;
    return this;
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
   * Convolution: (N, C, H, W) to (N, outputs, (H + 2 padding - kernel) / stride + 1, likewise W),
   * rounded down. H and W without what earlier layers added or cut must be multiples of all strides
   * up to here.
   */
  public Value conv2d(Value x, String parameter, Convolution shape) {
    return Convolutions.conv2d(this, x, parameter, shape);
  }

  /**
   * Transposed convolution: (N, C, H, W) to (N, outputs, (H - 1) stride - 2 padding + kernel +
   * outputPadding, likewise W).
   */
  public Value transposedConv2d(Value x, String parameter, TransposedConvolution shape) {
    return Convolutions.transposedConv2d(this, x, parameter, shape);
  }

  /**
   * Linear layer over every pixel of every channel: (N, C, H, W) to (N, outputs, 1, 1). The side of
   * the input must be fixed, see {@link #ofSide}.
   */
  public Value linear(Value x, String parameter, int outputs) {
    return Convolutions.linear(this, x, parameter, outputs);
  }

  /** Normalization: shape unchanged. */
  public Value normalize(Value x, String parameter, Normalization normalization) {
    return normalization.apply(this, x, parameter);
  }

  /** As {@link #normalize} with {@link Normalization#BATCH}. */
  public Value batchNorm(Value x, String parameter) {
    return normalize(x, parameter, Normalization.BATCH);
  }

  /** {@code pixels} more rows and columns on each side: (N, C, H + 2 pixels, W + 2 pixels). */
  public Value pad(Value x, Padding padding, int pixels) {
    return padding.apply(this, x, pixels);
  }

  /**
   * Dropout (Srivastava et al. 2014): each number is zero with that probability, the others are
   * divided by what is left of 1; shape unchanged.
   *
   * @param always whether it is done outside training too, as the noise of pix2pix (Isola et al.
   *     2017, section 3.1)
   */
  public Value dropout(Value x, double probability, boolean always) {
    String when = always ? "True" : "self.training";
    return append(x, "torch.dropout(%s, %s, %s)", x.variable(), number(probability), when);
  }

  /** max(x, 0): shape unchanged. */
  public Value relu(Value x) {
    return append(x, "torch.relu(%s)", x.variable());
  }

  /** x where positive, slope times x elsewhere: shape unchanged. */
  public Value leakyRelu(Value x, double slope) {
    Value y = append(x, "torch.leaky_relu(%s, %s)", x.variable(), number(slope));
    statements.innerLayers().add(y.variable());
    return y;
  }

  /**
   * x where positive, elsewhere x times a trained slope, one for all channels, at first 0.25 (He et
   * al. 2015, section 2.1): shape unchanged.
   */
  public Value prelu(Value x, String parameter) {
    String slope = parameter(Parameter.weight(parameter + ".weight", new Constant(0.25f), 1));
    return append(x, "torch.prelu(%s, %s)", x.variable(), cast(slope));
  }

  /** Hyperbolic tangent: shape unchanged. */
  public Value tanh(Value x) {
    return append(x, "torch.tanh(%s)", x.variable());
  }

  /** a + b, both of one shape. */
  public Value add(Value a, Value b) {
    return Arithmetic.add(this, a, b);
  }

  /** (N, C1, H, W) and (N, C2, H, W) to (N, C1 + C2, H, W), the channels of {@code a} first. */
  public Value concat(Value a, Value b) {
    return Arithmetic.concat(this, a, b);
  }

  /** factor * x: shape unchanged. */
  public Value multiply(Value x, double factor) {
    return Arithmetic.multiply(this, x, factor);
  }

  /** factor * x + shift: shape unchanged. */
  public Value affine(Value x, double factor, double shift) {
    return Arithmetic.affine(this, x, factor, shift);
  }

  /**
   * Pixel shuffle (Shi et al. 2016, section 3.2): (N, C factor², H, W) to (N, C, factor H, factor
   * W).
   */
  public Value pixelShuffle(Value x, int factor) {
    return Resampling.pixelShuffle(this, x, factor);
  }

  /**
   * Bicubic enlargement (a = -0.75, borders repeated): (N, C, H, W) to (N, C, factor H, factor W).
   */
  public Value upsampleBicubic(Value x, int factor) {
    return Resampling.upsampleBicubic(this, x, factor);
  }

  /**
   * Back-projection (Irani and Peleg 1991, "Improving resolution by image registration", their
   * iteration with one picture and one step): what {@code low} has that {@code enlarged} reduced to
   * its size lacks is enlarged and added. Both ways bicubic (a = -0.5), antialiased, as the small
   * pictures of the benchmarks are made. (N, C, factor H, factor W) and (N, C, H, W) to (N, C,
   * factor H, factor W).
   */
  public Value backProject(Value enlarged, Value low, int factor) {
    return Resampling.backProject(this, enlarged, low, factor);
  }

  /**
   * As {@link #backProject}, of the mean colours only: what the 33x33 pixels around each of {@code
   * low} have, on the mean, that {@code enlarged}, between 0 and 1, lacks is added to all pixels in
   * its place. So no colour shifts, and no noise comes back.
   */
  public Value projectColors(Value enlarged, Value low, int factor) {
    return Resampling.projectColors(this, enlarged, low, factor);
  }

  /** Each pixel repeated: (N, C, H, W) to (N, C, factor H, factor W). */
  public Value upsampleNearest(Value x, int factor) {
    return Resampling.upsampleNearest(this, x, factor);
  }

  /**
   * The largest number of each window: (N, C, H, W) to (N, C, (H - kernel) / stride + 1, likewise
   * W), rounded up if {@code last} windows may reach beyond the border, else down.
   */
  public Value maxPool2d(Value x, int kernel, int stride, boolean last) {
    return Resampling.maxPool2d(this, x, kernel, stride, last);
  }

  /**
   * Each channel minus its mean, divided by its deviation, both constants: shape unchanged, in
   * float32.
   */
  public Value standardize(Value x, List<Double> means, List<Double> deviations) {
    return Arithmetic.standardize(this, x, means, deviations);
  }

  /** Ends the program; {@code output} must be float32, see {@link #leave}. */
  public Program returns(Value output) {
    return program(output, output.variable(), "");
  }

  /**
   * Ends a discriminator's program, with what only training asks of it. For each method M there are
   * two more: {@code M_input_gradient} gives the gradient, by each input, of the mean of its
   * output, of the input's shape, and can be differentiated itself, for gradient penalties; {@code
   * M_inner_layers} gives the float32 tensor behind every leaky rectifier, for feature matching.
   */
  public Program returnsJudgement(Value output) {
    return program(output, output.variable(), DiscriminatorMethods.of(name, statements));
  }

  /**
   * Ends a program that gives several tensors, all float32. What the program says about its output
   * is said of the last one.
   */
  public Program returns(List<Value> outputs) {
    String all = String.join(", ", outputs.stream().map(Value::variable).toList());
    return program(outputs.get(outputs.size() - 1), "[" + all + "]", "");
  }

  private Program program(Value output, String result, String methods) {
    ProgramFacts known = facts.facts(input, output, statements.statisticsSize());
    String code = ProgramText.of(name, root, statements, result, methods);
    return new Program(name, code, root, known);
  }

  Statements statements() {
    return statements;
  }

  FactSheet facts() {
    return facts;
  }

  Initialization initialization() {
    return initialization;
  }

  boolean spectralNorm() {
    return spectralNorm;
  }

  /** How many examples follow those of the batch. */
  int referenceSize() {
    if (referenceSize == 0) {
      throw new IllegalStateException("virtual batch norm needs a reference batch, see join");
    }
    return referenceSize;
  }

  void declareReference(int size) {
    referenceSize = size;
  }

  /** Declares a parameter; the expression that reads it. */
  String parameter(Parameter parameter) {
    root.add(parameter);
    return ProgramText.reference(parameter.name());
  }

  String cast(String expression) {
    return "torch.to(%s, dtype)".formatted(expression);
  }

  Value append(Value result, String format, Object... arguments) {
    return append(result, Statement.of(String.format(Locale.ROOT, format, arguments)));
  }

  /** Appends an expression in its forms; the result is its shape with the variable's name. */
  Value append(Value result, Statement expression) {
    facts.note(result.grid());
    return result.withVariable(statements.assign(expression));
  }

  /** As Python writes it, so that an integer value is a float all the same. */
  static String number(double value) {
    return Double.toString(value);
  }
}
