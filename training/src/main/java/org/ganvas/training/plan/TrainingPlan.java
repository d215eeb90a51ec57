package org.ganvas.training.plan;

import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a training run computes; it is written into the run's folder and
 * onto the model card.
 *
 * @param method the training method's registered name, such as {@code super-resolution}
 * @param name the model's name, such as {@code photo-x4}
 * @param seed of everything random
 * @param precision what the networks compute in
 * @param network the network that is trained
 * @param data the pictures
 * @param optimization how it is trained
 * @param intervals how often what is done beside
 * @param publication what the model card says beyond what the run knows; may be null
 */
public record TrainingPlan(
    String method,
    String name,
    long seed,
    Precision precision,
    Network network,
    Data data,
    Optimization optimization,
    Intervals intervals,
    @Nullable Publication publication) {

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
    require(given(network), "network is an object", network);
    require(given(data), "data is an object", data);
    require(given(optimization), "optimization is an object", optimization);
    require(given(intervals), "intervals is an object", intervals);
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
   * A network by name.
   *
   * @param architecture its registered name, such as {@code compact-sr}
   * @param channels channels of the inner layers
   * @param blocks residual blocks
   * @param scale output pixels per input pixel along one side
   * @param startFrom a model file whose tensors of equal name and shape are taken over
   */
  public record Network(
      String architecture, int channels, int blocks, int scale, @Nullable String startFrom) {
    public Network {
      require(given(architecture), "network.architecture is a name", architecture);
      require(channels >= 1 && channels <= 1024, "network.channels is 1 to 1024", channels);
      require(blocks >= 1 && blocks <= 256, "network.blocks is 1 to 256", blocks);
      require(scale >= 1 && scale <= 8, "network.scale is 1 to 8", scale);
    }

    /** The options of the architecture. */
    public Map<String, String> options() {
      return Map.of(
          "channels", Integer.toString(channels),
          "blocks", Integer.toString(blocks),
          "scale", Integer.toString(scale));
    }
  }

  /**
   * The pictures.
   *
   * @param folders folders with photos, searched with all their subfolders
   * @param validation folder with photos that are only measured; may be null
   * @param batch pictures per step
   * @param crop side of the small picture, in pixels
   * @param shrinkAbove photos with a longer side than this are first shrunk twofold, which removes
   *     the traces of JPEG and demosaicing
   */
  public record Data(
      List<String> folders, @Nullable String validation, int batch, int crop, int shrinkAbove) {
    public Data {
      require(
          given(folders) && folders.stream().allMatch(TrainingPlan::given),
          "data.folders is a list of folders",
          folders);
      folders = List.copyOf(folders);
      require(batch >= 1 && batch <= 1024, "data.batch is 1 to 1024", batch);
      require(crop >= 8 && crop <= 512, "data.crop is 8 to 512 pixels", crop);
      require(shrinkAbove >= 1, "data.shrinkAbove is at least 1 pixel", shrinkAbove);
    }
  }

  /**
   * How it is trained.
   *
   * @param steps of the whole run
   * @param learningRate at its peak
   * @param warmUp steps until the peak
   * @param averageDecay share of the old weight average that a step keeps
   */
  public record Optimization(long steps, double learningRate, long warmUp, double averageDecay) {
    public Optimization {
      require(steps >= 1, "optimization.steps is at least 1", steps);
      require(
          learningRate > 0 && learningRate <= 1,
          "optimization.learningRate is above 0 and at most 1",
          learningRate);
      require(warmUp >= 0, "optimization.warmUp is at least 0", warmUp);
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

  /** Gson leaves null what is null in a file, and a constant that does not exist too. */
  private static boolean given(@Nullable Object setting) {
    return setting != null;
  }

  private static void require(boolean holds, String rule, @Nullable Object found) {
    if (!holds) {
      throw new IllegalArgumentException("%s, found %s".formatted(rule, found));
    }
  }

  /** The learning rate that follows from the plan. */
  public LearningRateSchedule schedule() {
    return new LearningRateSchedule(
        optimization.learningRate(), optimization.warmUp(), optimization.steps());
  }
}
