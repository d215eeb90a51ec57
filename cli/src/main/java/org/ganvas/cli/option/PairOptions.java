package org.ganvas.cli.option;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.ganvas.training.data.Framing;
import org.ganvas.training.recipe.PairSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The options of commands that measure translators: which pairs, and which squares of them. */
public final class PairOptions {
  private static final int SMALLEST_SIDE = 16;
  private static final int LARGEST_SIDE = 4096;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--pair",
      paramLabel = "KIND",
      description = {
        "given (each file shows both pictures side by side), or made of each photo: colorize, grey,"
            + " edges, restore or paint."
      })
  private @Nullable String pair;

  @Option(
      names = "--direction",
      paramLabel = "AtoB|BtoA",
      defaultValue = "AtoB",
      description = {
        "Which picture of a pair becomes which. A is the left one, that of the first folder, or what"
            + " --pair begins with: paint BtoA is from painting to photo. Default: ${DEFAULT-VALUE}."
      })
  private String direction = "AtoB";

  @Option(
      names = "--load",
      paramLabel = "N",
      description = {
        "Shorter side that pictures are resized to before squares are cut out of them, as in"
            + " training. Default: they keep their size."
      })
  private @Nullable Integer load;

  @Option(
      names = "--crop",
      paramLabel = "N",
      defaultValue = "256",
      description = "Side of the squares that are compared. Default: ${DEFAULT-VALUE}.")
  private int crop;

  /** Whether a kind of pairs was named. */
  public boolean isChosen() {
    return pair != null;
  }

  /** The options of these that stand on the command line. */
  public List<String> given() {
    ParseResult line = command.commandLine().getParseResult();
    return Stream.of("--pair", "--direction", "--load", "--crop")
        .filter(line::hasMatchedOption)
        .toList();
  }

  /** The kind of pairs; those that are given if none was named. */
  public String kind() {
    return pair == null ? PairSettings.GIVEN : pair.toLowerCase(Locale.ROOT);
  }

  /**
   * What belongs together.
   *
   * @param targets the folder of the second pictures; null if there is none
   * @throws ParameterException if there is no such kind or direction
   */
  public PairSettings settings(@Nullable String targets) {
    try {
      return new PairSettings(kind(), direction, targets, null);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /**
   * The squares.
   *
   * @throws ParameterException if they are too small or too large
   */
  public Framing framing() {
    if (crop < SMALLEST_SIDE || crop > LARGEST_SIDE) {
      throw new ParameterException(
          command.commandLine(),
          "a crop is %d to %d pixels, found %d".formatted(SMALLEST_SIDE, LARGEST_SIDE, crop));
    }
    if (load != null && (load < crop || load > LARGEST_SIDE)) {
      throw new ParameterException(
          command.commandLine(),
          "pictures are loaded with a shorter side of %d (the crop) to %d pixels, found --load %d"
              .formatted(crop, LARGEST_SIDE, load));
    }
    return new Framing(load, crop, false);
  }
}
