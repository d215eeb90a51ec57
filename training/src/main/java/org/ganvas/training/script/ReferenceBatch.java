package org.ganvas.training.script;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Examples that are drawn once, kept as a buffer, and run through the network after those of every
 * batch, so that {@link Normalization#VIRTUAL_BATCH} has their statistics by the weights of the
 * moment (Salimans et al. 2016, section 3.5).
 */
public final class ReferenceBatch {
  private static final String LATENT = "reference.latent";

  private ReferenceBatch() {}

  /**
   * Gives a reference batch, if the network has one, other latents: for a latent space that is not
   * Gaussian.
   *
   * @param draw gives (count, latent) numbers for a count
   */
  public static void replaceLatents(StateDict state, IntFunction<float[]> draw) {
    if (state.contains(LATENT)) {
      List<Long> shape = state.get(LATENT).shape();
      float[] latents = draw.apply(Math.toIntExact(shape.get(0)));
      state.put(LATENT, new StateDict.Entry(shape, latents));
    }
  }

  /**
   * (N, C, 1, 1) to (N + size, C, 1, 1), both float32: behind the latents and labels that come in,
   * as many of the reference as {@code size} says. Its latents are Gaussian, its labels go round.
   *
   * @param classes how many of the last channels are a one-hot label
   */
  public static Value join(Script script, Value x, int size, int classes) {
    int latent = x.channels() - classes;
    String noise =
        script.parameter(
            Parameter.buffer(LATENT, new Initializer.Normal(0, 1), size, latent, 1, 1));
    String reference = noise;
    if (classes > 0) {
      String labels =
          script.parameter(
              Parameter.buffer(
                  "reference.label", new Initializer.OneHot(classes), size, classes, 1, 1));
      reference = "torch.cat([%s, %s], 1)".formatted(noise, labels);
    }
    script.declareReference(size);
    return script.append(x, "torch.cat([%s, %s], 0)", x.variable(), reference);
  }

  /** (N + size, C, H, W) to (N, C, H, W): the batch without the reference behind it. */
  public static Value leave(Script script, Value x) {
    return script.append(x, "torch.slice(%s, 0, 0, -%d, 1)", x.variable(), script.referenceSize());
  }

  /** Each example by the reference and itself, the reference by itself alone. */
  static Value normalize(Script script, Value x, String factors, String shifts) {
    int size = script.referenceSize();
    Statements statements = script.statements();
    String all = statements.assign("torch.to(%s, 6)", x.variable());
    String reference = statements.assign("torch.slice(%s, 0, -%d, None, 1)", all, size);
    String examples = statements.assign("torch.slice(%s, 0, 0, -%d, 1)", all, size);
    String mean = statements.assign("torch.mean(%s, [0, 2, 3], True)", reference);
    String variance = statements.assign("torch.var(%s, [0, 2, 3], False, True)", reference);
    String ownMean = statements.assign("torch.mean(%s, [2, 3], True)", examples);
    String ownVariance = statements.assign("torch.var(%s, [2, 3], False, True)", examples);
    double share = 1.0 / (size + 1);
    String mixedMean = statements.assign("torch.lerp(%s, %s, %s)", mean, ownMean, share);
    // Not by the mean of squares, of which rounding leaves nothing where the mean is large.
    String apart = statements.assign("torch.sub(%s, %s)", ownMean, mean);
    String mixedVariance =
        statements.assign(
            "torch.add(torch.lerp(%s, %s, %s), torch.mul(torch.mul(%s, %s), %s))",
            variance, ownVariance, share, apart, apart, share * (1 - share));
    String normalized =
        statements.assign(
            "torch.cat([%s, %s], 0)",
            standardized(examples, mixedMean, mixedVariance),
            standardized(reference, mean, variance));
    return script.append(
        x,
        "torch.to(torch.add(torch.mul(%s, torch.reshape(%s, [1, -1, 1, 1])), "
            + "torch.reshape(%s, [1, -1, 1, 1])), dtype)",
        normalized,
        factors,
        shifts);
  }

  private static String standardized(String x, String mean, String variance) {
    return "torch.mul(torch.sub(%s, %s), torch.rsqrt(torch.add(%s, %s)))"
        .formatted(x, mean, variance, Normalization.EPSILON);
  }
}
