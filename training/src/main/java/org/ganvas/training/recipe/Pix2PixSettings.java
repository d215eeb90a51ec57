package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import org.ganvas.inference.model.TranslationRule;
import org.ganvas.inference.model.TranslationRule.Output;
import org.ganvas.training.data.Framing;
import org.ganvas.training.gan.AdversarySettings;
import org.ganvas.training.gan.Pix2Pix;
import org.ganvas.training.plan.MethodSettings;
import org.jspecify.annotations.Nullable;

/**
 * What pix2pix is trained on, with which networks, and towards what.
 *
 * @param networks which networks
 * @param pairs what belongs together
 * @param framing how squares are cut out of the pictures
 * @param workingSide of a model that colours: it sees a picture reduced until its longer side has
 *     at most so many pixels; null for what suits {@code framing}
 * @param adversary how the discriminator is trained
 * @param losses what the parts of the generator's loss count
 * @param features whose features are compared; without a file none are
 */
public record Pix2PixSettings(
    TranslatorNetworks networks,
    PairSettings pairs,
    Framing framing,
    @Nullable Integer workingSide,
    AdversarySettings adversary,
    Pix2Pix.Weights losses,
    FeatureSettings features)
    implements MethodSettings {
  public Pix2PixSettings {
    require(given(networks), "settings.networks is an object", networks);
    require(given(pairs), "settings.pairs is an object", pairs);
    require(given(framing), "settings.framing is an object", framing);
    require(
        workingSide == null || (pairs.colorizes() && workingSide >= framing.crop()),
        "settings.workingSide is for pairs of kind colorize, and at least settings.framing.crop",
        workingSide);
    require(given(adversary), "settings.adversary is an object", adversary);
    networks.check(adversary);
    require(
        networks.discriminator().isPatch(),
        "settings.networks.discriminator.architecture is patch for pix2pix, whose discriminator"
            + " sees the given picture too",
        networks.discriminator().architecture());
    require(given(losses), "settings.losses is an object", losses);
    require(given(features), "settings.features is an object", features);
  }

  /**
   * How a model is to be used: what colours keeps the brightness, and sees pictures as large as it
   * was trained on, for what is what depends on the size.
   */
  @Nullable TranslationRule rule() {
    if (!pairs.colorizes()) {
      return null;
    }
    Integer load = framing.load();
    // Most photos have sides of 3 to 2.
    Integer side =
        workingSide == null && load != null ? Integer.valueOf(load * 3 / 2) : workingSide;
    return new TranslationRule(Output.KEEP_LUMINANCE, side);
  }
}
