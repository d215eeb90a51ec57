package org.ganvas.training.script;

import org.ganvas.training.script.Initializer.Constant;

/**
 * The normalizations, all with epsilon 1e-5; the shape is never changed. The factors and shifts,
 * one each per channel, are called {@code weight} and {@code bias} as everywhere.
 */
public enum Normalization {
  /** None at all. */
  NONE {
    @Override
    Value apply(Script script, Value x, String parameter) {
      return x;
    }
  },

  /**
   * Batch norm (Ioffe and Szegedy 2015) over N, H and W: in training by the batch's own statistics,
   * otherwise by the running ones.
   */
  BATCH {
    @Override
    Value apply(Script script, Value x, String parameter) {
      // Not cast: libtorch normalizes bfloat16 with float32 weights and statistics.
      Affine affine = Affine.declare(script, parameter, x.channels());
      long c = x.channels();
      String mean =
          script.parameter(Parameter.buffer(parameter + ".running_mean", new Constant(0), c));
      String variance =
          script.parameter(Parameter.buffer(parameter + ".running_var", new Constant(1), c));
      return script.append(
          x,
          "torch.batch_norm(%s, %s, %s, %s, %s, self.training, 0.1, " + EPSILON + ", True)",
          x.variable(),
          affine.factors(),
          affine.shifts(),
          mean,
          variance);
    }
  },

  /** Instance norm (Ulyanov et al. 2016) over H and W, without factors and shifts. */
  INSTANCE {
    @Override
    Value apply(Script script, Value x, String parameter) {
      return instanceNorm(script, x, new Affine("None", "None"));
    }
  },

  /** Instance norm with factors and shifts: batch norm with a batch of one, always in training. */
  INSTANCE_AFFINE {
    @Override
    Value apply(Script script, Value x, String parameter) {
      return instanceNorm(script, x, Affine.declare(script, parameter, x.channels()));
    }
  },

  /**
   * Layer norm (Ba et al. 2016) over C, H and W, the factors and shifts per channel: for the critic
   * of WGAN-GP, whose penalty allows no norm over the batch (Gulrajani et al. 2017, section 4).
   */
  LAYER {
    @Override
    Value apply(Script script, Value x, String parameter) {
      Affine affine = Affine.declare(script, parameter, x.channels());
      Value wholePicture = new Value("", x.channels(), x.grid(), Double.POSITIVE_INFINITY);
      // Cast, other than in the norms above: on a GPU libtorch mixes no precisions here.
      return script.append(
          wholePicture,
          "torch.group_norm(%s, 1, %s, %s, " + EPSILON + ", True)",
          x.variable(),
          script.cast(affine.factors()),
          script.cast(affine.shifts()));
    }
  },

  /**
   * Virtual batch norm (Salimans et al. 2016, section 3.5): by the statistics of a reference batch
   * that never changes, and of the example itself, which counts as one more of them. No example
   * depends on the others of its batch then. The reference batch must have joined the batch, see
   * {@link ReferenceBatch}.
   */
  VIRTUAL_BATCH {
    @Override
    Value apply(Script script, Value x, String parameter) {
      Affine affine = Affine.declare(script, parameter, x.channels());
      return ReferenceBatch.normalize(script, x, affine.factors(), affine.shifts());
    }
  };

  static final String EPSILON = "1.0000000000000001e-05";

  /**
   * Whether the layer before has a bias of its own. The reference implementations keep one before
   * instance norm without shifts, where it does nothing; batch norm and the like have their own.
   */
  public boolean leavesBias() {
    return this == NONE || this == INSTANCE;
  }

  /** Appends the statements, and declares the parameters under that name. */
  abstract Value apply(Script script, Value x, String parameter);

  /** As expressions of the program. */
  private record Affine(String factors, String shifts) {
    static Affine declare(Script script, String parameter, long channels) {
      Initializer factors = script.initialization().factors();
      return new Affine(
          script.parameter(Parameter.weight(parameter + ".weight", factors, channels)),
          script.parameter(Parameter.weight(parameter + ".bias", new Constant(0), channels)));
    }
  }

  /**
   * The radius stays: by statistics that come from outside a pixel depends on no other, see {@link
   * ProgramFacts#statistics}.
   */
  private static Value instanceNorm(Script script, Value x, Affine affine) {
    String plain =
        "torch.instance_norm(%s, %s, %s, None, None, True, 0.1, %s, True)"
            .formatted(x.variable(), affine.factors(), affine.shifts(), EPSILON);
    Statements.Moments moments = script.statements().measure(x);
    String given =
        "torch.batch_norm(%s, %s, %s, %s, %s, False, 0.1, %s, True)"
            .formatted(
                x.variable(),
                affine.factors(),
                affine.shifts(),
                moments.means(),
                moments.variances(),
                EPSILON);
    return script.append(x, new Statement(plain, plain, given));
  }
}
