package org.ganvas.training.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Curves that belong into one chart, for their names end (or else begin) with the same word: what
 * {@code validationPsnr} and {@code bicubicPsnr} measure is comparable.
 *
 * @param title the shared word, or the whole name of a curve that is alone
 * @param curves at least one, each under the name that the legend shows
 */
record ChartGroup(String title, Map<String, Curve> curves) {
  /** Measures that are written in capitals. */
  private static final Set<String> ACRONYMS = Set.of("psnr", "ssim", "lpips", "niqe", "fid");

  private static final Map<String, String> UNITS = Map.of("PSNR", "dB");

  /** Curves whose largest values differ by more than this would press each other flat. */
  private static final double COMPARABLE = 20;

  /** Sorts curves into groups, in the order of each group's first curve. */
  static List<ChartGroup> of(Collection<Curve> curves) {
    List<List<Curve>> found = new ArrayList<>();
    List<Curve> alone = new ArrayList<>();
    for (List<Curve> group : groups(curves, name -> name.get(name.size() - 1))) {
      if (group.size() > 1) {
        found.add(group);
      } else {
        alone.addAll(group);
      }
    }
    found.addAll(groups(alone, name -> name.get(0)));
    List<Curve> order = List.copyOf(curves);
    found.sort(Comparator.comparingInt(group -> order.indexOf(group.get(0))));
    return found.stream().map(ChartGroup::group).toList();
  }

  /** Curves with the same key and of comparable size, in the order of each group's first one. */
  private static Collection<List<Curve>> groups(
      Collection<Curve> curves, Function<List<String>, String> key) {
    Map<String, List<Curve>> groups = new LinkedHashMap<>();
    for (Curve curve : curves) {
      String word = key.apply(words(curve.name()));
      List<Curve> group = groups.computeIfAbsent(word, unused -> new ArrayList<>());
      if (group.isEmpty() || isComparable(group.get(0), curve)) {
        group.add(curve);
      } else {
        // No word has a space, so it is in no other's place.
        groups.put(" " + curve.name(), new ArrayList<>(List.of(curve)));
      }
    }
    return groups.values();
  }

  private static boolean isComparable(Curve a, Curve b) {
    double larger = Math.max(a.largest(), b.largest());
    return larger <= COMPARABLE * Math.min(a.largest(), b.largest());
  }

  private static ChartGroup group(List<Curve> curves) {
    List<String> first = words(curves.get(0).name());
    if (curves.size() == 1) {
      return new ChartGroup(label(first), Map.of(label(first), curves.get(0)));
    }
    String last = first.get(first.size() - 1);
    boolean byLast = curves.stream().allMatch(curve -> endsWith(curve, last));
    Map<String, Curve> named = new LinkedHashMap<>();
    for (Curve curve : curves) {
      List<String> words = new ArrayList<>(words(curve.name()));
      if (words.size() > 1) {
        words.remove(byLast ? words.size() - 1 : 0);
      }
      named.put(label(words), curve);
    }
    return new ChartGroup(label(List.of(byLast ? last : first.get(0))), named);
  }

  /** The title, with the unit of the values if they have one. */
  String heading() {
    String unit = UNITS.get(title.substring(title.lastIndexOf(' ') + 1));
    return unit == null ? title : "%s (%s)".formatted(title, unit);
  }

  private static boolean endsWith(Curve curve, String word) {
    List<String> words = words(curve.name());
    return words.get(words.size() - 1).equals(word);
  }

  /** The words of a name in camel case: {@code validationPsnr} has two; at least one. */
  static List<String> words(String name) {
    List<String> words =
        Stream.of(name.split("(?<=[a-z0-9])(?=[A-Z])|[\\s._/-]+"))
            .map(word -> word.toLowerCase(Locale.ROOT))
            .toList();
    return words.isEmpty() ? List.of(name) : words;
  }

  private static String label(List<String> words) {
    return String.join(
        " ",
        words.stream()
            .map(word -> ACRONYMS.contains(word) ? word.toUpperCase(Locale.ROOT) : word)
            .toList());
  }
}
