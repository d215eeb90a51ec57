package org.ganvas.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;
import org.ganvas.inference.image.FloatPlanes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBlendTest {
  private static final Path MODELS = Path.of("src", "test", "resources", "models");
  private static final ProgramMethod METHOD =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  @TempDir private Path folder;
  private ModelFile faithful;
  private ModelFile sharp;

  @BeforeEach
  void createTwins() throws Exception {
    faithful = changed("photo", 1, null);
    sharp = changed("photo-gan", -0.5f, "photo");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.25, 0.7, 1})
  void everyNumberLiesOnTheWayFromOneToTheOther(double alpha) throws IOException {
    Path target = folder.resolve("between.pt");
    ModelFile blend = new ModelBlend(faithful, sharp, alpha).export(target, "between");
    ModelFile.read(target).verify();
    assertThat(ModelFile.read(target).card()).isEqualTo(blend.card());
    try (StoredArchive a = StoredArchive.open(faithful);
        StoredArchive b = StoredArchive.open(sharp);
        StoredArchive between = StoredArchive.open(blend)) {
      assertThat(between.tensors()).isEqualTo(a.tensors()).isNotEmpty();
      for (String tensor : between.tensors()) {
        float[] from = floats(a.bytes(tensor));
        float[] to = floats(b.bytes(tensor));
        float[] found = floats(between.bytes(tensor));
        for (int i = 0; i < found.length; i++) {
          assertThat(found[i])
              .isCloseTo((float) (from[i] + alpha * (to[i] - from[i])), within(1e-7f));
        }
      }
    }
  }

  @Test
  void theEndsOfTheDialComputeWhatTheTwinsCompute() throws IOException {
    ModelFile none = new ModelBlend(faithful, sharp, 0).export(folder.resolve("none.pt"), "none");
    ModelFile all = new ModelBlend(faithful, sharp, 1).export(folder.resolve("all.pt"), "all");
    assertThat(run(none)).isEqualTo(run(faithful));
    assertThat(run(all)).isEqualTo(run(sharp)).isNotEqualTo(run(faithful));
  }

  @Test
  void theCardNamesBothAndTheirLicences() throws IOException {
    ModelCard card =
        new ModelBlend(faithful, sharp, 0.7).export(folder.resolve("b.pt"), "between").card();
    assertThat(card.name()).isEqualTo("between");
    assertThat(card.description())
        .isEqualTo(sharp.card().description() + " (0.7 of the way from photo)");
    assertThat(card.provenance().plan())
        .containsEntry("blend.from", "photo")
        .containsEntry("blend.fromSha256", faithful.card().weightsSha256())
        .containsEntry("blend.to", "photo-gan")
        .containsEntry("blend.toSha256", sharp.card().weightsSha256())
        .containsEntry("blend.alpha", "0.7");
    assertThat(card.provenance().licence())
        .isEqualTo(faithful.card().provenance().licence() + " AND LicenseRef-other");
    assertThat(card.measurements()).isEmpty();
  }

  @Test
  void aBlendWithASharpTwinIsASharpTwin() throws Exception {
    assertThat(sharpens(faithful, sharp, "between")).isEqualTo("photo");
    assertThat(sharpens(sharp, faithful, "between")).isEqualTo("photo");
    assertThat(sharpens(faithful, sharp, "photo")).as("in its place").isNull();
    ModelFile sharper = changed("photo-sharper", 2, "photo");
    assertThat(sharpens(sharp, sharper, "between")).isEqualTo("photo");
    ModelFile stranger = changed("stranger", 2, "other");
    assertThat(sharpens(faithful, stranger, "between")).isNull();
    assertThat(sharpens(sharp, stranger, "between")).isNull();
    assertThat(sharpens(faithful, faithful, "between")).isNull();
  }

  private @Nullable String sharpens(ModelFile from, ModelFile to, String name) throws IOException {
    Path target = folder.resolve("sharpens").resolve("b.pt");
    return new ModelBlend(from, to, 0.5).export(target, name).card().sharpens();
  }

  @Test
  void modelsOfTwoNetworksAreRefusedWithWhatDiffers() throws IOException {
    ModelFile other = ModelFile.read(MODELS.resolve("tiny-x2.pt"));
    Path target = folder.resolve("models").resolve("b.pt");
    assertThatThrownBy(() -> new ModelBlend(faithful, other, 0.5).export(target, "b"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("two models of one network, found")
        .hasMessageContaining("scale=4")
        .hasMessageContaining("scale=2");
    try (Stream<Path> left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void generatorsOfOtherLabelsAreRefused() throws IOException {
    ModelFile digits = TestModels.named("tiny-digits");
    LatentSpace letters =
        new LatentSpace(10, LatentSpace.Distribution.GAUSSIAN, List.of("a", "b", "c"));
    ModelFile other = TestModels.withLatentSpace(digits, letters);
    assertThatThrownBy(() -> new ModelBlend(digits, other, 0.5).export(folder.resolve("x.pt"), "x"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("two models of one network, found")
        .hasMessageContaining("labels=[a, b, c]");
    Path target = folder.resolve("same.pt");
    assertThat(new ModelBlend(digits, digits, 0.5).export(target, "same").card().latent())
        .isEqualTo(digits.card().latent());
  }

  @Test
  void aBlendThatGivesNoNumbersIsNotPublished() throws Exception {
    ModelFile broken = changed("broken", Float.NaN, null);
    Path target = folder.resolve("b.pt");
    assertThatThrownBy(() -> new ModelBlend(faithful, broken, 0.5).export(target, "b"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a blend gives numbers, found NaN; nothing was written");
    assertThat(target).doesNotExist();
  }

  @Test
  void theDialFindsTheTwinOfEither() throws IOException {
    ModelCatalogue catalogue = new ModelCatalogue(List.of(folder));
    for (ModelFile model : List.of(faithful, sharp)) {
      ModelBlend blend = new Sharpness(0.3).between(model, catalogue);
      assertThat(blend.from().card().name()).isEqualTo("photo");
      assertThat(blend.to().card().name()).isEqualTo("photo-gan");
      assertThat(blend.alpha()).isEqualTo(0.3);
    }
  }

  @Test
  void aModelWithoutATwinOrWithTwoIsRefused() throws Exception {
    ModelCatalogue catalogue = new ModelCatalogue(List.of(folder));
    ModelFile lonely = changed("lonely", 1, null);
    assertThatThrownBy(() -> new Sharpness(0.3).between(lonely, catalogue))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found none for lonely in");
    ModelFile orphan = changed("orphan", 1, "gone");
    assertThatThrownBy(() -> new Sharpness(0.3).between(orphan, catalogue))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("orphan is the sharp twin of gone: unknown model gone");
    changed("photo-sharper", 2, "photo");
    assertThatThrownBy(() -> new Sharpness(0.3).between(faithful, catalogue))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found photo-gan, photo-sharper for photo");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.01, Double.NaN})
  void theDialEndsAtNoneAndAll(double value) {
    assertThatThrownBy(() -> new Sharpness(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("sharpness is 0 to 1, found " + value);
    assertThatThrownBy(() -> new ModelBlend(faithful, sharp, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] run(ModelFile file) throws ModelException {
    ComputeChoice choice = new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);
    FloatPlanes picture = FloatPlanes.zeros(3, 12, 10);
    for (int i = 0; i < picture.values().length; i++) {
      picture.values()[i] = i % 7 / 7f;
    }
    try (GeneratorModel model = GeneratorModel.load(file, choice)) {
      return model.run(picture, METHOD).values();
    }
  }

  /** {@code tiny-x4} with all its numbers multiplied, as a model in the folder. */
  private ModelFile changed(String name, float factor, @Nullable String sharpens) throws Exception {
    ModelFile original = ModelFile.read(MODELS.resolve("tiny-x4.pt"));
    Path file = folder.resolve(name + ".pt");
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (StoredArchive archive = StoredArchive.open(original);
        OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (String entry : archive.programEntries()) {
        StoredArchive.put(zip, archive.folder() + entry, archive.bytes(entry));
      }
      for (String tensor : archive.tensors()) {
        byte[] numbers = multiplied(archive.bytes(tensor), factor);
        digest.update(numbers);
        StoredArchive.put(zip, archive.folder() + tensor, numbers);
      }
      String sha256 = HexFormat.of().formatHex(digest.digest());
      String card = ModelCardJson.write(named(original.card(), name, sharpens).withWeights(sha256));
      byte[] json = card.getBytes(StandardCharsets.UTF_8);
      StoredArchive.put(zip, archive.folder() + "extra/card.json", json);
    }
    return ModelFile.read(file);
  }

  private static ModelCard named(ModelCard card, String name, @Nullable String sharpens) {
    Provenance made = card.provenance();
    return new ModelCard(
        name,
        card.description(),
        card.task(),
        card.network(),
        null,
        null,
        sharpens,
        new Provenance(
            sharpens == null ? made.licence() : "LicenseRef-other",
            made.steps(),
            made.seed(),
            made.plan(),
            made.data(),
            made.versions()),
        card.measurements(),
        "");
  }

  private static byte[] multiplied(byte[] bytes, float factor) {
    ByteBuffer numbers = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = numbers.asFloatBuffer();
    for (int i = 0; i < floats.limit(); i++) {
      floats.put(i, floats.get(i) * factor);
    }
    return numbers.array();
  }

  private static float[] floats(byte[] bytes) {
    FloatBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }
}
