package org.ganvas.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CardReplacementTest {
  private static final Path ORIGINAL = TestModels.FOLDER.resolve("tiny-x4.pt");

  @TempDir private Path folder;
  private ModelFile model;

  @BeforeEach
  void copyAModel() throws IOException {
    model = ModelFile.read(Files.copy(ORIGINAL, folder.resolve("model.pt")));
  }

  private static Measurement figure(String dataSet, double value) {
    return new Measurement(dataSet, "PSNR-Y", value, "dB", "invented");
  }

  @Test
  void allButTheCardStaysByteByByte() throws IOException {
    ModelCard card = model.card().withMeasurements(List.of(figure("Set5", 30)));
    assertThat(CardReplacement.write(model, card)).isEqualTo(new ModelFile(model.path(), card));
    ModelFile written = ModelFile.read(model.path());
    written.verify();
    assertThat(written.card()).isEqualTo(card).isNotEqualTo(model.card());
    try (StoredArchive before = StoredArchive.open(ModelFile.read(ORIGINAL));
        StoredArchive after = StoredArchive.open(written)) {
      assertThat(after.folder()).isEqualTo(before.folder());
      assertThat(after.entries()).isEqualTo(before.entries()).contains("extra/card.json");
      for (String entry : after.entries()) {
        if (!entry.equals("extra/card.json")) {
          assertThat(after.bytes(entry)).as(entry).isEqualTo(before.bytes(entry));
        }
      }
    }
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(model.path()));
  }

  @Test
  void figuresOfTheSamePicturesAreReplacedAndOthersStay() {
    ModelCard card =
        model
            .card()
            .withMeasurements(List.of(figure("Set5", 30), figure("Kodak", 28)))
            .withMeasurements(
                List.of(figure("Set5", 31), figure("Flat", Double.POSITIVE_INFINITY)));
    assertThat(card.measurements())
        .containsExactly(
            model.card().measurements().get(0), figure("Kodak", 28), figure("Set5", 31));
    assertThat(card.weightsSha256()).isEqualTo(model.card().weightsSha256());
  }

  @Test
  void aFileThatGotOtherWeightsMeanwhileIsLeftAlone() throws IOException {
    Path other = TestModels.FOLDER.resolve("tiny-x2.pt");
    Files.copy(other, model.path(), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> CardReplacement.write(model, model.card()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("its weights must have the SHA-256 " + model.card().weightsSha256());
    assertThat(model.path()).hasSameBinaryContentAs(other);
    assertThat(folder).isDirectoryNotContaining(file -> !file.equals(model.path()));
  }

  @Test
  void aFileThatIsGoneIsNotMadeAgain() throws IOException {
    Files.delete(model.path());
    assertThatThrownBy(() -> CardReplacement.write(model, model.card()))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // where a link needs a right of its own
  void ofALinkTheFileBehindItIsReplaced() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.pt"), model.path());
    ModelCard card = model.card().withMeasurements(List.of(figure("Set5", 30)));
    CardReplacement.write(ModelFile.read(link), card);
    assertThat(link).isSymbolicLink();
    assertThat(ModelFile.read(model.path()).card()).isEqualTo(card);
  }
}
