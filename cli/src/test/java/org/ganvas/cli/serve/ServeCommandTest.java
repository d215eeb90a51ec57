package org.ganvas.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.cli.CommandRun;
import org.ganvas.server.access.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeCommandTest {
  @TempDir private Path folder;

  @Test
  void aNewKeyIsKnownWhereItsLineIsInTheFile() throws Exception {
    CommandRun run = CommandRun.of("serve", "--new-key", "anna-2");
    assertThat(run.exitCode()).as(run.err()).isZero();
    String key = after("shown only now: ", run.out());
    Path file = Files.writeString(folder.resolve("keys"), after("file of keys: ", run.out()));
    assertThat(ApiKeys.read(file).nameOf(key)).contains("anna-2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"anna smith", "#anna", "", "a\tb"})
  void aNameThatTheFileOfKeysCannotHoldGetsNoKey(String name) {
    CommandRun run = CommandRun.of("serve", "--new-key", name);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("a key's name").contains("found '" + name + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "--at-once, 1, 0",
    "--waiting, 0, -1",
    "--heap-memory, '67,108,864', 1",
    "--native-memory, 0, -1",
    "--model-memory, 0, -1",
    "--max-body, 1, 0",
    "--max-pixels, 1, 0",
    "--max-side, 1, 0",
    "--max-output-pixels, 1, 0",
    "--max-webp-pixels, 1, 0",
    "--rate, 1, 0",
    "--burst, 1, 0",
    "--uploads, 1, 0",
    "--min-rate, 0, -1",
    "--idle, 1, 0",
    "--connections, 1, 0",
    "--jobs-at-once, 1, 0",
    "--max-jobs, 1, 0",
    "--max-stored, 1, 0",
  })
  void aLimitThatIsTooSmallIsNamed(String option, String least, String found) {
    CommandRun run = CommandRun.of("serve", "--data", folder, "--port", 0, option, found);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("%s is at least %s, found %s".formatted(option, least, found));
  }

  @Test
  void aFolderOfModelsThatIsNotThereIsRefused() {
    Path missing = folder.resolve("modles");
    CommandRun run = CommandRun.of("serve", "--data", folder, "--port", -1, "--models", missing);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--models", "found none at " + missing + "; create it, or name another");
  }

  @Test
  void resultsAreKeptForSomeTime() {
    CommandRun run = CommandRun.of("serve", "--data", folder, "--port", 0, "--keep", 0);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("at least, found PT0S; raise --keep");
  }

  private static String after(String label, String text) {
    return text.lines()
        .filter(line -> line.contains(label))
        .map(line -> line.substring(line.indexOf(label) + label.length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
