package org.ganvas.training.export;

import ai.djl.engine.Engine;
import com.google.gson.Gson;
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
import org.ganvas.training.network.Architecture;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.ProgramFacts;

/** Writes the model card of a run. */
public final class ModelCards {
  private ModelCards() {}

  /**
   * The card, complete but for the SHA-256 of the weights.
   *
   * @param steps taken so far
   */
  public static ModelCard of(
      TrainingPlan plan, Architecture architecture, long steps, List<Measurement> measurements) {
    TrainingPlan.Publication publication =
        Objects.requireNonNullElseGet(plan.publication(), () -> unpublished(plan));
    Provenance provenance =
        new Provenance(
            publication.licence(),
            steps,
            plan.seed(),
            settings(plan),
            publication.data(),
            versions());
    return new ModelCard(
        plan.name(),
        publication.description(),
        Task.SUPER_RESOLUTION,
        facts(plan.network().architecture(), architecture),
        null,
        null,
        null,
        provenance,
        measurements,
        "");
  }

  private static TrainingPlan.Publication unpublished(TrainingPlan plan) {
    String description =
        "Enlarges pictures %d times; trained by %s"
            .formatted(plan.network().scale(), plan.method());
    return new TrainingPlan.Publication(description, "LicenseRef-unspecified", List.of());
  }

  private static NetworkFacts facts(String name, Architecture architecture) {
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

  /** The plan, setting by setting, without the folders of the machine that it ran on. */
  private static Map<String, String> settings(TrainingPlan plan) {
    JsonObject json = new Gson().toJsonTree(plan).getAsJsonObject();
    json.remove("publication");
    json.getAsJsonObject("data").remove("folders");
    json.getAsJsonObject("data").remove("validation");
    json.getAsJsonObject("network").remove("startFrom");
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
      settings.put(path, element.getAsString());
    }
  }

  private static Map<String, String> versions() {
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
