package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Provenance;
import org.ganvas.inference.model.Task;
import org.ganvas.training.network.Architecture;
import org.ganvas.training.network.Architectures;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightTransferTest {
  private static final Map<String, String> SHALLOW =
      Map.of("channels", "4", "blocks", "1", "scale", "2");
  private static final Map<String, String> DEEP =
      Map.of("channels", "4", "blocks", "2", "scale", "2");

  @TempDir private Path folder;
  private ModelFile faithful;
  private ModelFile sharp;
  private ModelFile deep;

  @BeforeEach
  void writeAModelItsSharpTwinAndADeeperOne() throws IOException {
    faithful = write("faithful", SHALLOW, 1, null);
    sharp = write("sharp", SHALLOW, 2, "faithful");
    deep = write("deep", DEEP, 3, null);
  }

  @Test
  void whatAModelHasLearnedIsGivenToADeeperOne() throws IOException {
    ModelFile file = transfer(faithful, sharp, deep, 0.5);
    StateDict a = WeightFile.read(faithful.path());
    StateDict b = WeightFile.read(sharp.path());
    StateDict onto = WeightFile.read(deep.path());
    StateDict result = WeightFile.read(file.path());
    assertThat(result.names()).isEqualTo(onto.names());
    for (String name : onto.names()) {
      float[] before = onto.get(name).data();
      float[] found = result.get(name).data();
      for (int i = 0; i < found.length; i++) {
        double learned = a.contains(name) ? b.get(name).data()[i] - a.get(name).data()[i] : 0;
        assertThat((double) found[i]).isCloseTo(before[i] + 0.5 * learned, within(1e-6));
      }
    }
    assertThat(result.get("body.1.conv1.weight").data())
        .as("of the block that the others do not have")
        .isEqualTo(onto.get("body.1.conv1.weight").data());
    assertThat(result.get("head.weight").data()).isNotEqualTo(onto.get("head.weight").data());
  }

  @Test
  void theSharpTwinOfOneModelBecomesThatOfTheOther() throws IOException {
    ModelCard card = ModelFile.read(transfer(faithful, sharp, deep, 1).path()).card();
    assertThat(card.sharpens()).isEqualTo("deep");
    assertThat(card.network()).isEqualTo(deep.card().network());
    assertThat(card.description())
        .isEqualTo("sharp, for tests (1.0 of what it has learned since faithful, on deep)");
    assertThat(card.provenance().licence()).isEqualTo("faithful AND sharp AND deep");
    assertThat(card.provenance().data())
        .extracting(Provenance.DataSet::name)
        .containsExactly("faithful", "sharp", "deep");
    assertThat(card.provenance().plan())
        .containsEntry("transfer.toSha256", sharp.card().weightsSha256())
        .containsEntry("transfer.onto", "deep");
    assertThat(transfer(sharp, faithful, deep, 1).card().sharpens()).as("the way back").isNull();
  }

  @Test
  void modelsThatShareFewTensorsAreRefused() throws IOException {
    ModelFile wide = write("wide", Map.of("channels", "8", "blocks", "1", "scale", "2"), 4, null);
    ModelFile other =
        write("other", "srresnet", Map.of("channels", "4", "blocks", "1", "scale", "2"), 5, null);
    assertThatThrownBy(() -> transfer(faithful, sharp, wide, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "name and shape in all three models, found 1 of 10 in compact-sr {blocks=1, ")
        .hasMessageContaining("compact-sr {blocks=1, channels=8, scale=2}; take models of one");
    assertThatThrownBy(() -> transfer(faithful, sharp, other, 1))
        .hasMessageContaining("found 0 of 10 in compact-sr {blocks=1, ")
        .hasMessageContaining("srresnet {blocks=1, ");
    assertThatThrownBy(() -> transfer(faithful, sharp, deep, Double.NaN))
        .hasMessage("alpha is 0 to 1, found NaN");
    assertThat(Files.exists(folder.resolve("result.pt"))).isFalse();
  }

  private ModelFile transfer(ModelFile from, ModelFile to, ModelFile onto, double alpha)
      throws IOException {
    return new WeightTransfer(from, to, onto, alpha).export(folder.resolve("result.pt"), "result");
  }

  private ModelFile write(
      String name, Map<String, String> options, long seed, @Nullable String sharpens)
      throws IOException {
    return write(name, "compact-sr", options, seed, sharpens);
  }

  private ModelFile write(
      String name,
      String architecture,
      Map<String, String> options,
      long seed,
      @Nullable String sharpens)
      throws IOException {
    Architecture network = Architectures.create(architecture, options);
    Program program = network.program();
    Provenance.DataSet data = new Provenance.DataSet(name, 1, "CC0-1.0", "");
    Provenance provenance =
        new Provenance(name, 1, 1, Map.of(), List.of(data), ModelCards.versions());
    ModelCard card =
        new ModelCard(
            name,
            name + ", for tests",
            Task.SUPER_RESOLUTION,
            ModelCards.facts(architecture, network),
            null,
            null,
            sharpens,
            provenance,
            List.of(),
            "");
    return ModelExporter.export(
        program, program.initialize(seed), card, folder.resolve(name + ".pt"));
  }
}
