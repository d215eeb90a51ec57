package org.ganvas.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the models of a run go: told before a training of days, not after it. */
class TrainOutputTest {
  @TempDir private Path folder;

  @Test
  void theOneModelOfAMethodIsAFileInAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertRefused(
        "into a folder, found " + file + ", which is none", "pix2pix", file.resolve("a/tiny.pt"));
    assertRefused("found the folder " + folder + "; name a file in it", "pix2pix", folder);
  }

  @Test
  void theTwoModelsOfAMethodNeedAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("mine.pt"), "in the way");
    assertRefused("into a folder, found " + file + ", which is none", "cyclegan", file);
    Files.createDirectory(folder.resolve("tiny-BtoA.pt"));
    assertRefused("found the folder " + folder.resolve("tiny-BtoA.pt"), "cyclegan", folder);
  }

  private void assertRefused(String message, String method, Path output) {
    Path runs = folder.resolve("runs");
    CommandRun run =
        CommandRun.of(
            "train", method, "--name", "tiny", "--runs", runs, "--data", "a", "b", "-o", output);
    assertThat(run.err()).contains(message);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(runs).doesNotExist();
  }
}
