package org.ganvas.inference.model;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model file says about itself; it travels inside the file as {@code extra/card.json}.
 *
 * <p>The programs in the file take and give float32 tensors (N, C, H, W) with values from 0 to 1
 * (RGB, or grey where C is 1); results may overshoot a little and are clamped by the caller. What
 * generators take instead says {@link LatentSpace}.
 *
 * @param name the name it is called by, such as {@code photo-x4}
 * @param description one sentence for people who choose a model
 * @param task what it is for
 * @param network what the description of the network says
 * @param translation how a translation is made of what the network gives; null for as it is, and
 *     for other tasks
 * @param latent what a generator makes pictures of; null for other tasks
 * @param sharpens the name of the model of the same network that this one was made from, to look
 *     sharper at the price of being less faithful; null if it was not. Between the two lies what
 *     {@link Sharpness} gives
 * @param provenance where the weights come from
 * @param measurements figures measured with this file
 * @param weightsSha256 SHA-256, in hexadecimal, of the bytes of all tensors in the file's order
 */
public record ModelCard(
    String name,
    String description,
    Task task,
    NetworkFacts network,
    @Nullable TranslationRule translation,
    @Nullable LatentSpace latent,
    @Nullable String sharpens,
    Provenance provenance,
    List<Measurement> measurements,
    String weightsSha256) {

  /** How translated pictures are made; as the network gives them if the card does not say. */
  public TranslationRule translationRule() {
    return Objects.requireNonNullElse(translation, TranslationRule.AS_IS);
  }

  /**
   * This card with another description.
   *
   * @throws IllegalArgumentException if it is not one line of text
   */
  public ModelCard withDescription(String sentence) {
    if (sentence.isBlank() || sentence.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a description is one line of text, found "
              + (sentence.isBlank() ? "none" : "line breaks or control characters in it"));
    }
    return with(sentence.strip(), network, measurements, weightsSha256);
  }

  /** This card for a file with these weights. */
  public ModelCard withWeights(String sha256) {
    return with(description, network, measurements, sha256);
  }

  /** This card for the same weights in another network, for which its figures do not hold. */
  public ModelCard withNetwork(NetworkFacts other) {
    return with(description, other, List.of(), weightsSha256);
  }

  /**
   * This card with these figures, in place of those that it has of the same pictures. It holds no
   * infinity, which is the PSNR of pictures that came out exactly.
   */
  public ModelCard withMeasurements(List<Measurement> figures) {
    Set<String> replaced = figures.stream().map(Measurement::dataSet).collect(Collectors.toSet());
    Stream<Measurement> kept =
        measurements.stream().filter(figure -> !replaced.contains(figure.dataSet()));
    Stream<Measurement> all =
        Stream.concat(kept, figures.stream()).filter(figure -> Double.isFinite(figure.value()));
    return with(description, network, all.toList(), weightsSha256);
  }

  private ModelCard with(
      String sentence, NetworkFacts facts, List<Measurement> figures, String sha256) {
    return new ModelCard(
        name, sentence, task, facts, translation, latent, sharpens, provenance, figures, sha256);
  }
}
