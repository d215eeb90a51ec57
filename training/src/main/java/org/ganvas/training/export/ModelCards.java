package org.ganvas.training.export;

import ai.djl.engine.Engine;
import com.google.gson.ExclusionStrategy;
import com.google.gson.FieldAttributes;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.Provenance;
import org.ganvas.inference.model.Task;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.plan.LocalPath;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.ProgramFacts;

/** Writes the model card of a run. */
public final class ModelCards {
  private static final Gson WITHOUT_PATHS =
      new GsonBuilder().addSerializationExclusionStrategy(new LocalPaths()).create();

  private ModelCards() {}

  private static final class LocalPaths implements ExclusionStrategy {
    @Override
    public boolean shouldSkipField(FieldAttributes field) {
      return field.getAnnotation(LocalPath.class) != null;
    }

    @Override
    public boolean shouldSkipClass(Class<?> type) {
      return false;
    }
  }

  /**
   * The card, complete but for the SHA-256 of the weights.
   *
   * @param steps taken so far
   */
  public static ModelCard of(
      ExportedModel model, TrainingPlan plan, long steps, List<Measurement> measurements) {
    NetworkFacts facts = facts(model.architectureName(), model.architecture());
    TrainingPlan.Publication publication =
        Objects.requireNonNullElseGet(
            plan.publication(), () -> unpublished(model.purpose().task(), facts, plan.method()));
    Provenance provenance =
        new Provenance(
            publication.licence(),
            steps,
            plan.seed(),
            settings(plan),
            publication.data(),
            versions());
    ModelCard card =
        new ModelCard(
            model.name(),
            publication.description(),
            model.purpose().task(),
            facts,
            model.purpose().translation(),
            model.purpose().latent(),
            model.purpose().sharpens(),
            provenance,
            List.of(),
            "");
    return card.withMeasurements(measurements);
  }

  private static TrainingPlan.Publication unpublished(
      Task task, NetworkFacts facts, String method) {
    String does =
        switch (task) {
          case SUPER_RESOLUTION -> "Enlarges pictures %d times".formatted(facts.scale());
          case TRANSLATION -> "Translates pictures";
          case GENERATION -> "Makes pictures";
        };
    return new TrainingPlan.Publication(
        "%s; trained by %s".formatted(does, method), "LicenseRef-unspecified", List.of());
  }

  /** What the card says about a network of that name. */
  static NetworkFacts facts(String name, Architecture architecture) {
    Program program = architecture.program();
    ProgramFacts facts = program.facts();
    return new NetworkFacts(
        name,
        architecture.options(),
        facts.inputChannels(),
        facts.outputChannels(),
        (int) facts.scale(),
        facts.sizeMultiple(),
        Double.isInfinite(facts.radius()) ? null : (int) Math.ceil(facts.radius()),
        facts.statistics() == 0 ? null : facts.statistics(),
        program.trainedNumbers(),
        facts.multiplyAddsPerOutputPixel(),
        architecture.fastLayout());
  }

  /** The plan, setting by setting, without the files of the machine that it ran on. */
  private static Map<String, String> settings(TrainingPlan plan) {
    JsonObject json = WITHOUT_PATHS.toJsonTree(plan).getAsJsonObject();
    json.remove("publication");
    Map<String, String> settings = new LinkedHashMap<>();
    flatten("", json, settings);
    return settings;
  }

  private static void flatten(String path, JsonElement element, Map<String, String> settings) {
    if (element.isJsonObject()) {
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(
              e ->
                  flatten(
                      path.isEmpty() ? e.getKey() : path + "." + e.getKey(),
                      e.getValue(),
                      settings));
    } else {
      settings.put(path, element.isJsonPrimitive() ? element.getAsString() : element.toString());
    }
  }

  static Map<String, String> versions() {
    String ours = ModelCards.class.getPackage().getImplementationVersion();
    return Map.of(
        "ganvas",
        Objects.requireNonNullElse(ours, "in development"),
        "djl",
        Engine.getDjlVersion(),
        "libtorch",
        Engine.getEngine("PyTorch").getVersion());
  }
}
