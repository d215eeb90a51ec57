package org.ganvas.inference.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the card of a blend says, and whether two cards allow one. */
final class BlendCard {
  private BlendCard() {}

  /** The card, complete but for the SHA-256 of the weights. */
  static ModelCard of(ModelBlend blend, String name) {
    ModelCard from = blend.from().card();
    ModelCard to = blend.to().card();
    String share = String.format(Locale.ROOT, "%s", blend.alpha());
    return new ModelCard(
        name,
        "%s (%s of the way from %s)".formatted(to.description(), share, from.name()),
        to.task(),
        to.network(),
        to.translation(),
        to.latent(),
        sharpens(from, to, name),
        provenance(from, to, share),
        List.of(),
        "");
  }

  /**
   * What is between a faithful model and its sharp twin, or between two sharp twins of one model,
   * is a sharp twin itself; unless it takes that model's name.
   */
  private static @Nullable String sharpens(ModelCard from, ModelCard to, String name) {
    String faithful = to.sharpens() == null ? from.sharpens() : to.sharpens();
    boolean related =
        Stream.of(from, to)
            .allMatch(
                card -> card.name().equals(faithful) || Objects.equals(card.sharpens(), faithful));
    return related && !name.equals(faithful) ? faithful : null;
  }

  private static Provenance provenance(ModelCard from, ModelCard to, String alpha) {
    Map<String, ModelCard> models = new LinkedHashMap<>();
    models.put("blend.from", from);
    models.put("blend.to", to);
    return Provenance.ofSeveral(models, new TreeMap<>(Map.of("blend.alpha", alpha)));
  }

  /** What keeps the weights of two networks from being blended; null if nothing does. */
  static @Nullable String difference(NetworkFacts a, NetworkFacts b) {
    List<Function<NetworkFacts, Object>> facts =
        List.of(
            NetworkFacts::choice,
            network -> network.inputChannels() + " channels in",
            network -> network.outputChannels() + " channels out",
            network -> "scale " + network.scale(),
            network -> network.parameters() + " parameters");
    return facts.stream()
        .filter(fact -> !fact.apply(a).equals(fact.apply(b)))
        .map(fact -> fact.apply(a) + " and " + fact.apply(b))
        .findFirst()
        .orElse(null);
  }
}
