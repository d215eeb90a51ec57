package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.server.access.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static String after(String label, String text) {
    return text.lines()
        .filter(line -> line.contains(label))
        .map(line -> line.substring(line.indexOf(label) + label.length()).strip())
        .findFirst()
        .orElseThrow();
  }
}
