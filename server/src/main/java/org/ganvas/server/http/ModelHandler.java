package org.ganvas.server.http;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.TranslationRule.Output;
import org.ganvas.server.work.InstalledModels;
import org.ganvas.server.work.TaskKind;

/** {@code GET /v1/models}: what is installed. */
final class ModelHandler implements Handler {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  private final InstalledModels models;

  ModelHandler(InstalledModels models) {
    this.models = models;
  }

  /** A model in the API. */
  private record Entry(
      String name,
      String task,
      String description,
      int scale,
      boolean usual,
      boolean keepsBrightness,
      List<String> labels,
      String licence) {
    static Entry of(String name, ModelCard card, boolean usual) {
      return new Entry(
          name,
          TaskKind.of(card.task()).label(),
          card.description(),
          card.network().scale(),
          usual,
          card.translationRule().output() == Output.KEEP_LUMINANCE,
          card.latent() == null ? List.of() : card.latent().labels(),
          card.provenance().licence());
    }
  }

  @Override
  public void handle(Context ctx) {
    Path usual = models.usual().map(ModelFile::path).orElse(null);
    List<Entry> entries =
        models.all().entrySet().stream()
            .map(
                model ->
                    Entry.of(
                        model.getKey(),
                        model.getValue().card(),
                        model.getValue().path().equals(usual)))
            .toList();
    ctx.contentType("application/json").result(GSON.toJson(entries));
  }
}
