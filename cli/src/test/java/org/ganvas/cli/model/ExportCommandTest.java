package org.ganvas.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ganvas export --state-dict}; runs are exported in {@link TrainCommandTest}. */
class ExportCommandTest {
  private static final Path MODEL = CommandRun.MODELS.resolve("tiny-x4.pt");

  @TempDir private Path folder;

  @Test
  void writesTheWeightsOfAModelIntoANewFolder() throws IOException {
    Path target = folder.resolve("new").resolve("weights.safetensors");
    CommandRun run = export(target);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("wrote " + target + ", ");
    assertThat(Files.readString(target, StandardCharsets.ISO_8859_1)).contains("\"dtype\":\"F32\"");
  }

  @Test
  void replacesAFileOnlyIfAsked() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.pt"), "mine");
    CommandRun run = export(mine);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("exists already; give --overwrite to replace it");
    assertThat(mine).hasContent("mine");
    assertThat(export(mine, "--overwrite").exitCode()).isZero();
    assertThat(Files.size(mine)).isGreaterThan(4);
  }

  @Test
  void wrongUsageIsToldAndWritesNothing() {
    Path target = folder.resolve("weights.safetensors");
    assertRefused("found the folder", export(folder, "--overwrite"));
    assertRefused("leave out -o, --best and --measure", export(target, "--best"));
    assertRefused("leave out -o, --best and --measure", export(target, "-o", folder));
    assertRefused(
        "unknown model nobody", CommandRun.of("export", "--state-dict", "nobody", target));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsNoRunIsToldSo() {
    CommandRun run = CommandRun.of("export", folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "ganvas export: a run's folder has a plan.json, found none in %s; name the folder of a"
                + " run, runs/NAME%n",
            folder);
  }

  private static void assertRefused(String reason, CommandRun run) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("ganvas export: ").contains(reason);
  }

  private static CommandRun export(Path target, Object... more) {
    Object[] fixed = {"export", "--state-dict", MODEL, target};
    Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return CommandRun.of(all);
  }
}
