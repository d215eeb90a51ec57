package org.ganvas.server.problem;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for the client.
 *
 * @param kind which kind of problem
 * @param detail one line: the rule, what was found, the remedy
 */
public record Problem(ProblemKind kind, String detail) {
  /** The media type of {@link #toJson}. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /**
   * The members of RFC 9457, "Problem Details for HTTP APIs", section 3.1.
   *
   * @param instance the URI of this occurrence, or null
   */
  public JsonObject toJson(@Nullable String instance) {
    JsonObject json = new JsonObject();
    json.addProperty("type", kind.type());
    json.addProperty("title", kind.title());
    json.addProperty("status", kind.status());
    json.addProperty("detail", detail);
    if (instance != null) {
      json.addProperty("instance", instance);
    }
    return json;
  }
}
