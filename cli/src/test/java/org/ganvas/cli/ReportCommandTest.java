package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir private Path folder;

  @Test
  void writesThePageIntoTheRunsFolder() throws IOException {
    Files.writeString(folder.resolve("plan.json"), "{\"name\":\"my-x4\"}");
    Files.writeString(folder.resolve("log.jsonl"), "{\"step\":50,\"l1\":0.25}\n");
    CommandRun run = CommandRun.of("report", folder);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("wrote " + folder.resolve("report.html"));
    assertThat(folder.resolve("report.html")).content().contains("<h1>my-x4</h1>", "0.2500");
  }

  @Test
  void aFolderThatIsNoRunIsNamedInOneLineAndLeftAsItIs() {
    CommandRun run = CommandRun.of("report", folder.resolve("nothing"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("found none in ", "nothing");
    assertThat(folder).isEmptyDirectory();
  }
}
