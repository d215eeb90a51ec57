package org.ganvas.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ganvas.cli.CommandRun;
import org.ganvas.cli.Ganvas;
import org.ganvas.cli.benchmark.ColdStart;
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
  void drawsWithoutTheScreenThatDisplayNames() throws Exception {
    Files.writeString(folder.resolve("plan.json"), "{\"name\":\"my-x4\"}");
    Files.writeString(
        folder.resolve("log.jsonl"), "{\"step\":50,\"l1\":0.25}\n{\"step\":100,\"l1\":0.2}\n");
    List<String> command = new ArrayList<>(ColdStart.ownCommand(Ganvas.class));
    command.removeIf(o -> o.startsWith("-javaagent") || o.startsWith("-Djava.awt.headless"));
    command.addAll(List.of("report", folder.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("DISPLAY", ":nobody");
    Process process = builder.start();
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.lines()).singleElement().asString().startsWith("wrote ");
    }
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aFolderThatIsNoRunIsNamedInOneLineAndLeftAsItIs() {
    CommandRun run = CommandRun.of("report", folder.resolve("nothing"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("found none in ", "nothing");
    assertThat(folder).isEmptyDirectory();
  }
}
