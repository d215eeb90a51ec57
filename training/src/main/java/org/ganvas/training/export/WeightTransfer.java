package org.ganvas.training.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.Provenance;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;
import org.jspecify.annotations.Nullable;

/**
 * Gives a model what another one has learned since it was a third: {@code onto + alpha (to - from)}
 * (Ilharco et al. 2023, "Editing Models with Task Arithmetic", section 2). So the sharpness of a
 * twin, say, need not be learned again when the faithful model was trained on, or got more blocks.
 * The more alike {@code onto} and {@code from} are, the better it works.
 *
 * @param from what {@code to} was once
 * @param to what it became
 * @param onto what the difference is added to; tensors that the other two do not have, or have in
 *     another shape, stay as they are
 * @param alpha how much of the difference, 0 to 1
 */
public record WeightTransfer(ModelFile from, ModelFile to, ModelFile onto, double alpha) {
  public WeightTransfer {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is 0 to 1, found " + alpha);
    }
  }

  /**
   * Writes the result as a model file, which gets its name only after it was loaded. Its card names
   * the three models, with the SHA-256 of their weights.
   *
   * @param target is replaced if it exists
   * @param name the model's, for its card
   * @throws IllegalArgumentException if they are of several architectures, or if most tensors of
   *     {@code to} have not the same name and shape in both others
   * @throws IOException if a file cannot be read or written
   */
  public ModelFile export(Path target, String name) throws IOException {
    NetworkFacts facts = onto.card().network();
    StateDict weights = WeightFile.read(onto.path());
    StateDict learned = WeightFile.read(to.path());
    int moved = 0;
    if (all().allMatch(card -> card.network().architecture().equals(facts.architecture()))) {
      moved = move(weights, WeightFile.read(from.path()), learned);
    }
    if (2 * moved <= learned.names().size()) {
      throw new IllegalArgumentException(
          ("most tensors of what is carried over have one name and shape in all three models, found"
                  + " %d of %d in %s; take models of one architecture and width")
              .formatted(
                  moved,
                  learned.names().size(),
                  all().map(card -> card.network().choice()).collect(Collectors.joining(", "))));
    }
    Program program = Architectures.create(facts.architecture(), facts.options()).program();
    return ModelExporter.export(program, weights, card(name, moved), target);
  }

  private Stream<ModelCard> all() {
    return Stream.of(from, to, onto).map(ModelFile::card);
  }

  private int move(StateDict weights, StateDict before, StateDict after) {
    List<String> shared =
        weights.names().stream()
            .filter(name -> isAlike(name, weights, before) && isAlike(name, weights, after))
            .toList();
    for (String name : shared) {
      float[] moved = weights.get(name).data().clone();
      float[] a = before.get(name).data();
      float[] b = after.get(name).data();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += (float) (alpha * (b[i] - a[i]));
      }
      weights.put(name, new StateDict.Entry(weights.get(name).shape(), moved));
    }
    return shared.size();
  }

  private static boolean isAlike(String name, StateDict weights, StateDict other) {
    return other.contains(name) && other.get(name).shape().equals(weights.get(name).shape());
  }

  private ModelCard card(String name, int moved) {
    ModelCard card = onto.card();
    Map<String, ModelCard> models = new LinkedHashMap<>();
    models.put("transfer.from", from.card());
    models.put("transfer.to", to.card());
    models.put("transfer.onto", card);
    Map<String, String> settings =
        Map.of("transfer.alpha", "" + alpha, "transfer.tensors", "" + moved);
    Provenance provenance = Provenance.ofSeveral(models, new TreeMap<>(settings));
    return new ModelCard(
        name,
        "%s (%s of what it has learned since %s, on %s)"
            .formatted(to.card().description(), alpha, from.card().name(), card.name()),
        card.task(),
        card.network(),
        card.translation(),
        card.latent(),
        sharpens(name),
        provenance,
        List.of(),
        "");
  }

  /** What made a sharp twin of the one model makes a sharp twin of the other. */
  private @Nullable String sharpens(String name) {
    boolean sharpened = from.card().name().equals(to.card().sharpens());
    return sharpened && !name.equals(onto.card().name()) ? onto.card().name() : null;
  }
}
