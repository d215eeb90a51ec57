package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import java.util.List;
import org.ganvas.training.data.Framing;
import org.ganvas.training.gan.AdversarySettings;
import org.ganvas.training.gan.CycleGan;
import org.ganvas.training.plan.MethodSettings;
import org.jspecify.annotations.Nullable;

/**
 * What CycleGAN is trained on, with which networks, and towards what.
 *
 * @param networks which networks, two of each
 * @param domains where the pictures of both domains come from
 * @param framing how squares are cut out of the pictures
 * @param names of the model to B and the one to A, with a comma between them; null for the run's
 *     name and {@code -AtoB} or {@code -BtoA}
 * @param pool how many generated pictures are kept for each discriminator
 * @param adversary how each discriminator is trained
 * @param losses what the parts of the generators' loss count
 */
public record CycleGanSettings(
    TranslatorNetworks networks,
    DomainSettings domains,
    Framing framing,
    @Nullable String names,
    int pool,
    AdversarySettings adversary,
    CycleGan.Weights losses)
    implements MethodSettings {
  private static final String NAME = "[^\\s./\\\\,][^/\\\\,]*";

  public CycleGanSettings {
    require(given(networks), "settings.networks is an object", networks);
    require(given(domains), "settings.domains is an object", domains);
    require(given(framing), "settings.framing is an object", framing);
    require(
        names == null || areTwo(names.split(",", -1)),
        "settings.names is two different names of files with a comma between them, such as"
            + " paint,photo",
        names);
    require(pool >= 0 && pool <= 1000, "settings.pool is 0 to 1000 pictures", pool);
    require(given(adversary), "settings.adversary is an object", adversary);
    networks.check(adversary);
    require(given(losses), "settings.losses is an object", losses);
  }

  private static boolean areTwo(String[] names) {
    return names.length == 2
        && names[0].matches(NAME)
        && names[1].matches(NAME)
        && !names[0].equals(names[1]);
  }

  /** The names of the model to B and the one to A, of a run of that name. */
  List<String> modelNames(String run) {
    return names == null ? List.of(run + "-AtoB", run + "-BtoA") : List.of(names.split(",", -1));
  }
}
