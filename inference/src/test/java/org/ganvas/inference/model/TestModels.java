package org.ganvas.inference.model;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;

/** The small model files among the test resources. */
public final class TestModels {
  public static final Path FOLDER = Path.of("src", "test", "resources", "models");

  private TestModels() {}

  /** Twofold or fourfold enlargement by three convolutions, margin 3. */
  public static ModelFile tiny(int scale) throws ModelException {
    return ModelFile.read(FOLDER.resolve("tiny-x" + scale + ".pt"));
  }

  /**
   * The others, such as {@code tiny-paint}: translators with instance normalization, size multiple
   * 4 and margin 8, and generators.
   */
  public static ModelFile named(String name) throws ModelException {
    return ModelFile.read(FOLDER.resolve(name + ".pt"));
  }

  /** The same file with a card that describes another network. */
  public static ModelFile withNetwork(ModelFile file, NetworkFacts network) throws ModelException {
    return changed(file, "network", network);
  }

  /** The same file with a card that has another rule. */
  public static ModelFile withRule(ModelFile file, TranslationRule rule) throws ModelException {
    return changed(file, "translation", rule);
  }

  /** The same file with a card that has another latent space. */
  public static ModelFile withLatentSpace(ModelFile file, LatentSpace space) throws ModelException {
    return changed(file, "latent", space);
  }

  private static ModelFile changed(ModelFile file, String field, Object value)
      throws ModelException {
    JsonObject card = JsonParser.parseString(ModelCardJson.write(file.card())).getAsJsonObject();
    card.add(field, new Gson().toJsonTree(value));
    return new ModelFile(file.path(), ModelCardJson.read(card.toString()));
  }

  /** A way of computing that is the same on every machine. */
  public static final ComputeChoice EXACT = new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);
}
