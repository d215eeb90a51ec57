package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.ganvas.inference.model.CardReplacement;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.network.BackProjection;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRenewalTest {
  private static final CompactSr NETWORK = new CompactSr(4, 1, 2);
  private static final String CODE = "CompactSr/code/__torch__.py";

  @TempDir Path folder;
  private final Program program = NETWORK.program();
  private final StateDict state = program.initialize(3);
  private ModelFile old;

  /** As an older version wrote it: its program lacks a method. */
  @BeforeEach
  void writeAModelOfAnOlderVersion() throws IOException {
    ExportedModel exported =
        new ExportedModel("tiny", Purpose.SUPER_RESOLUTION, "compact-sr", NETWORK, state);
    ModelCard card =
        ModelCards.of(exported, Recipes.named("super-resolution").draft().finish(), 7, List.of());
    String code = program.code();
    int start = code.indexOf("  def float32_winograd");
    String older = code.substring(0, start) + code.substring(code.indexOf("class ", start));
    old =
        ModelExporter.export(
            new Program(program.name(), older, program.root(), program.facts()),
            state,
            card,
            folder.resolve("tiny.pt"));
    assertThat(code(old)).isNotEqualTo(program.code());
  }

  @Test
  void theProgramIsWrittenAnewAndWeightsAndCardStay() throws IOException {
    ModelRenewal.renew(old, Map.of());
    ModelFile renewed = ModelFile.read(old.path());
    assertThat(code(renewed)).isEqualTo(program.code());
    assertThat(renewed.card()).isEqualTo(old.card());
    StateDict weights = WeightFile.read(old.path());
    for (String name : state.names()) {
      assertThat(weights.get(name).data()).isEqualTo(state.get(name).data());
    }
  }

  @Test
  void aModelThatTheCardDoesNotDescribeStaysAsItIs() throws IOException {
    NetworkFacts facts = old.card().network();
    Map<String, String> other = Map.of("channels", "4", "blocks", "2", "scale", "2");
    ModelFile wrong = CardReplacement.write(old, withOptions(old.card(), facts, other));
    byte[] before = Files.readAllBytes(wrong.path());
    assertThatThrownBy(() -> ModelRenewal.renew(wrong, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be renewed")
        .hasMessageContaining("blocks=2");
    assertThat(Files.readAllBytes(wrong.path())).isEqualTo(before);
  }

  @Test
  void anOptionThatKeepsTheWeightsIsChangedAndTheFiguresGo() throws IOException {
    List<Measurement> figures = List.of(new Measurement("Set5", "PSNR-Y", 31.5, "dB", "by hand"));
    ModelFile measured = CardReplacement.write(old, old.card().withMeasurements(figures));
    ModelRenewal.renew(measured, Map.of("backProjection", "true"));
    ModelFile renewed = ModelFile.read(old.path());
    CompactSr wanted = new CompactSr(4, 1, 2, BackProjection.PICTURE);
    assertThat(code(renewed)).isEqualTo(wanted.program().code());
    assertThat(renewed.card().network().options()).containsEntry("backProjection", "true");
    assertThat(renewed.card().network().margin()).isGreaterThan(old.card().network().margin());
    assertThat(renewed.card().measurements()).isEmpty();
    assertThat(renewed.card().weightsSha256()).isEqualTo(old.card().weightsSha256());
  }

  @Test
  void anOptionThatOtherWeightsWouldBeNeededForIsRefused() throws IOException {
    byte[] before = Files.readAllBytes(old.path());
    for (Map<String, String> change : List.of(Map.of("blocks", "2"), Map.of("channels", "8"))) {
      assertThatThrownBy(() -> ModelRenewal.renew(old, change))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("found others; it cannot be renewed");
    }
    assertThat(Files.readAllBytes(old.path())).isEqualTo(before);
  }

  private static ModelCard withOptions(
      ModelCard card, NetworkFacts facts, Map<String, String> options) {
    return new ModelCard(
        card.name(),
        card.description(),
        card.task(),
        new NetworkFacts(
            facts.architecture(),
            options,
            facts.inputChannels(),
            facts.outputChannels(),
            facts.scale(),
            facts.sizeMultiple(),
            facts.margin(),
            facts.statistics(),
            facts.parameters(),
            facts.multiplyAddsPerOutputPixel(),
            facts.fastLayout()),
        card.translation(),
        card.latent(),
        card.sharpens(),
        card.provenance(),
        card.measurements(),
        card.weightsSha256());
  }

  private static String code(ModelFile file) throws IOException {
    try (ZipFile zip = new ZipFile(file.path().toFile())) {
      ZipEntry entry = zip.getEntry(CODE);
      return new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
