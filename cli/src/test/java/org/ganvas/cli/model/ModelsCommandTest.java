package org.ganvas.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.cli.CommandRun;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsCommandTest {
  @TempDir private Path folder;

  @Test
  void listsNameTaskScaleSizeAndDescription() {
    CommandRun run = CommandRun.of("models", "--models", CommandRun.MODELS);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("tiny-x4 ")
                    .contains("super-resolution", " x4 ", "22 kB", "A network for tests"));
  }

  @Test
  void aDamagedModelIsToldBesideTheOthers() throws IOException {
    Files.copy(CommandRun.MODELS.resolve("tiny-x2.pt"), folder.resolve("good.pt"));
    Files.writeString(folder.resolve("bad.pt"), "no archive");
    CommandRun run = CommandRun.of("models", "--models", folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("good");
    assertThat(run.err().lines()).singleElement().asString().contains("bad.pt").contains("damaged");
  }

  @Test
  void aModelsNameDoesNotWriteToTheTerminal() throws IOException {
    Files.writeString(folder.resolve("ba\u001b[2Jd.pt"), "no model");
    CommandRun run = CommandRun.of("models", "--models", folder.toString());
    assertThat(run.err()).contains("ba?[2Jd.pt").doesNotContain("\u001b");
  }

  @Test
  void anotherDescriptionChangesNothingElse() throws IOException {
    Path model = Files.copy(CommandRun.MODELS.resolve("tiny-x4.pt"), folder.resolve("tiny.pt"));
    ModelCard before = ModelFile.read(model).card();
    CommandRun run = CommandRun.of("models", "describe", model, " Größer, zum Üben ");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    ModelFile described = ModelFile.read(model);
    described.verify();
    assertThat(described.card()).isEqualTo(before.withDescription("Größer, zum Üben"));
    assertThat(CommandRun.of("models", "--models", folder).out()).contains("  Größer, zum Üben");
  }

  @Test
  void anotherDescriptionIsAnsweredWithTheCardForPrograms() throws IOException {
    Path model = Files.copy(CommandRun.MODELS.resolve("tiny-x4.pt"), folder.resolve("tiny.pt"));
    CommandRun run = CommandRun.of("models", "describe", model, "Larger", "--json");
    assertThat(run.err()).isEmpty();
    JsonObject card = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(card.get("description").getAsString()).isEqualTo("Larger");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"` `, found none", "`two\nlines`, found line breaks"})
  void aDescriptionIsOneLine(String description, String found) throws IOException {
    Path model = Files.copy(CommandRun.MODELS.resolve("tiny-x4.pt"), folder.resolve("tiny.pt"));
    CommandRun run = CommandRun.of("models", "describe", model, description);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains(
            "a description is one line of text, " + found, "see ganvas models describe --help");
    assertThat(model).hasSameBinaryContentAs(CommandRun.MODELS.resolve("tiny-x4.pt"));
  }

  @Test
  void showPrintsTheCardForPeople() {
    CommandRun run = CommandRun.of("models", "show", "tiny-x4", "--models", CommandRun.MODELS);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("tiny-x4: A network for tests")
        .contains("exact margin   3 pixels")
        .contains("licence        Apache-2.0")
        .contains("none PSNR-Y 20.50 dB (invented for the tests)");
  }

  @Test
  void showTellsWhatATranslatorDoesAndWhatAGeneratorTakes() {
    assertThat(
            CommandRun.of("models", "show", "tiny-colorize", "--models", CommandRun.MODELS).out())
        .contains("task           translation")
        .contains("result         new colours, the brightness stays")
        .contains("statistics     36 numbers of the whole picture");
    assertThat(CommandRun.of("models", "show", "tiny-digits", "--models", CommandRun.MODELS).out())
        .contains("task           generation")
        .contains("latent space   10 numbers, gaussian")
        .contains("labels         zero, one, two")
        .doesNotContain("scale", "margin");
  }

  @Test
  void showPrintsTheCardForPrograms() {
    CommandRun run =
        CommandRun.of("models", "show", "tiny-x4", "--json", "--models", CommandRun.MODELS);
    JsonObject card = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(card.getAsJsonObject("network").get("scale").getAsInt()).isEqualTo(4);
  }

  @Test
  void anUnknownModelIsWrongUsageAndListsTheKnown() {
    CommandRun run = CommandRun.of("models", "show", "x", "--models", CommandRun.MODELS);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).singleElement().asString().contains("tiny-x2, tiny-x4");
  }
}
