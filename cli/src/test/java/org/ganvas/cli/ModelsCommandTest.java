package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
