package org.ganvas.training.export;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.ganvas.inference.model.CardReplacement;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.script.Parameter;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;

/**
 * Writes the program of a model anew, so that a model of an older version can compute in all the
 * ways of this one. Weights and card stay.
 */
public final class ModelRenewal {
  private ModelRenewal() {}

  /**
   * Replaces the file, in one step, once the new one was loaded and gave what its network gives.
   *
   * @throws IllegalArgumentException if this version has no such network
   * @throws ModelException if the file is damaged
   * @throws IOException if its weights are not those of its network, or it cannot be written
   */
  public static ModelFile renew(ModelFile model) throws IOException {
    CardReplacement.requireWritable(model);
    NetworkFacts facts = model.card().network();
    Architecture architecture = Architectures.create(facts.architecture(), facts.options());
    Program program = architecture.program();
    StateDict weights = WeightFile.read(model.path());
    model.verify();
    Set<String> names =
        program.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    if (!names.equals(Set.copyOf(weights.names()))) {
      throw new IOException(
          "%s: weights of the network on its card are needed, %s, found others; it cannot be renewed"
              .formatted(model.path(), facts.choice()));
    }
    // Of a link, what it leads to.
    ModelExporter.export(program, weights, model.card(), model.path().toRealPath());
    return model;
  }
}
