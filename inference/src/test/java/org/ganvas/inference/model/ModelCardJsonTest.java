package org.ganvas.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelCardJsonTest {

  @Test
  void aCardSurvivesWritingAndReading() throws ModelException {
    ModelCard card = card(35);
    assertThat(ModelCardJson.read(ModelCardJson.write(card))).isEqualTo(card);
  }

  @Test
  void theFieldsOfTranslatorsAndGeneratorsSurviveToo() throws ModelException {
    ModelCard plain = card(35);
    ModelCard card =
        new ModelCard(
            plain.name(),
            plain.description(),
            Task.GENERATION,
            plain.network(),
            new TranslationRule(TranslationRule.Output.KEEP_LUMINANCE, 512),
            new LatentSpace(100, LatentSpace.Distribution.SPHERE, List.of("cat", "dog")),
            "photo-x4",
            plain.provenance(),
            plain.measurements(),
            plain.weightsSha256());
    assertThat(ModelCardJson.read(ModelCardJson.write(card))).isEqualTo(card);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"translation", "latent", "sharpens", "network.statistics", "network.margin"})
  void aCardFromBeforeThereWasAFieldIsReadWithoutIt(String field) throws ModelException {
    assertThat(ModelCardJson.read(without(field, card(null)))).isEqualTo(card(null));
  }

  @Test
  void aLatentSpaceWithoutNumbersIsRefused() {
    String latent = "{\"size\": 0, \"distribution\": \"UNIFORM\", \"labels\": []}";
    String json =
        ModelCardJson.write(card(35)).replace("\"latent\": null", "\"latent\": " + latent);
    assertThatThrownBy(() -> ModelCardJson.read(json)).hasMessageContaining("at least 1");
  }

  @Test
  void aNetworkThatSeesTheWholePictureHasNoMargin() throws ModelException {
    ModelCard card = card(null);
    assertThat(ModelCardJson.read(ModelCardJson.write(card))).isEqualTo(card);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name",
        "task",
        "network",
        "measurements",
        "weightsSha256",
        "network.scale",
        "network.fastLayout",
        "network.options",
        "provenance.data",
        "provenance.seed"
      })
  void aMissingFieldIsNamed(String field) {
    String json = without(field, card(35));
    assertThatThrownBy(() -> ModelCardJson.read(json))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("card." + field);
  }

  private static String without(String field, ModelCard card) {
    JsonObject root = JsonParser.parseString(ModelCardJson.write(card)).getAsJsonObject();
    JsonObject owner = root;
    String name = field;
    if (field.contains(".")) {
      owner = root.getAsJsonObject(field.substring(0, field.indexOf('.')));
      name = field.substring(field.indexOf('.') + 1);
    }
    JsonElement removed = owner.remove(name);
    assertThat(removed).isNotNull();
    return root.toString();
  }

  @Test
  void aFieldMissingInAListIsNamedWithItsPlace() {
    String json = ModelCardJson.write(card(35)).replace("\"metric\"", "\"metrik\"");
    assertThatThrownBy(() -> ModelCardJson.read(json))
        .hasMessageContaining("card.measurements[0].metric");
  }

  @Test
  void anUnknownTaskIsRefusedWithTheKnownOnes() {
    String json = ModelCardJson.write(card(35)).replace("SUPER_RESOLUTION", "MAGIC");
    assertThatThrownBy(() -> ModelCardJson.read(json))
        .hasMessageContaining("SUPER_RESOLUTION, TRANSLATION, GENERATION")
        .hasMessageContaining("MAGIC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "7", "null", "{\"name\": {}}"})
  void whatIsNoCardIsRefused(String json) {
    assertThatThrownBy(() -> ModelCardJson.read(json)).isInstanceOf(ModelException.class);
  }

  @Test
  void aWordForANumberIsRefused() {
    String json = ModelCardJson.write(card(35)).replace("\"scale\": 4", "\"scale\": \"four\"");
    assertThatThrownBy(() -> ModelCardJson.read(json)).isInstanceOf(ModelException.class);
  }

  static ModelCard card(@Nullable Integer margin) {
    return new ModelCard(
        "photo-x4",
        "Photos, <fourfold>.",
        Task.SUPER_RESOLUTION,
        new NetworkFacts(
            "compact",
            Map.of("blocks", "16"),
            3,
            3,
            4,
            1,
            margin,
            null,
            1_220_000,
            76_000.5,
            MemoryLayout.CHANNELS_LAST),
        null,
        null,
        null,
        new Provenance(
            "CC-BY-SA-4.0",
            100_000,
            -1L,
            Map.of("lr", "5e-4"),
            List.of(new Provenance.DataSet("photos", 306, "CC-BY-SA-4.0", "somebody")),
            Map.of("djl", "0.35.1")),
        List.of(new Measurement("Set5", "PSNR-Y", 31.7, "dB", "as in the papers")),
        "00ff");
  }
}
