package org.ganvas.cli.generate;

import java.util.List;
import java.util.Objects;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.task.SampleGrid;
import org.ganvas.inference.task.SeedArithmetic;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code generate} that say what pictures are made. */
final class SampleOptions {
  private static final String ALL = "all";
  private static final int DEFAULT_COUNT = 64;
  private static final int DEFAULT_COUNT_PER_LABEL = 10;
  private static final int DEFAULT_STEPS = 10;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many pictures. Default: 64, or 10 of each label with several labels.")
  private @Nullable Integer count;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The first picture's seed; the others have the next ones. Default: 0.")
  private @Nullable Long seed;

  @Option(
      names = "--label",
      paramLabel = "LABEL|all",
      description =
          "What the pictures show, one of the model's labels; may be repeated; a row for each."
              + " Default: the labels in turn.")
  private List<String> labels = List.of();

  @Option(
      names = "--interpolate",
      paramLabel = "SEED",
      arity = "2",
      description = "Pictures on the way from one seed's to another's.")
  private List<Long> ends = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "How many pictures that way has, with both ends. Default: 10.")
  private @Nullable Integer steps;

  @Option(
      names = "--arithmetic",
      paramLabel = "SUM",
      description = "Seeds added and subtracted, such as 12-7+3: their pictures, then the sum's.")
  private @Nullable String sum;

  /**
   * What is asked for.
   *
   * @throws IllegalArgumentException if the options contradict each other or the model
   */
  SampleGrid grid(LatentSpace space) {
    refuseContradictions();
    List<String> wanted = labels(space);
    if (sum != null) {
      return SampleGrid.of(space, wanted, SeedArithmetic.parse(sum));
    }
    if (!ends.isEmpty()) {
      int pictures = Objects.requireNonNullElse(steps, DEFAULT_STEPS);
      return SampleGrid.between(space, wanted, ends.get(0), ends.get(1), pictures);
    }
    int usual = wanted.size() > 1 ? DEFAULT_COUNT_PER_LABEL : DEFAULT_COUNT;
    return SampleGrid.ofSeeds(space, wanted, firstSeed(), Objects.requireNonNullElse(count, usual));
  }

  /** What the pictures are called together: {@code 7}, {@code 12-to-40} or {@code 12-7+3}. */
  String title() {
    if (sum != null) {
      return SeedArithmetic.parse(sum).toString();
    }
    return ends.isEmpty() ? Long.toString(firstSeed()) : ends.get(0) + "-to-" + ends.get(1);
  }

  private long firstSeed() {
    return Objects.requireNonNullElse(seed, 0L);
  }

  private List<String> labels(LatentSpace space) {
    boolean all = labels.equals(List.of(ALL)) && !space.labels().isEmpty();
    return all ? space.labels() : labels;
  }

  private void refuseContradictions() {
    boolean otherThanSeeds = sum != null || !ends.isEmpty();
    if (sum != null && !ends.isEmpty()) {
      throw new IllegalArgumentException("--interpolate and --arithmetic exclude each other");
    }
    if (ends.size() > 2) {
      throw new IllegalArgumentException("--interpolate has two seeds, found " + ends);
    }
    if (otherThanSeeds && (count != null || seed != null)) {
      throw new IllegalArgumentException(
          "--count and --seed are for pictures of consecutive seeds;"
              + " leave them out with --interpolate and --arithmetic");
    }
    if (steps != null && ends.isEmpty()) {
      throw new IllegalArgumentException("--steps is for --interpolate; use --count");
    }
  }
}
