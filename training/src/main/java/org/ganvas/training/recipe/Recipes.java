package org.ganvas.training.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The training methods, one line each. */
public final class Recipes {
  private static final Map<String, Recipe> BY_NAME =
      byName(
          new SuperResolutionRecipe(),
          new SrGanRecipe(),
          new Pix2PixRecipe(),
          new CycleGanRecipe(),
          new DcganRecipe());

  private Recipes() {}

  private static Map<String, Recipe> byName(Recipe... recipes) {
    Map<String, Recipe> byName = new LinkedHashMap<>();
    for (Recipe recipe : recipes) {
      if (byName.put(recipe.name(), recipe) != null) {
        throw new IllegalStateException("two training methods are named " + recipe.name());
      }
    }
    return byName;
  }

  /** All of them, in the order that they are listed to people. */
  public static List<Recipe> all() {
    return List.copyOf(BY_NAME.values());
  }

  /** The one of that name; an unknown name is an error that lists the known ones. */
  public static Recipe named(String name) {
    Recipe recipe = BY_NAME.get(name);
    if (recipe == null) {
      throw new IllegalArgumentException(
          "the training method is one of %s, found %s"
              .formatted(String.join(", ", BY_NAME.keySet()), name));
    }
    return recipe;
  }
}
