package org.ganvas.training.gan;

import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.Task;
import org.ganvas.inference.model.TranslationRule;
import org.jspecify.annotations.Nullable;

/**
 * What a model is for, as its card says.
 *
 * @param task what it is for
 * @param translation how a translation is made of what the network gives; null for as it is, and
 *     for other tasks
 * @param latent what a generator makes pictures of; null for other tasks
 * @param sharpens the name of the model of the same network that this one was made from, to look
 *     sharper; null for others
 */
public record Purpose(
    Task task,
    @Nullable TranslationRule translation,
    @Nullable LatentSpace latent,
    @Nullable String sharpens) {
  public static final Purpose SUPER_RESOLUTION =
      new Purpose(Task.SUPER_RESOLUTION, null, null, null);

  /**
   * A picture larger, and sharper than another model makes it.
   *
   * @param name of that model, from which this one was made
   */
  public static Purpose sharpening(String name) {
    return new Purpose(Task.SUPER_RESOLUTION, null, null, name);
  }

  /** A picture into another one of the same size. */
  public static Purpose translation(@Nullable TranslationRule rule) {
    return new Purpose(Task.TRANSLATION, rule, null, null);
  }

  /** A picture out of noise. */
  public static Purpose generation(LatentSpace latent) {
    return new Purpose(Task.GENERATION, null, latent, null);
  }
}
