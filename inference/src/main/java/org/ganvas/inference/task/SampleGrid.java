package org.ganvas.inference.task;

import java.util.ArrayList;
import java.util.List;
import org.ganvas.inference.model.LatentSpace;
import org.jspecify.annotations.Nullable;

/**
 * Pictures to be generated and shown together.
 *
 * @param samples row by row, from 1 to 4096
 * @param columns how many are side by side, at least 1
 */
public record SampleGrid(List<Sample> samples, int columns) {
  private static final int MOST_SAMPLES = 4096;

  public SampleGrid {
    if (samples.isEmpty() || samples.size() > MOST_SAMPLES) {
      throw tooMany(samples.size());
    }
    PictureGrid.requireColumns(columns);
    samples = List.copyOf(samples);
  }

  /**
   * The pictures of consecutive seeds: with several labels a row for each, all rows of the same
   * seeds; else about as many rows as columns.
   *
   * @param labels whose pictures; empty for a model without labels, and for all labels in turn
   * @param first the first seed, at least 0
   * @param count pictures, of each label if there are several
   * @throws IllegalArgumentException if the model has no such label, or the numbers are out of
   *     range
   */
  public static SampleGrid ofSeeds(LatentSpace space, List<String> labels, long first, int count) {
    requireLabels(space, labels);
    if (count < 1 || (long) count * Math.max(1, labels.size()) > MOST_SAMPLES) {
      throw tooMany((long) count * Math.max(1, labels.size()));
    }
    requireSeed(first);
    if (first > Long.MAX_VALUE - (count - 1)) {
      throw new IllegalArgumentException(
          "the last seed is %d, found %d pictures from seed %d on"
              .formatted(Long.MAX_VALUE, count, first));
    }
    List<Named> seeds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seeds.add(new Named(Long.toString(first + i), Latent.ofSeed(space, first + i)));
    }
    int square = (int) Math.ceil(Math.sqrt(count));
    if (!labels.isEmpty() || space.labels().isEmpty()) {
      return rows(seeds, labels, labels.size() > 1 ? count : square);
    }
    List<Sample> inTurn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      inTurn.add(seeds.get(i).sample(space.labels().get(i % space.labels().size())));
    }
    return new SampleGrid(inTurn, square);
  }

  /**
   * Pictures on the way from one seed's to another's along the sphere.
   *
   * @param labels a row for each; empty for a model without labels only
   * @param from the first seed, at least 0
   * @param to the other seed, at least 0
   * @param steps pictures in a row, both ends included; at least 2
   * @throws IllegalArgumentException as {@link #ofSeeds} does, and if labels are needed
   */
  public static SampleGrid between(
      LatentSpace space, List<String> labels, long from, long to, int steps) {
    requireSomeLabels(space, labels);
    if (steps < 2 || steps > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "an interpolation has 2 to %d steps, found %d".formatted(MOST_SAMPLES, steps));
    }
    requireSeed(from);
    requireSeed(to);
    Latent start = Latent.ofSeed(space, from);
    Latent end = Latent.ofSeed(space, to);
    List<Named> points = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      String name = "%d-to-%d-%d".formatted(from, to, i + 1);
      points.add(new Named(name, start.towards(end, (double) i / (steps - 1))));
    }
    return rows(points, labels, steps);
  }

  /**
   * The pictures of the operands, and that of their sum as the last one of the row.
   *
   * @param labels a row for each; empty for a model without labels only
   * @throws IllegalArgumentException as {@link #between} does
   */
  public static SampleGrid of(LatentSpace space, List<String> labels, SeedArithmetic sum) {
    requireSomeLabels(space, labels);
    List<Named> points = new ArrayList<>();
    for (SeedArithmetic.Term term : sum.terms()) {
      points.add(new Named(Long.toString(term.seed()), Latent.ofSeed(space, term.seed())));
    }
    points.add(new Named(sum.toString(), sum.result(space)));
    return rows(points, labels, points.size());
  }

  private record Named(String name, Latent latent) {
    Sample sample(@Nullable String label) {
      return new Sample(name, latent, label);
    }
  }

  private static SampleGrid rows(List<Named> points, List<String> labels, int columns) {
    List<Sample> samples = new ArrayList<>();
    for (String label : labels) {
      points.forEach(point -> samples.add(point.sample(label)));
    }
    if (labels.isEmpty()) {
      points.forEach(point -> samples.add(point.sample(null)));
    }
    return new SampleGrid(samples, columns);
  }

  private static void requireSomeLabels(LatentSpace space, List<String> labels) {
    if (labels.isEmpty() && !space.labels().isEmpty()) {
      throw new IllegalArgumentException(
          "this model needs a label here, one of " + String.join(", ", space.labels()));
    }
    requireLabels(space, labels);
  }

  private static void requireLabels(LatentSpace space, List<String> labels) {
    for (String label : labels) {
      if (!space.labels().contains(label)) {
        throw new IllegalArgumentException(
            space.labels().isEmpty()
                ? "this model has no labels, found %s; leave the label out".formatted(label)
                : "this model has the labels %s, found %s; choose one of them"
                    .formatted(String.join(", ", space.labels()), label));
      }
    }
  }

  private static void requireSeed(long found) {
    if (found < 0) {
      throw new IllegalArgumentException("a seed is a whole number from 0, found " + found);
    }
  }

  private static IllegalArgumentException tooMany(long found) {
    return new IllegalArgumentException(
        "1 to %d pictures are generated at once, found %d".formatted(MOST_SAMPLES, found));
  }
}
