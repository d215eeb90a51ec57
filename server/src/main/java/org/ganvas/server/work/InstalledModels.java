package org.ganvas.server.work;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelCatalogue.Listing;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;
import org.jspecify.annotations.Nullable;

/** The models that are installed at the moment; looked for every few seconds. */
public final class InstalledModels {
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
  private static final double USUAL_SCALE = 4;
  private static final int LONGEST_ECHO = 60;

  private final ModelCatalogue catalogue;
  private @Nullable Seen seen;

  private record Seen(Listing listing, long at) {}

  public InstalledModels(ModelCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** All models by name. */
  public Map<String, ModelFile> all() {
    return listing().models();
  }

  /** What an upscale takes that names neither a model nor a scale. */
  public Optional<ModelFile> usual() {
    return listing().nearest(USUAL_SCALE);
  }

  private synchronized Listing listing() {
    Seen last = seen;
    if (last == null || System.nanoTime() - last.at > FRESH_NANOS) {
      last = new Seen(catalogue.list(), System.nanoTime());
      seen = last;
    }
    return last.listing;
  }

  /**
   * The model for a request.
   *
   * @throws ProblemException if there is no such one, or none is named where there are several; the
   *     detail lists those there are
   */
  ModelFile choose(TaskRequest request) {
    Map<String, ModelFile> suitable = suitable(request.kind());
    String name = request.model();
    if (name != null) {
      ModelFile model = suitable.get(name);
      if (model == null) {
        throw unknown(request.kind(), name, suitable.keySet());
      }
      return model;
    }
    if (request instanceof TaskRequest.Upscale upscale) {
      double scale = upscale.scale() == null ? USUAL_SCALE : upscale.scale();
      return listing()
          .nearest(scale)
          .orElseThrow(() -> unknown(request.kind(), "any", suitable.keySet()));
    }
    if (suitable.size() != 1) {
      throw new ProblemException(
          ProblemKind.UNKNOWN_MODEL,
          "%s needs a model, found none named; choose with ?model= one of: %s"
              .formatted(request.kind().label(), list(suitable.keySet())));
    }
    return suitable.values().iterator().next();
  }

  private Map<String, ModelFile> suitable(TaskKind kind) {
    Map<String, ModelFile> suitable = new TreeMap<>(all());
    suitable.values().removeIf(model -> model.card().task() != kind.modelTask());
    return suitable;
  }

  private static ProblemException unknown(TaskKind kind, String name, Set<String> names) {
    String shortName = name.length() > LONGEST_ECHO ? name.substring(0, LONGEST_ECHO) + "…" : name;
    return new ProblemException(
        ProblemKind.UNKNOWN_MODEL,
        "%s takes an installed model, found %s; there are: %s"
            .formatted(kind.label(), shortName, list(names)));
  }

  private static String list(Set<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }
}
