package org.ganvas.inference.task;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ganvas.inference.model.LatentSpace;

/**
 * A sum of points of a latent space that are named by their seeds, such as {@code 12-7+3}.
 *
 * @param terms from 1 to 64
 */
public record SeedArithmetic(List<Term> terms) {
  private static final Pattern TERM = Pattern.compile("\\s*([+-])\\s*(\\d{1,18})\\s*");
  private static final int MOST_TERMS = 64;

  /** A seed, added or subtracted. */
  public record Term(boolean added, long seed) {}

  public SeedArithmetic {
    if (terms.isEmpty() || terms.size() > MOST_TERMS) {
      throw new IllegalArgumentException(
          "a sum has 1 to %d terms, found %d".formatted(MOST_TERMS, terms.size()));
    }
    terms = List.copyOf(terms);
  }

  /**
   * Reads {@code 12-7+3}; spaces around a seed don't count.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static SeedArithmetic parse(String text) {
    String signed = text.stripLeading().startsWith("-") ? text : "+" + text;
    Matcher matcher = TERM.matcher(signed);
    List<Term> terms = new ArrayList<>();
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      terms.add(new Term(matcher.group(1).equals("+"), Long.parseLong(matcher.group(2))));
      end = matcher.end();
    }
    if (terms.isEmpty() || end < signed.length()) {
      throw new IllegalArgumentException(
          "seeds are added and subtracted as in 12-7+3, found " + text);
    }
    return new SeedArithmetic(terms);
  }

  Latent result(LatentSpace space) {
    return Latent.sum(
        terms.stream().map(term -> Latent.ofSeed(space, term.seed)).toList(),
        terms.stream().map(term -> term.added ? 1 : -1).toList());
  }

  @Override
  public String toString() {
    String text =
        terms.stream()
            .map(term -> (term.added ? "+" : "-") + term.seed)
            .collect(Collectors.joining());
    return text.startsWith("+") ? text.substring(1) : text;
  }
}
