package org.ganvas.inference.model;

import java.util.List;
import org.ganvas.inference.model.ModelException.Reason;

/**
 * The dial between a faithful model and the sharp one that was made from it; the card of the sharp
 * one names the faithful one, see {@link ModelCard#sharpens}.
 *
 * @param value 0 (the faithful model) to 1 (the sharp one)
 */
public record Sharpness(double value) {
  public Sharpness {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("sharpness is 0 to 1, found " + value);
    }
  }

  /**
   * The blend of a model and its twin.
   *
   * @param model the faithful or the sharp one
   * @param catalogue where its twin is looked for
   * @throws ModelException if there is no twin, more than one, or it is damaged
   */
  public ModelBlend between(ModelFile model, ModelCatalogue catalogue) throws ModelException {
    String faithful = model.card().sharpens();
    return faithful == null
        ? new ModelBlend(model, sharpTwin(model, catalogue), value)
        : new ModelBlend(faithfulTwin(model, faithful, catalogue), model, value);
  }

  private static ModelFile faithfulTwin(ModelFile sharp, String name, ModelCatalogue catalogue)
      throws ModelException {
    try {
      return catalogue.findNamed(name);
    } catch (ModelException e) {
      throw new ModelException(
          e.reason(),
          "%s is the sharp twin of %s: %s".formatted(sharp.card().name(), name, e.getMessage()),
          e);
    }
  }

  private static ModelFile sharpTwin(ModelFile faithful, ModelCatalogue catalogue)
      throws ModelException {
    List<String> twins =
        catalogue.list().models().entrySet().stream()
            .filter(entry -> isTwin(entry.getValue(), faithful))
            .map(entry -> entry.getKey())
            .toList();
    if (twins.size() != 1) {
      throw new ModelException(
          Reason.UNSUITABLE,
          twins.isEmpty()
              ? "a sharpness needs a model with a sharp twin, found none for %s in %s; leave it out"
                  .formatted(faithful.card().name(), catalogue.places())
              : "a sharpness needs one sharp twin, found %s for %s; name one of them as the model"
                  .formatted(String.join(", ", twins), faithful.card().name()));
    }
    return catalogue.findNamed(twins.get(0));
  }

  /** Whether one model is the sharp twin of the other, as its card says. */
  static boolean isTwin(ModelFile sharp, ModelFile faithful) {
    return faithful.card().name().equals(sharp.card().sharpens());
  }
}
