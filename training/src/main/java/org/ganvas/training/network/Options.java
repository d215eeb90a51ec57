package org.ganvas.training.network;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ganvas.training.script.Normalization;
import org.jspecify.annotations.Nullable;

/**
 * The options of an architecture while it is being created: each is read once, with its default and
 * its rule; an option that nobody read is refused with the list of those that were.
 */
public final class Options {
  private static final String NORMALIZATION = "normalization";

  private final String architecture;
  private final Map<String, String> given;
  private final Set<String> known = new LinkedHashSet<>();

  Options(String architecture, Map<String, String> given) {
    this.architecture = architecture;
    this.given = given;
  }

  /** A whole number from {@code least} to {@code most}. */
  int whole(String name, int preset, int least, int most) {
    String rule = "is a whole number from %d to %d".formatted(least, most);
    String text = text(name, Integer.toString(preset));
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw broken(name, rule, text, e);
    }
    throw broken(name, rule, text, null);
  }

  /** One of a few whole numbers, the first of which is the default. */
  int oneOf(String name, Integer... values) {
    List<String> names = Arrays.stream(values).map(String::valueOf).toList();
    return Integer.parseInt(oneOf(name, names));
  }

  /** True or false. */
  boolean flag(String name, boolean preset) {
    return oneOf(name, preset ? List.of("true", "false") : List.of("false", "true")).equals("true");
  }

  /** One of a few constants, the first of which is the default, in lower case with dashes. */
  <E extends Enum<E>> E choice(String name, List<E> values) {
    List<String> names = values.stream().map(Options::text).toList();
    return values.get(names.indexOf(oneOf(name, names)));
  }

  /** The norm of a discriminator: batch norm, unless something else is asked for. */
  Normalization discriminatorNormalization() {
    return choice(
        NORMALIZATION,
        List.of(
            Normalization.BATCH, Normalization.INSTANCE, Normalization.LAYER, Normalization.NONE));
  }

  /** The norm of a generator that translates. */
  Normalization translatorNormalization(Normalization preset) {
    Stream<Normalization> all =
        Stream.of(
            preset,
            Normalization.BATCH,
            Normalization.INSTANCE,
            Normalization.INSTANCE_AFFINE,
            Normalization.NONE);
    return choice(NORMALIZATION, all.distinct().toList());
  }

  /** One of a few words, the first of which is the default. */
  String oneOf(String name, List<String> values) {
    String rule = "is one of " + String.join(", ", values);
    String text = text(name, values.get(0));
    if (!values.contains(text)) {
      throw broken(name, rule, text, null);
    }
    return text;
  }

  private String text(String name, String preset) {
    known.add(name);
    return given.getOrDefault(name, preset);
  }

  /** A constant as options are written, such as {@code instance-affine}. */
  static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Refuses options that nothing asked for.
   *
   * @throws IllegalArgumentException naming one of them, and those that there are
   */
  void requireNoOthers() {
    new TreeMap<>(given)
        .keySet().stream()
            .filter(name -> !known.contains(name))
            .findFirst()
            .ifPresent(
                name -> {
                  throw new IllegalArgumentException(
                      "the options of %s are %s, found %s"
                          .formatted(architecture, String.join(", ", known), name));
                });
  }

  private IllegalArgumentException broken(
      String name, String rule, String found, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "option %s of %s %s, found %s".formatted(name, architecture, rule, found), cause);
  }
}
