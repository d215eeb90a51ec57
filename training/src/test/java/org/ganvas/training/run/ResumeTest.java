package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Processor;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that is killed, be it in the middle of a step or of a checkpoint, loses nothing. */
class ResumeTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long HALF = TinyTraining.STEPS / 2 - TinyTraining.STEPS / 2 % 2;

  /** Milliseconds; a tiny run takes far longer for its second half. */
  private static final int MOMENTS = 20;

  @TempDir Path folder;

  @Test
  void aRunThatIsKilledTimeAndAgainContinuesBitByBit() throws Exception {
    checkKilled(
        "compact-sr",
        Precision.FLOAT32,
        has("step-000000006"),
        unfinishedAfter(8),
        unfinishedAfter(14));
  }

  /**
   * With running means; with a discriminator, its penalty and the history of its answers; with
   * dropout, pools of pictures and latent vectors.
   */
  @ParameterizedTest
  @CsvSource({
    "compact-sr, BFLOAT16",
    "srresnet, FLOAT32",
    "srgan, FLOAT32",
    "pix2pix, FLOAT32",
    "cyclegan, FLOAT32",
    "dcgan, FLOAT32"
  })
  void aRunThatIsKilledAtAnyMomentContinuesBitByBit(String trained, Precision precision)
      throws Exception {
    assumeTrue(precision == Precision.FLOAT32 || Processor.ofThisMachine().computesBfloat16());
    checkKilled(trained, precision, atSomeMomentAfter("step-%09d".formatted(HALF)));
  }

  @Test
  void aStoppedRunContinuesBitByBit() throws Exception {
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    TinyTraining.train(whole, "compact-sr", Precision.FLOAT32);
    try (TrainingSession session =
        TinyTraining.open(
            stopped, TinyTraining.plan(stopped, "compact-sr", Precision.FLOAT32).finish())) {
      TrainingRun run = session.prepare();
      CompletableFuture<Long> last =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return run.run(0);
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      await(stopped, has("step-000000006"), () -> last.isDone());
      run.stop();
      long step = last.get();
      assertThat(step).isBetween(6L, TinyTraining.STEPS - 1);
      assertThat(checkpoints(stopped)).contains("step-%09d".formatted(step));
    }
    TinyTraining.train(stopped, "compact-sr", Precision.FLOAT32);
    assertSameEnd(whole, stopped);
  }

  @SafeVarargs
  private void checkKilled(String trained, Precision precision, Predicate<List<String>>... moments)
      throws Exception {
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");
    TinyTraining.train(whole, trained, precision);
    for (Predicate<List<String>> moment : moments) {
      Process process = start(killed, trained, precision);
      try {
        await(killed, moment, () -> !process.isAlive());
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(process.exitValue()).as("killed, not ended").isNotZero();
      assertThat(killed.resolve("output.txt")).content().doesNotContain("Warning");
    }
    TinyTraining.train(killed, trained, precision);
    assertSameEnd(whole, killed);
  }

  private static Predicate<List<String>> has(String checkpoint) {
    return names -> names.contains(checkpoint);
  }

  /** Some milliseconds after the checkpoint was written, in which a step or two are taken. */
  private static Predicate<List<String>> atSomeMomentAfter(String checkpoint) {
    int milliseconds = new Random().nextInt(MOMENTS);
    return names -> {
      if (!names.contains(checkpoint)) {
        return false;
      }
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return true;
    };
  }

  /** While a checkpoint of a later step than {@code step} is being written. */
  private static Predicate<List<String>> unfinishedAfter(long step) {
    return names ->
        names.stream()
            .filter(name -> name.startsWith("unfinished-"))
            .anyMatch(name -> Long.parseLong(name.substring("unfinished-".length())) > step);
  }

  private static Process start(Path folder, String trained, Precision precision)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TinyTraining.class.getName(),
            folder.toString(),
            trained,
            precision.name())
        .redirectErrorStream(true)
        .redirectOutput(Files.createDirectories(folder).resolve("output.txt").toFile())
        .start();
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Path folder, Predicate<List<String>> moment, Condition over)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!moment.test(checkpoints(folder))) {
      assertThat(over.holds()).as("the run ended too early").isFalse();
      assertThat(System.nanoTime()).as("patience").isLessThan(end);
      Thread.sleep(1);
    }
  }

  private static List<String> checkpoints(Path folder) throws IOException {
    Path checkpoints = folder.resolve("run").resolve("checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(checkpoints)) {
      return entries.map(entry -> entry.getFileName().toString()).toList();
    }
  }

  private static void assertSameEnd(Path whole, Path other) throws IOException {
    Path expected = end(whole);
    Path found = end(other);
    var tensors = Safetensors.read(expected);
    assertThat(tensors).hasSizeGreaterThan(30);
    Safetensors.read(found)
        .forEach(
            (name, tensor) ->
                assertThat(tensor)
                    .as(name)
                    .extracting(StateDict.Entry::data)
                    .isEqualTo(tensors.get(name).data()));
    assertThat(found).hasSameBinaryContentAs(expected);
    assertThat(found.resolveSibling("state.json"))
        .hasSameTextualContentAs(expected.resolveSibling("state.json"));
  }

  private static Path end(Path folder) {
    return folder
        .resolve("run/checkpoints/step-%09d".formatted(TinyTraining.STEPS))
        .resolve("tensors.safetensors");
  }
}
