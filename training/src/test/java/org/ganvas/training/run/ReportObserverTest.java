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

  /** A report takes a second of this clock, for it is asked before and after. */
  private static final class Clock {
    private static final long SECOND = 1_000_000_000;
    private long seconds;

    long nanos() {
      return seconds++ * SECOND;
    }
  }

  @Test
  void reportsComeWithLinesOfTheLogTakeHalfAPercentOfTheTimeAndTheLastOneAlwaysComes()
      throws IOException {
    Files.writeString(folder.resolve("plan.json"), "{\"name\":\"tiny\"}");
    Path report = folder.resolve("report.html");
    Clock clock = new Clock();
    ReportObserver observer =
        new ReportObserver(new RunFolder(folder), 50, told::add, clock::nanos);
    log(50);
    observer.stepped(step(50));
    assertThat(report).doesNotExist();
    clock.seconds = 201;
    observer.stepped(step(99));
    assertThat(report).doesNotExist();
    observer.stepped(step(100));
    assertThat(report).content().contains("<h1>tiny</h1>", "50 of 50");
    log(150);
    clock.seconds += 190;
    observer.stepped(step(150));
    assertThat(report).content().contains("50 of 50");
    clock.seconds += 10;
    observer.stepped(step(150));
    assertThat(report).content().contains("150 of 150");
    log(160);
    observer.ended(step(160));
    assertThat(report).content().contains("160 of 160");
    assertThat(told).isEmpty();
    assertThat(folder.resolve("report.html.tmp")).doesNotExist();
  }

  private void log(long step) throws IOException {
    Files.writeString(folder.resolve("log.jsonl"), "{\"step\":%d,\"l1\":1}\n".formatted(step));
  }

  @Test
  void aReportThatCannotBeWrittenIsToldOnceAndDoesNotStopTheRun() {
    ReportObserver observer = new ReportObserver(new RunFolder(folder), 1, told::add);
    observer.ended(step(1));
    observer.ended(step(1));
    assertThat(told).singleElement().asString().contains("no report", "found none");
  }

  private static TrainingObserver.Step step(long number) {
    return new TrainingObserver.Step(number, 1e-4, Map.of(), 1, 1);
  }
}
