package org.ganvas.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
  @TempDir private Path folder;

  @Test
  void everyNumberIsAFigureAndWhatIsNotIsPassedOver() throws IOException {
    RunLog log =
        read(
            """
            {"time":"2026-01-31T12:00:00.5Z","step":50,"l1":0.5,"learningRate":1.25E-4}
            {"time":"2026-01-31T12:01:00Z","step":100,"l1":0.25,"psnr":"Infinity"}
            {"time":"2026-01-31T12:01:00Z","step":100,"psnr":30}
            no json
            [1]
            {"step":"many"}
            {"time":"2026-01-31T12:02:00Z","step":150,"l1":0.1""");
    assertThat(log.curves().keySet()).containsExactly("l1", "learningRate", "psnr");
    assertThat(log.curves().get("l1").steps()).containsExactly(50, 100);
    assertThat(log.curves().get("l1").values()).containsExactly(0.5, 0.25);
    assertThat(log.curves().get("psnr").values()).containsExactly(30);
    assertThat(log.lastStep()).isEqualTo(100);
    assertThat(log.begun()).isEqualTo("2026-01-31T12:00:00.5Z");
    assertThat(log.written()).isEqualTo("2026-01-31T12:01:00Z");
  }

  @Test
  void whatAResumedRunComputesAnewReplacesWhatWasLoggedBefore() throws IOException {
    RunLog log =
        read(
            """
            {"step":50,"l1":5}
            {"step":100,"l1":4,"warning":"kept"}
            {"step":150,"l1":3,"warning":"computed anew"}
            {"step":200,"l1":2}
            {"step":150,"l1":3.5}
            """);
    assertThat(log.curves().get("l1").steps()).containsExactly(50, 100, 150);
    assertThat(log.curves().get("l1").values()).containsExactly(5, 4, 3.5);
    assertThat(log.warnings()).containsExactly(new RunLog.Warning(100, "kept"));
    assertThat(log.lastStep()).isEqualTo(150);
  }

  @Test
  void aLineThatIsDamagedHidesNoOther() throws IOException {
    RunLog log =
        read(
            """
            {"step":50,"l1":5}
            {"step":1e300,"l1":4}
            {"step":12.5,"l1":4}
            {"step":50,"_":3,"huge":1e999}
            """);
    assertThat(log.curves().keySet()).containsExactly("l1", "_");
    assertThat(log.curves().get("l1").values()).containsExactly(5);
    assertThat(log.lastStep()).isEqualTo(50);
  }

  @Test
  void aWarningOfAStepThatWasTakenAgainIsOne() throws IOException {
    // Killed after step 50, and continued from a checkpoint before it.
    RunLog log = read("{\"step\":50,\"warning\":\"w\"}\n{\"step\":50,\"warning\":\"w\"}\n");
    assertThat(log.warnings()).containsExactly(new RunLog.Warning(50, "w"));
  }

  @Test
  void noFileIsAnEmptyLog() throws IOException {
    RunLog log = RunLog.read(folder.resolve("log.jsonl"));
    assertThat(log.curves()).isEmpty();
    assertThat(log.lastStep()).isZero();
  }

  private RunLog read(String lines) throws IOException {
    return RunLog.read(Files.writeString(folder.resolve("log.jsonl"), lines));
  }
}
