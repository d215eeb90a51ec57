package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportObserverTest {
  @TempDir private Path folder;

  private final List<String> told = new ArrayList<>();

  @Test
  void aReportIsWrittenWithTheFirstLineOfTheLogThenNotTooOftenAndAtTheEnd() throws IOException {
    Files.writeString(folder.resolve("plan.json"), "{\"name\":\"tiny\"}");
    Path report = folder.resolve("report.html");
    ReportObserver observer = new ReportObserver(new RunFolder(folder), 50, told::add);
    observer.stepped(step(49));
    assertThat(report).doesNotExist();
    Files.writeString(folder.resolve("log.jsonl"), "{\"step\":50,\"l1\":1}\n");
    observer.stepped(step(50));
    assertThat(report).content().contains("<h1>tiny</h1>", "50 of 50");
    Files.writeString(folder.resolve("log.jsonl"), "{\"step\":100,\"l1\":1}\n");
    observer.stepped(step(100));
    assertThat(report).content().contains("50 of 50");
    observer.ended(step(100));
    assertThat(report).content().contains("100 of 100");
    assertThat(told).isEmpty();
    assertThat(folder.resolve("report.html.tmp")).doesNotExist();
  }

  @Test
  void aReportThatCannotBeWrittenIsToldOnceAndDoesNotStopTheRun() {
    ReportObserver observer = new ReportObserver(new RunFolder(folder), 1, told::add);
    observer.stepped(step(1));
    observer.ended(step(1));
    assertThat(told).singleElement().asString().contains("no report", "found none");
  }

  private static TrainingObserver.Step step(long number) {
    return new TrainingObserver.Step(number, 1e-4, Map.of(), 1, 1);
  }
}
