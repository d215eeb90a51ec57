package org.ganvas.server.work;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.task.Decimal;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TilePolicy;
import org.ganvas.inference.task.TranslateOptions;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** The parameters of a request as words, and what they mean; whatever else is found is refused. */
public final class TaskParameters {
  private static final Map<TaskKind, Set<String>> KNOWN =
      Map.of(
          TaskKind.UPSCALE,
          Set.of("model", "scale", "tile", "tile-pad", "format", "quality", "metadata"),
          TaskKind.TRANSLATE,
          Set.of("model", "fit", "tile", "tile-pad", "format", "quality", "metadata"),
          TaskKind.GENERATE,
          Set.of("model", "count", "seed", "label", "format", "quality"));

  private static final double LARGEST_SCALE = 16;
  private static final int LARGEST_COUNT = 64;
  private static final int SMALLEST_FIT = 16;
  private static final int LARGEST_FIT = 4096;
  private static final int LONGEST_ECHO = 60;

  private final Map<String, String> words;

  private TaskParameters(Map<String, String> words) {
    this.words = words;
  }

  /**
   * Reads parameters.
   *
   * @param words the query's parameters by name, each with its values
   * @param accepted the format that the client prefers where no parameter says one, or null
   * @throws ProblemException for an unknown, repeated or wrong one
   */
  public static TaskRequest parse(
      TaskKind kind, Map<String, List<String>> words, @Nullable OutputFormat accepted) {
    TaskParameters parameters = new TaskParameters(single(kind, words));
    return switch (kind) {
      case UPSCALE -> parameters.upscale(accepted);
      case TRANSLATE -> parameters.translate(accepted);
      case GENERATE -> parameters.generate(accepted);
    };
  }

  private static Map<String, String> single(TaskKind kind, Map<String, List<String>> words) {
    Set<String> known = KNOWN.getOrDefault(kind, Set.of());
    Map<String, String> single = new LinkedHashMap<>();
    words.forEach(
        (name, values) -> {
          if (!known.contains(name)) {
            throw wrong(
                "%s takes the parameters %s, found another: %s"
                    .formatted(
                        kind.label(),
                        known.stream().sorted().collect(Collectors.joining(", ")),
                        echo(name)));
          }
          if (values.isEmpty()) {
            throw wrong(
                "a parameter is percent-encoded UTF-8, found %s otherwise; write %% as %%25"
                    .formatted(name));
          }
          if (values.size() != 1) {
            throw wrong("a parameter is given once, found %s more often".formatted(name));
          }
          single.put(name, values.get(0));
        });
    return single;
  }

  private TaskRequest upscale(@Nullable OutputFormat accepted) {
    Double scale = words.containsKey("scale") ? value("scale", Decimal::parse, "a number") : null;
    if (scale != null && !(scale >= 1 && scale <= LARGEST_SCALE)) {
      throw wrong("scale is a number from 1 to 16, found " + scale);
    }
    return new TaskRequest.Upscale(
        words.get("model"), scale, tiles(), margin(TileMargin.DEFAULT), output(accepted));
  }

  private TaskRequest translate(@Nullable OutputFormat accepted) {
    Integer fit =
        words.containsKey("fit") ? number("fit", SMALLEST_FIT, SMALLEST_FIT, LARGEST_FIT) : null;
    return new TaskRequest.Translate(
        words.get("model"),
        fit,
        tiles(),
        margin(TranslateOptions.DEFAULT.margin()),
        output(accepted));
  }

  private TaskRequest generate(@Nullable OutputFormat accepted) {
    long seed =
        words.containsKey("seed")
            ? value("seed", Long::valueOf, "a whole number")
            : ThreadLocalRandom.current().nextLong(1L << 32);
    return new TaskRequest.Generate(
        words.get("model"),
        number("count", 1, 1, LARGEST_COUNT),
        seed,
        words.get("label"),
        output(accepted));
  }

  private TilePolicy tiles() {
    return words.containsKey("tile")
        ? value("tile", TilePolicy::parse, "auto, off or a side in pixels")
        : TilePolicy.AUTO;
  }

  private TileMargin margin(TileMargin otherwise) {
    return words.containsKey("tile-pad")
        ? value("tile-pad", TileMargin::parse, "exact or a number of pixels")
        : otherwise;
  }

  private TaskRequest.Output output(@Nullable OutputFormat accepted) {
    int quality = number("quality", OutputFormat.Jpeg.DEFAULT_QUALITY, 1, 100);
    String format = words.get("format");
    boolean keep =
        switch (words.getOrDefault("metadata", "drop")) {
          case "keep" -> true;
          case "drop" -> false;
          default -> throw wrong("metadata is keep or drop, found " + echo(words.get("metadata")));
        };
    OutputFormat chosen =
        format == null ? inQuality(accepted, quality) : WrittenFormats.named(format, quality);
    if (format != null && chosen == null) {
      throw wrong("format is %s, found %s".formatted(WrittenFormats.names(), echo(format)));
    }
    return new TaskRequest.Output(chosen, quality, keep);
  }

  private static @Nullable OutputFormat inQuality(@Nullable OutputFormat format, int quality) {
    return format == null ? null : format.inQuality(quality);
  }

  private int number(String name, int otherwise, int least, int most) {
    int number =
        words.containsKey(name) ? value(name, Integer::valueOf, "a whole number") : otherwise;
    if (number < least || number > most) {
      throw wrong("%s is a number from %d to %d, found %d".formatted(name, least, most, number));
    }
    return number;
  }

  private <T> T value(String name, Function<String, T> parser, String rule) {
    String word = words.getOrDefault(name, "");
    try {
      return parser.apply(word);
    } catch (NumberFormatException e) {
      throw wrong("%s is %s, found %s".formatted(name, rule, echo(word)));
    } catch (IllegalArgumentException e) {
      throw wrong("%s: %s".formatted(name, e.getMessage()));
    }
  }

  private static ProblemException wrong(String detail) {
    return new ProblemException(ProblemKind.BAD_REQUEST, detail);
  }

  /** What a client sent, short enough for a message to it. */
  private static String echo(@Nullable String word) {
    String found = String.valueOf(word);
    return found.length() <= LONGEST_ECHO ? found : found.substring(0, LONGEST_ECHO) + "…";
  }
}
