package org.ganvas.training.plan;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads single settings, and tells of one that does not fit which it is, what it takes and what was
 * found. Gson names no setting where a word stands for a number, and makes null of an unknown
 * constant: where null means a default, a typo would go unnoticed.
 *
 * @param parent what the names of the settings begin with, such as {@code settings.}
 */
record SettingAdapters(String parent) implements TypeAdapterFactory {
  private static final Map<Class<?>, String> RULES =
      Map.of(
          int.class, "a whole number",
          long.class, "a whole number",
          Integer.class, "a whole number",
          Long.class, "a whole number",
          double.class, "a number",
          Double.class, "a number",
          boolean.class, "true or false");

  @Override
  public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> raw = type.getRawType();
    String rule = raw.isEnum() ? constants(raw) : RULES.get(raw);
    return rule == null ? null : adapter(gson.getDelegateAdapter(this, type), rule);
  }

  private static String constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .collect(Collectors.joining(", ", "one of ", ""));
  }

  private <T> TypeAdapter<T> adapter(TypeAdapter<T> gsons, String rule) {
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        gsons.write(out, value);
      }

      @Override
      public @Nullable T read(JsonReader in) throws IOException {
        // Gson's path lacks the names of networks; the other rules do without them too.
        String name = parent + in.getPath().substring("$.".length()).replace("..", "' ");
        JsonElement found = JsonParser.parseReader(in);
        T value = value(gsons, found);
        if (value == null && !found.isJsonNull()) {
          throw new JsonParseException("%s is %s, found %s".formatted(name, rule, found));
        }
        return value;
      }
    };
  }

  /** Null if it has the wrong type, or is null. */
  private static <T> @Nullable T value(TypeAdapter<T> gsons, JsonElement found) throws IOException {
    // As text: of a tree Gson would take 2.5 for 2 where a whole number is wanted.
    JsonReader text = new JsonReader(new StringReader(found.toString()));
    text.setStrictness(Strictness.LENIENT); // "NaN" is a number, for its rule to refuse
    try {
      return gsons.read(text);
    } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
      return null;
    }
  }
}
