package org.ganvas.training.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.Purpose;
import org.ganvas.training.network.CompactSr;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.WeightFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelExporterTest {
  private static final CompactSr NETWORK = new CompactSr(8, 2, 3);

  @TempDir Path folder;
  private final Program program = NETWORK.program();
  private final StateDict state = program.initialize(4);
  private Path target = Path.of("");

  @BeforeEach
  void name() {
    target = folder.resolve("models with spaces").resolve("tiny.pt");
  }

  private static TrainingPlan plan() {
    return Recipes.named("super-resolution")
        .draft()
        .set("name", "tiny")
        .set("seed", 77)
        .set("settings.network.channels", 8)
        .set("settings.network.blocks", 2)
        .set("settings.network.scale", 3)
        .set("data.folders", List.of("/secret/folder"))
        .finish();
  }

  private static ModelCard card() {
    return ModelCards.of(
        new ExportedModel(
            "tiny",
            Purpose.SUPER_RESOLUTION,
            "compact-sr",
            NETWORK,
            NETWORK.program().initialize(4)),
        plan(),
        1234,
        List.of(new Measurement("Set5", "PSNR-Y", 30.5, "dB", "p")));
  }

  private List<String> left() throws IOException {
    try (Stream<Path> entries = Files.list(target.getParent())) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  @Test
  void writesAFileThatTheCatalogueAndTheUpscalerTake() throws IOException {
    ModelFile written = ModelExporter.export(program, state, card(), target);
    assertThat(left()).containsExactly("tiny.pt");
    ModelFile read = ModelFile.read(target);
    read.verify();
    assertThat(read.card()).isEqualTo(written.card());
    StateDict weights = WeightFile.read(target);
    assertThat(weights.get("tail.weight").data()).isEqualTo(state.get("tail.weight").data());
    ComputeChoice plain = new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);
    try (Upscaler upscaler = Upscaler.open(read, plain)) {
      Picture small = new Picture(7, 5, PixelLayout.RGB, 8, new short[7 * 5 * 3]);
      Picture large = upscaler.upscale(small);
      assertThat(large.width()).isEqualTo(21);
      assertThat(large.height()).isEqualTo(15);
    }
  }

  @Test
  void weightsThatAreNotFiniteAreNamedAndNothingIsWritten() {
    state.get("tail.weight").data()[3] = Float.NaN;
    assertThatThrownBy(() -> ModelExporter.export(program, state, card(), target))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("a model's weights are finite, found NaN in tail.weight; take");
    assertThat(target).doesNotExist();
  }

  @Test
  void everyoneMayReadWhatIsPublished() throws IOException {
    ModelExporter.export(program, state, card(), target);
    Path plain = Files.createFile(target.resolveSibling("plain"));
    if (Files.getFileStore(plain).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(target))
          .isEqualTo(Files.getPosixFilePermissions(plain))
          .contains(PosixFilePermission.OWNER_READ);
    }
  }

  @Test
  void worksBesideALoneFolder() throws IOException {
    Files.createDirectories(target.resolveSibling("photos"));
    ModelExporter.export(program, state, card(), target);
    assertThat(target).isNotEmptyFile();
  }

  @Test
  void replacesAnOlderOne() throws IOException {
    ModelExporter.export(program, state, card(), target);
    StateDict other = program.initialize(5);
    ModelExporter.export(program, other, card(), target);
    assertThat(WeightFile.read(target).get("head.bias").data())
        .isEqualTo(other.get("head.bias").data());
  }

  @Test
  void aNetworkThatGivesNoNumbersIsRefusedAndLeavesTheOldFile() throws IOException {
    ModelExporter.export(program, state, card(), target);
    byte[] before = Files.readAllBytes(target);
    // Finite, but what is computed of them is not.
    Arrays.fill(state.get("head.weight").data(), Float.MAX_VALUE);
    Arrays.fill(state.get("tail.weight").data(), Float.MAX_VALUE);
    assertThatThrownBy(() -> ModelExporter.export(program, state, card(), target))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "an exported model may differ from its network by 1.0E-5, found NaN;"
                + " nothing was written");
    assertThat(left()).containsExactly("tiny.pt");
    assertThat(Files.readAllBytes(target)).isEqualTo(before);
  }

  @Test
  void theCardTellsWhatTheModelIsAndWhereItComesFrom() throws IOException {
    ModelCard card = ModelExporter.export(program, state, card(), target).card();
    assertThat(card.name()).isEqualTo("tiny");
    assertThat(card.network().architecture()).isEqualTo("compact-sr");
    assertThat(card.network().scale()).isEqualTo(3);
    assertThat(card.network().sizeMultiple()).isEqualTo(1);
    // One for head, fuse and tail, two for each block.
    assertThat(card.network().margin()).isEqualTo(7);
    assertThat(card.network().parameters()).isEqualTo(program.trainedNumbers());
    assertThat(card.network().options()).containsEntry("blocks", "2");
    assertThat(card.provenance().steps()).isEqualTo(1234);
    assertThat(card.provenance().seed()).isEqualTo(77);
    assertThat(card.provenance().licence()).isEqualTo("LicenseRef-unspecified");
    assertThat(card.provenance().plan())
        .containsEntry("networks.generator.learningRate", "5.0E-4")
        .containsEntry("data.batch", "16")
        .containsEntry("precision", "FLOAT32");
    assertThat(card.provenance().plan().toString()).doesNotContain("secret");
    assertThat(card.provenance().versions()).containsKeys("djl", "libtorch");
    assertThat(card.provenance().versions().get("libtorch")).startsWith("2.");
    assertThat(card.measurements()).singleElement().extracting(Measurement::value).isEqualTo(30.5);
    assertThat(card.weightsSha256()).matches("[0-9a-f]{64}");
  }
}
