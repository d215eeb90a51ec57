package org.ganvas.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanOptionsTest {
  @TempDir private Path folder;

  @Test
  void aMisspeltOptionBehindAFolderIsNoFolder() {
    CommandRun run =
        CommandRun.of(
            "train", "pix2pix", "--name", "x", "--runs", folder, "--data", folder, "--piar",
            "grey");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("Unknown option: '--piar'");
  }
}
