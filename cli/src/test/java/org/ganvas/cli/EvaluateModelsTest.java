package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluateModelsTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @Test
  void aTranslatorIsMeasuredBesideWhatItHasToBeat() {
    CommandRun run = translation("tiny-paint", "--pair", "paint");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.split("  ")[0].strip()))
        .contains("unchanged", "colours matched", "tiny-paint");
  }

  @Test
  void picturesThatAreTheirOwnTargetsAreMatchedUnchanged() {
    CommandRun run = translation("tiny-paint", "--targets", SAMPLES, "--crop", "64");
    assertThat(run.err()).isEmpty();
    List<String[]> rows = run.out().lines().map(line -> line.strip().split(" +")).toList();
    assertThat(rows.get(0)).containsExactly("L1", "PSNR/dB", "SSIM");
    assertThat(rows.get(1)).containsExactly("unchanged", "0.0000", "Infinity", "1.0000");
    assertThat(Double.parseDouble(rows.get(3)[1])).isBetween(0.01, 1.0);
  }

  @Test
  void wrongUsageIsTold() {
    assertRefused("either --pair KIND or --targets DIR", translation("tiny-paint"));
    assertRefused("a crop is 16", translation("tiny-paint", "--pair", "grey", "--crop", "8"));
    assertRefused(
        "found one of them", translation("tiny-paint", "--pair", "grey", "--linear", SAMPLES));
    assertRefused("unknown model nobody", translation("nobody", "--pair", "grey"));
    assertRefused("give --features FILE, --check-labels or both", generator());
    assertRefused("pictures are 20 to 4096", generator("--check-labels", "--count", "5"));
  }

  private static void assertRefused(String reason, CommandRun run) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(reason);
  }

  private static CommandRun translation(String model, Object... options) {
    return run(
        new Object[] {
          "evaluate-translation", SAMPLES, "-n", model, "--models", CommandRun.MODELS, "--count", 2
        },
        options);
  }

  private static CommandRun generator(Object... options) {
    return run(
        new Object[] {
          "evaluate-generator", "--real", SAMPLES, "-n", "tiny", "--models", CommandRun.MODELS
        },
        options);
  }

  private static CommandRun run(Object[] fixed, Object[] options) {
    Object[] all = java.util.Arrays.copyOf(fixed, fixed.length + options.length);
    System.arraycopy(options, 0, all, fixed.length, options.length);
    return CommandRun.of(all);
  }
}
