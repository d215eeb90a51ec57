package org.ganvas.training.plan;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a training run computes; it is written into the run's folder and
 * onto the model card.
 *
 * @param method the training method's registered name, such as {@code super-resolution}
 * @param name the model's name, such as {@code photo-x4}
 * @param seed of everything random
 * @param precision what the networks compute in, where they have no precision of their own
 * @param data the pictures
 * @param optimization how it is trained
 * @param networks how each kind of network is trained, by the method's names for them; {@code
 *     generator} is always one
 * @param settings what belongs to this training method alone
 * @param intervals how often what is done beside
 * @param publication what the model card says beyond what the run knows; may be null
 */
public record TrainingPlan(
    String method,
    String name,
    long seed,
    Precision precision,
    Data data,
    Optimization optimization,
    Map<String, Network> networks,
    MethodSettings settings,
    Intervals intervals,
    @Nullable Publication publication) {
  /** What every method calls the network that is exported. */
  public static final String GENERATOR = "generator";

  /** What every method that has one calls the network that judges. */
  public static final String DISCRIMINATOR = "discriminator";

  public TrainingPlan {
    require(given(method), "method is a name", method);
    require(
        given(name) && name.matches("[^\\s./\\\\][^/\\\\]*"),
        "name is a file's name, without a folder and not hidden",
        name);
    require(
        given(precision) && precision != Precision.FLOAT16,
        "precision is FLOAT32 or BFLOAT16, for small gradients vanish in float16",
        precision);
    require(given(data), "data is an object", data);
    require(given(optimization), "optimization is an object", optimization);
    require(
        given(networks) && networks.containsKey(GENERATOR) && !networks.containsValue(null),
        "networks has an object for each network, one of them generator",
        networks);
    networks = Collections.unmodifiableMap(new LinkedHashMap<>(networks));
    require(given(settings), "settings is an object", settings);
    require(given(intervals), "intervals is an object", intervals);
  }

  /**
   * How one kind of network is trained.
   *
   * @param optimizer what updates its weights
   * @param learningRate at its peak
   * @param firstBeta share of the mean gradient that a step of Adam keeps
   * @param secondBeta share of the mean square gradient that a step of Adam keeps
   * @param gradientLimit what a longer gradient, of all weights together, is shortened to; null for
   *     no limit
   * @param precision what it computes in; null for the plan's
   * @param layout its memory layout; null for its architecture's own
   */
  public record Network(
      Optimizer optimizer,
      double learningRate,
      double firstBeta,
      double secondBeta,
      @Nullable Double gradientLimit,
      @Nullable Precision precision,
      @Nullable MemoryLayout layout) {
    public Network {
      require(given(optimizer), "networks' optimizer is ADAM or MUON", optimizer);
      require(
          learningRate > 0 && learningRate <= 1,
          "networks' learningRate is above 0 and at most 1",
          learningRate);
      require(
          firstBeta >= 0 && firstBeta < 1, "networks' firstBeta is 0 or more, below 1", firstBeta);
      require(
          secondBeta >= 0 && secondBeta < 1,
          "networks' secondBeta is 0 or more, below 1",
          secondBeta);
      require(
          gradientLimit == null || gradientLimit > 0,
          "networks' gradientLimit is above 0, or null",
          gradientLimit);
      require(
          precision != Precision.FLOAT16,
          "networks' precision is FLOAT32, BFLOAT16 or null, for small gradients vanish in float16",
          precision);
    }
  }

  /**
   * What the model card says beyond what the run knows.
   *
   * @param description one sentence for people who choose a model
   * @param licence SPDX identifier of the licence of the weights
   * @param data the data sets with their licences
   */
  public record Publication(String description, String licence, List<Provenance.DataSet> data) {
    public Publication {
      require(given(description), "publication.description is a sentence", description);
      require(given(licence), "publication.licence is an SPDX identifier", licence);
      require(
          given(data) && data.stream().allMatch(Publication::isWhole),
          "publication.data lists name, pictures, licence and attribution",
          data);
      data = List.copyOf(data);
    }

    private static boolean isWhole(Provenance.DataSet set) {
      return given(set) && given(set.name()) && given(set.licence()) && given(set.attribution());
    }
  }

  /**
   * The pictures.
   *
   * @param folders folders with pictures, searched with all their subfolders
   * @param validation folder with pictures that are only measured; may be null
   * @param batch pictures per step
   */
  public record Data(
      @LocalPath List<String> folders, @LocalPath @Nullable String validation, int batch) {
    public Data {
      require(
          given(folders) && folders.stream().allMatch(SettingRule::given),
          "data.folders is a list of folders",
          folders);
      folders = List.copyOf(folders);
      require(batch >= 1 && batch <= 1024, "data.batch is 1 to 1024", batch);
    }

    /** The folders as paths. */
    public List<Path> paths() {
      return folders.stream().map(Path::of).toList();
    }
  }

  /**
   * How it is trained.
   *
   * @param steps of the whole run
   * @param warmUp steps until the learning rates' peak
   * @param fall how the learning rates fall to zero
   * @param fallFrom share of the run after which they fall
   * @param averageDecay share of the old weight average that a step keeps
   */
  public record Optimization(
      long steps,
      long warmUp,
      LearningRateSchedule.Fall fall,
      double fallFrom,
      double averageDecay) {
    public Optimization {
      require(steps >= 1, "optimization.steps is at least 1", steps);
      require(warmUp >= 0, "optimization.warmUp is at least 0", warmUp);
      require(given(fall), "optimization.fall is COSINE, LINEAR or NONE", fall);
      require(
          fallFrom >= 0 && fallFrom < 1, "optimization.fallFrom is 0 or more, below 1", fallFrom);
      require(
          averageDecay >= 0 && averageDecay < 1,
          "optimization.averageDecay is 0 or more and below 1",
          averageDecay);
    }
  }

  /**
   * Steps between two of each.
   *
   * @param log lines of the log
   * @param validation validations and sample pictures
   * @param checkpoint checkpoints
   */
  public record Intervals(long log, long validation, long checkpoint) {
    public Intervals {
      require(log >= 1, "intervals.log is at least 1 step", log);
      require(validation >= 1, "intervals.validation is at least 1 step", validation);
      require(checkpoint >= 1, "intervals.checkpoint is at least 1 step", checkpoint);
    }
  }

  /** The learning rates' common course that follows from the plan. */
  public LearningRateSchedule schedule() {
    return new LearningRateSchedule(
        optimization.fall(),
        optimization.warmUp(),
        Math.round(optimization.fallFrom() * optimization.steps()),
        optimization.steps());
  }

  /**
   * The training of a kind of network.
   *
   * @param network the method's name for it, such as {@code generator}
   * @throws IllegalArgumentException if the plan has none of that name
   */
  public Network network(String network) {
    Network found = networks.get(network);
    require(found != null, "networks has an object for " + network, networks.keySet());
    return Objects.requireNonNull(found);
  }

  /**
   * What a kind of network computes in.
   *
   * @param network the method's name for it
   * @param fastLayout the layout to take where the plan asks for none
   */
  public ProgramMethod computing(String network, MemoryLayout fastLayout) {
    Network found = network(network);
    return new ProgramMethod(
        Objects.requireNonNullElse(found.precision(), precision),
        Objects.requireNonNullElse(found.layout(), fastLayout));
  }

  /** This plan with other settings of its method. */
  public TrainingPlan withSettings(MethodSettings other) {
    return new TrainingPlan(
        method, name, seed, precision, data, optimization, networks, other, intervals, publication);
  }
}
