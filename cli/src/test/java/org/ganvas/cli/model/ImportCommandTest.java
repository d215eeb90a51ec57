package org.ganvas.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  /** As small as such files get; the importer's own tests have it run. */
  private static final Path CYCLE_GAN =
      Path.of("..", "training", "src", "test", "resources")
          .resolve(Path.of("org", "ganvas", "training", "export", "latest_net_G.pth"));

  @TempDir private Path folder;

  private CommandRun importAs(String architecture, Path weights, Object... more) {
    Object[] fixed = {
      "import", weights, "--architecture", architecture, "--name", "mine", "-o", target()
    };
    Object[] all = new Object[fixed.length + more.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return CommandRun.of(all);
  }

  private Path target() {
    return folder.resolve("mine.pt");
  }

  @Test
  void makesAModelAndGivesItsWeightsBack() {
    CommandRun run = importAs("resnet-6", CYCLE_GAN, "--option", "channels=1");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isEqualToIgnoringNewLines("wrote " + target() + ", 2,263 parameters");
    Path back = folder.resolve("back.safetensors");
    CommandRun export = CommandRun.of("export", "--state-dict", target(), back);
    assertThat(export.exitCode()).isZero();
    assertThat(back).exists();
    assertThat(importAs("resnet-6", back, "--option", "channels=1", "--overwrite").exitCode())
        .isZero();
  }

  @Test
  void saysOfEachTensorThatItDoesNotFitAndWritesNothing() {
    CommandRun run = importAs("resnet-6", CYCLE_GAN);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "ganvas import: the weights do not fit ResNetGenerator:\n"
                + "  model.1.weight is [1, 3, 7, 7] where the network has [64, 3, 7, 7]\n");
    assertThat(run.err().lines().filter(line -> line.contains(" where the network has ")))
        .hasSizeGreaterThan(20);
    assertThat(target()).doesNotExist();
  }

  @Test
  void keepsAFileThatExistsUnlessAsked() throws IOException {
    Files.writeString(target(), "mine");
    CommandRun run = importAs("resnet-6", CYCLE_GAN, "--option", "channels=1");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("exists already; give --overwrite to replace it");
    assertThat(target()).hasContent("mine");
  }

  @Test
  void aFileThatHoldsNoWeightsFails() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.pth"), "no weights");
    CommandRun run = importAs("resnet-6", text);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("notes.pth cannot be read");
  }
}
