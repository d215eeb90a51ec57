package org.ganvas.training.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Provenance;
import org.ganvas.inference.model.Task;
import org.ganvas.inference.model.TranslationRule;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;
import org.jspecify.annotations.Nullable;

/**
 * Makes a model file of a file of weights from elsewhere: the weights under the names of a network
 * that is described here, with its program and a card. Nothing in the file is executed.
 *
 * @param architecture the network's registered name, such as {@code resnet-9}
 * @param options its options, over those that follow from the file's names
 * @param name of the model
 * @param licence SPDX identifier of the licence of the weights
 */
public record ModelImporter(
    String architecture, Map<String, String> options, String name, String licence) {
  private static final String IMPORTED = "imported";

  /**
   * Reads the weights and writes the model.
   *
   * @throws IOException if a file cannot be read or written, or the model does not give what the
   *     network gives
   * @throws IllegalArgumentException if there is no such network or option, it makes no picture of
   *     a picture, or the weights do not fit (the message names what is missing, unexpected or of
   *     another shape)
   */
  public ModelFile importFrom(Path weights, Path target) throws IOException {
    StateDict read = WeightFile.read(weights);
    Architecture network = network(read);
    Task task = network.task();
    if (task != Task.SUPER_RESOLUTION && task != Task.TRANSLATION) {
      throw new IllegalArgumentException(
          "a network that makes a picture of a picture can be imported, %s does not"
              .formatted(architecture));
    }
    Program program = network.program();
    StateDict state = ForeignNames.adapted(read, program);
    state.requireFits(program);
    return ModelExporter.export(program, state, card(network, task, plan(weights, read)), target);
  }

  private Architecture network(StateDict read) {
    Map<String, String> all = new HashMap<>();
    if (architecture.equals("srresnet")) {
      all.putAll(ForeignNames.impliedOptions(read));
    }
    all.putAll(options);
    return Architectures.create(architecture, all);
  }

  private static Map<String, String> plan(Path weights, StateDict read) {
    Map<String, String> plan = new LinkedHashMap<>(ForeignNames.noted(read));
    plan.put(IMPORTED, String.valueOf(weights.getFileName()));
    return plan;
  }

  private ModelCard card(Architecture network, Task task, Map<String, String> plan) {
    Provenance provenance = new Provenance(licence, 0, 0, plan, List.of(), ModelCards.versions());
    @Nullable TranslationRule rule = task == Task.TRANSLATION ? TranslationRule.AS_IS : null;
    return new ModelCard(
        name,
        "Imported from %s as %s".formatted(plan.get(IMPORTED), architecture),
        task,
        ModelCards.facts(architecture, network),
        rule,
        null,
        null,
        provenance,
        List.of(),
        "");
  }
}
