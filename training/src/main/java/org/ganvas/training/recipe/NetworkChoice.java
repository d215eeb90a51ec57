package org.ganvas.training.recipe;

import static org.ganvas.training.plan.SettingRule.given;
import static org.ganvas.training.plan.SettingRule.require;

import java.util.Map;
import java.util.TreeMap;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.plan.SettingRule;

/**
 * A network of any kind.
 *
 * @param architecture its registered name, such as {@code srresnet}
 * @param options of the architecture; what is not there has its default
 */
public record NetworkChoice(String architecture, Map<String, String> options) {
  public NetworkChoice {
    require(given(architecture), "an architecture is a name", architecture);
    // Not containsValue(null), which maps without null throw at.
    require(
        given(options) && options.values().stream().allMatch(SettingRule::given),
        "options is an object",
        options);
    options = Map.copyOf(new TreeMap<>(options));
  }

  /** The network that a model's card names. */
  static NetworkChoice of(ModelCard card) {
    return new NetworkChoice(card.network().architecture(), card.network().options());
  }

  /** The same with the default of one option. */
  NetworkChoice without(String option) {
    Map<String, String> others = new TreeMap<>(options);
    others.remove(option);
    return new NetworkChoice(architecture, others);
  }

  /**
   * The network itself.
   *
   * @throws IllegalArgumentException if there is no such architecture, or an option breaks its rule
   */
  public Architecture create() {
    return Architectures.create(architecture, options);
  }

  /**
   * Checks that squares of that size go through the network.
   *
   * @param setting what the side is called in the plan
   * @throws IllegalArgumentException if they do not, or as {@link #create}
   */
  void requireMultiple(String setting, int side) {
    int multiple = create().program().facts().sizeMultiple();
    require(
        side % multiple == 0,
        "%s is a multiple of %d for %s".formatted(setting, multiple, architecture),
        side);
  }

  /** As {@link #requireMultiple}, for a network that takes any size from some smallest one on. */
  void requireAtLeast(String setting, int side) {
    int smallest = smallestSide();
    require(
        side >= smallest,
        "%s is at least %d for %s".formatted(setting, smallest, architecture),
        side);
  }

  /**
   * Height and width of the smallest picture of which anything comes out.
   *
   * @throws IllegalArgumentException as {@link #create}
   */
  int smallestSide() {
    return create().program().facts().smallestSide();
  }
}
