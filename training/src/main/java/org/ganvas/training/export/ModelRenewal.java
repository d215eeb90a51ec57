package org.ganvas.training.export;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.ganvas.inference.model.CardReplacement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;

/**
 * Writes the program of a model anew, so that a model of an older version can compute in all the
 * ways of this one. The weights stay, and so does the card, unless an option of the network is
 * changed.
 */
public final class ModelRenewal {
  private ModelRenewal() {}

  /**
   * Replaces the file, in one step, once the new one was loaded and gave what its network gives.
   *
   * @param changes options of the network that change, such as {@code backProjection}; none that
   *     the shapes of the weights depend on. The figures on the card hold no longer then
   * @throws IllegalArgumentException if this version has no such network
   * @throws ModelException if the file is damaged
   * @throws IOException if its weights are not those of its network, or it cannot be written
   */
  public static ModelFile renew(ModelFile model, Map<String, String> changes) throws IOException {
    CardReplacement.requireWritable(model);
    NetworkFacts facts = model.card().network();
    Map<String, String> options = new HashMap<>(facts.options());
    options.putAll(changes);
    Architecture architecture = Architectures.create(facts.architecture(), options);
    Program program = architecture.program();
    StateDict weights = WeightFile.read(model.path());
    model.verify();
    NetworkFacts renewed = ModelCards.facts(facts.architecture(), architecture);
    try {
      weights.requireFits(program);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "%s: weights of the network %s are needed, found others; it cannot be renewed"
              .formatted(model.path(), renewed.choice()),
          e);
    }
    ModelCard card = model.card();
    // Of a link, what it leads to.
    return ModelExporter.export(
        program,
        weights,
        renewed.choice().equals(facts.choice()) ? card : card.withNetwork(renewed),
        model.path().toRealPath());
  }
}
