package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.Processor;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.gan.TrainingMethod;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.network.FeatureFiles;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether a long SRGAN run of full size needs more memory as it goes on: {@code -Dtest=
 * SrGanMemoryTest -Dganvas.memory.steps=2000}, and {@code -Dganvas.memory.features=FILE} for
 * weights as torchvision publishes them instead of numbers by a formula.
 */
@EnabledIfSystemProperty(named = SrGanMemoryTest.STEPS, matches = "[0-9]+")
class SrGanMemoryTest {
  static final String STEPS = "ganvas.memory.steps";
  private static final String FEATURES = "ganvas.memory.features";

  /** Megabytes by which the mean of the last three looks may exceed that of the first three. */
  private static final double ALLOWED = 48;

  private static final int LOOKS = 20;

  private static final int BATCH = 16;
  private static final int LOW = 24;
  private static final int SCALE = 4;

  @TempDir Path folder;

  @Test
  void aLongRunNeedsNoMoreMemoryThanAShortOne() throws Exception {
    String features = System.getProperty(FEATURES);
    Path file =
        features == null
            ? FeatureFiles.write(FeatureArchitecture.SQUEEZENET, folder.resolve("features.pt"))
            : Path.of(features).toAbsolutePath();
    // Of a process with a heap that is there from the beginning, all growth is libtorch's.
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xms512m",
            "-Xmx512m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SrGanMemoryTest.class.getName(),
            System.getProperty(STEPS),
            file.toString());
    java.environment().remove("OMP_NUM_THREADS");
    Process process = java.redirectErrorStream(true).start();
    try (BufferedReader said = process.inputReader()) {
      said.lines().forEach(System.out::println);
    }
    assertThat(process.waitFor()).as("exit code; see what was printed").isZero();
  }

  /**
   * Trains and prints the memory every now and then; the exit code tells whether it grew too much.
   *
   * @param arguments the number of steps, and a file of feature weights
   */
  public static void main(String[] arguments) throws IOException {
    long steps = Long.parseLong(arguments[0]);
    TrainingPlan plan = plan(arguments[1]);
    List<Long> looks = new ArrayList<>();
    try (TrainingMethod method =
        Recipes.named("srgan").create(plan, Device.cpu(), true, line -> {})) {
      long start = System.nanoTime();
      for (long step = 1; step <= steps; step++) {
        Map<String, Double> unused = method.step(noise(step), 1, step);
        if (step % Math.max(1, steps / LOOKS) == 0) {
          looks.add(residentMegabytes());
          double seconds = (System.nanoTime() - start) / 1e9;
          System.out.printf("step %d: %d MB, %.0f s%n", step, looks.get(looks.size() - 1), seconds);
        }
      }
    }
    double grown = mean(looks.subList(looks.size() - 3, looks.size())) - mean(looks.subList(0, 3));
    System.out.printf("grown by %.1f MB, allowed are %.0f%n", grown, ALLOWED);
    System.exit(grown <= ALLOWED ? 0 : 1);
  }

  private static double mean(List<Long> looks) {
    return looks.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  private static TrainingPlan plan(String features) {
    boolean fast = Processor.ofThisMachine().favoursBfloat16();
    return Recipes.named("srgan")
        .draft()
        .over(
            """
            {"settings": {
              "start": {"name": "photo-x4", "scale": 4, "network": {"architecture": "compact-sr",
                "options": {"channels": "64", "blocks": "16", "scale": "4"}}},
              "discriminator": {"architecture": "patch"},
              "adversary": {"warmUp": 0}}}
            """)
        .set("precision", fast ? Precision.BFLOAT16 : Precision.FLOAT32)
        .set("data.batch", BATCH)
        .set("settings.crop", LOW)
        .set("settings.features.file", features)
        .finish();
  }

  private static Batch noise(long step) {
    SplittableRandom random = new SplittableRandom(step);
    return new Batch(
        Map.of(
            LowResolutionPairs.LOW, noise(random, LOW),
            LowResolutionPairs.HIGH, noise(random, LOW * SCALE)));
  }

  private static Batch.Tensor noise(SplittableRandom random, int side) {
    float[] values = new float[BATCH * 3 * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return Batch.Tensor.of(values, BATCH, 3, side, side);
  }

  private static long residentMegabytes() throws IOException {
    System.gc();
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("RssAnon:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024;
  }
}
