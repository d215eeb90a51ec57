package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogObserverTest {
  @TempDir Path folder;
  private final List<String> sentences = new ArrayList<>();

  private LogObserver observer() {
    return new LogObserver(folder.resolve("log.jsonl"), 2, 5, sentences::add);
  }

  private List<JsonObject> lines() throws IOException {
    return Files.readAllLines(folder.resolve("log.jsonl")).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private static TrainingObserver.Step step(long number, double loss) {
    return new TrainingObserver.Step(
        number, 0.25 / number, Map.of("l1", loss), 300_000_000, 100_000_000);
  }

  @Test
  void averagesTheStepsOfAnInterval() throws IOException {
    LogObserver observer = observer();
    observer.stepped(step(1, 0.5));
    assertThat(folder.resolve("log.jsonl")).doesNotExist();
    observer.stepped(step(2, 0.7));
    observer.stepped(step(3, 9));
    observer.stepped(step(4, 11));
    assertThat(lines()).hasSize(2);
    JsonObject first = lines().get(0);
    assertThat(Instant.parse(first.get("time").getAsString())).isBefore(Instant.now());
    assertThat(first.get("step").getAsLong()).isEqualTo(2);
    assertThat(first.get("l1").getAsDouble()).isCloseTo(0.6, within(1e-12));
    assertThat(first.get("learningRate").getAsDouble()).isEqualTo(0.125);
    assertThat(first.get("secondsPerStep").getAsDouble()).isCloseTo(0.4, within(1e-9));
    assertThat(first.get("waitingShare").getAsDouble()).isCloseTo(0.25, within(1e-9));
    assertThat(lines().get(1).get("l1").getAsDouble()).isEqualTo(10);
    assertThat(sentences)
        .first()
        .asString()
        .startsWith("step 2/5  l1 0.60000  lr 1.25e-01  2.50 steps/s  waiting 25.0%  left 0:00:0");
  }

  @Test
  void theStepsSinceTheLastLineAreWrittenAtTheEnd() throws IOException {
    LogObserver observer = observer();
    for (long number = 1; number <= 5; number++) {
      observer.stepped(step(number, number));
    }
    observer.ended(step(5, 5));
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(2).get("step").getAsLong()).isEqualTo(5);
    assertThat(lines().get(2).get("l1").getAsDouble()).isEqualTo(5);
    observer.ended(step(5, 5));
    assertThat(lines()).hasSize(3);
  }

  @Test
  void continuesTheLogOfAnEarlierSession() throws IOException {
    for (int session = 0; session < 2; session++) {
      LogObserver observer = observer();
      observer.stepped(step(1, 1));
      observer.stepped(step(2, 1));
    }
    assertThat(lines()).hasSize(2);
  }

  @Test
  void aFigureThatIsNotFiniteIsStillJson() throws IOException {
    observer().write(3, Map.of("validationPsnr", Double.POSITIVE_INFINITY), "flat");
    assertThat(lines().get(0).get("validationPsnr").getAsString()).isEqualTo("Infinity");
  }
}
