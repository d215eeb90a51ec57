package org.ganvas.inference.model;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ganvas.inference.model.ModelException.Reason;
import org.jspecify.annotations.Nullable;

/** A {@link ModelCard} as JSON, the form in which it travels in a model file. */
public final class ModelCardJson {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().serializeNulls().create();

  private ModelCardJson() {}

  public static String write(ModelCard card) {
    return GSON.toJson(card);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws ModelException if it is no JSON, or lacks a field (the message says which)
   */
  public static ModelCard read(String json) throws ModelException {
    try {
      JsonElement root = JsonParser.parseString(json);
      require(root, ModelCard.class, "card");
      ModelCard card = GSON.fromJson(root, ModelCard.class);
      requireUsable(card.network());
      requireUsable(card);
      return card;
    } catch (JsonParseException
        | NumberFormatException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw new ModelException(
          Reason.DAMAGED, "a model card is a JSON object, found " + e.getMessage(), e);
    }
  }

  private static void requireUsable(NetworkFacts network) throws ModelException {
    Integer margin = network.margin();
    if (network.scale() < 1 || network.sizeMultiple() < 1 || (margin != null && margin < 0)) {
      throw new ModelException(
          Reason.DAMAGED,
          "a model's scale and size multiple are at least 1, its margin at least 0, found "
              + network
              + "; export the model again");
    }
  }

  private static void requireUsable(ModelCard card) throws ModelException {
    LatentSpace latent = card.latent();
    TranslationRule rule = card.translation();
    Integer side = rule == null ? null : rule.workingSide();
    if ((side != null && side < 1) || (latent != null && latent.size() < 1)) {
      throw new ModelException(
          Reason.DAMAGED,
          "a working side and the size of a latent space are at least 1, found %s and %s; export the model again"
              .formatted(rule, latent));
    }
  }

  /** Gson leaves what is missing null, and an unknown enum constant too; here both are refused. */
  private static void require(JsonElement element, Type type, String path) throws ModelException {
    if (element.isJsonNull()) {
      throw missing(path);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      int index = 0;
      for (JsonElement item : element.getAsJsonArray()) {
        require(item, generic.getActualTypeArguments()[0], path + "[" + index++ + "]");
      }
    } else if (type instanceof Class<?> record && record.isRecord()) {
      requireComponents(element.getAsJsonObject(), record, path);
    } else if (type instanceof Class<?> constants && constants.isEnum()) {
      requireConstant(element.getAsString(), constants, path);
    }
  }

  private static void requireComponents(JsonObject object, Class<?> record, String path)
      throws ModelException {
    for (RecordComponent component : record.getRecordComponents()) {
      JsonElement value = object.get(component.getName());
      boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (optional && (value == null || value.isJsonNull())) {
        continue;
      }
      String name = path + "." + component.getName();
      if (value == null) {
        throw missing(name);
      }
      require(value, component.getGenericType(), name);
    }
  }

  private static void requireConstant(String value, Class<?> constants, String path)
      throws ModelException {
    List<String> known = Arrays.stream(constants.getEnumConstants()).map(Object::toString).toList();
    if (!known.contains(value)) {
      throw new ModelException(
          Reason.DAMAGED,
          "%s must be one of %s, found %s"
              .formatted(path, known.stream().collect(Collectors.joining(", ")), value));
    }
  }

  private static ModelException missing(String path) {
    return new ModelException(
        Reason.DAMAGED, "the model card lacks the field " + path + "; export the model again");
  }
}
