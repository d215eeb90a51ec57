package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.stream.Stream;
import org.ganvas.training.plan.PlanDraft;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is refused a setting finds it under the name that is told. */
class SettingNamesTest {
  private static final double TOO_LITTLE = -7;

  static Stream<Recipe> recipes() {
    return Recipes.all().stream();
  }

  /** The paths of all numbers of a plan. */
  private static Stream<String> numbers(String path, JsonElement plan) {
    if (plan.isJsonObject()) {
      return plan.getAsJsonObject().entrySet().stream()
          .flatMap(entry -> numbers(path + "." + entry.getKey(), entry.getValue()));
    }
    boolean number = plan.isJsonPrimitive() && plan.getAsJsonPrimitive().isNumber();
    return number ? Stream.of(path) : Stream.empty();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void aNameThatIsToldOfANumberThatIsRefusedIsTheOneToSetItBy(Recipe recipe) {
    for (String part : List.of("data", "optimization", "intervals", "settings")) {
      JsonElement defaults = JsonParser.parseString(recipe.draft().get(part).orElseThrow());
      for (String path : numbers(part, defaults).toList()) {
        PlanDraft draft = recipe.draft().set("data.folders", List.of("a")).set(path, TOO_LITTLE);
        refusal(draft)
            .map(message -> message.split(" ")[0])
            .filter(name -> name.contains("."))
            .forEach(name -> assertThat(path).startsWith(name));
      }
    }
  }

  /** What is said against a plan; nothing if it is taken. */
  private static Stream<String> refusal(PlanDraft draft) {
    try {
      draft.finish();
      return Stream.empty();
    } catch (IllegalArgumentException e) {
      return Stream.of(String.valueOf(e.getMessage()));
    }
  }
}
