package org.ganvas.server.work;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ganvas.inference.task.TileMargin;
import org.ganvas.inference.task.TilePolicy;

/** A task's parameters as a query in which nothing is left open, for doing it later. */
public final class TaskQuery {
  private TaskQuery() {}

  /** The query of a task, such as {@code format=png&model=photo-x4&quality=95}. */
  public static String of(PreparedTask task) {
    Map<String, String> words = new TreeMap<>();
    words.put("model", task.modelName());
    words.put("format", task.format().extension());
    TaskRequest request = task.request();
    words.put("quality", Integer.toString(request.output().quality()));
    if (request.output().keepsMetadata()) {
      words.put("metadata", "keep");
    }
    if (request instanceof TaskRequest.Upscale upscale) {
      if (upscale.scale() != null) {
        words.put("scale", upscale.scale().toString());
      }
      tiles(upscale.tiles(), upscale.margin(), words);
    } else if (request instanceof TaskRequest.Translate translate) {
      if (translate.fit() != null) {
        words.put("fit", translate.fit().toString());
      }
      tiles(translate.tiles(), translate.margin(), words);
    } else if (request instanceof TaskRequest.Generate generate) {
      words.put("count", Integer.toString(generate.count()));
      words.put("seed", Long.toString(generate.seed()));
      if (generate.label() != null) {
        words.put("label", generate.label());
      }
    }
    return words.entrySet().stream()
        .map(word -> word.getKey() + "=" + encoded(word.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static void tiles(TilePolicy tiles, TileMargin margin, Map<String, String> words) {
    if (tiles instanceof TilePolicy.Size size) {
      words.put("tile", Integer.toString(size.pixels()));
    } else if (tiles instanceof TilePolicy.Off) {
      words.put("tile", "off");
    }
    words.put(
        "tile-pad",
        margin instanceof TileMargin.Pixels pixels ? Integer.toString(pixels.count()) : "exact");
  }

  /** The request that {@link #of} wrote. */
  public static TaskRequest parse(TaskKind kind, String query) {
    Map<String, List<String>> words = new LinkedHashMap<>();
    for (String word : query.split("&")) {
      int equals = word.indexOf('=');
      words.put(
          word.substring(0, equals),
          List.of(URLDecoder.decode(word.substring(equals + 1), StandardCharsets.UTF_8)));
    }
    return TaskParameters.parse(kind, words, null);
  }

  private static String encoded(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8);
  }
}
