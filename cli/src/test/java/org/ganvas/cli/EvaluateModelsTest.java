package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateModelsTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @TempDir Path folder;

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
  void pairsThatAreGivenLieSideBySideOrInTwoFoldersEitherWayRound() throws IOException {
    Path a = shapes("a/1.png", 0, 1);
    Path b = shapes("b/1.png", 1, 2);
    Path both = shapes("both/1.png", 0, 2);
    String there = pairs(a, "--targets", b);
    String back = pairs(b, "--targets", a);
    assertThat(there).contains("tiny-paint").isNotEqualTo(back);
    assertThat(pairs(both, "--pair", "given")).isEqualTo(there);
    assertThat(pairs(both, "--pair", "given", "--direction", "BtoA")).isEqualTo(back);
    assertThat(pairs(a, "--targets", b, "--direction", "BtoA")).isEqualTo(back);
  }

  @Test
  void squaresAreCutOutOfPicturesAsLargeAsInTraining() throws IOException {
    Path photos = shapes("photos/1.png", 0, 1);
    // All of the picture, and a part of the enlarged one.
    assertThat(pairs(photos, "--pair", "paint", "--load", 80))
        .isEqualTo(pairs(photos, "--pair", "paint"))
        .isNotEqualTo(pairs(photos, "--pair", "paint", "--load", 160));
  }

  private static String pairs(Path folder, Object... options) {
    Object[] fixed = {
      "evaluate-translation",
      folder,
      "-n",
      "tiny-paint",
      "--models",
      CommandRun.MODELS,
      "--count",
      3,
      "--crop",
      80
    };
    CommandRun run = run(fixed, options);
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  /** Two different pictures of 80x80 pixels side by side, or one of them; the folder. */
  private Path shapes(String name, int first, int end) throws IOException {
    BufferedImage image = new BufferedImage(80 * (end - first), 80, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < image.getWidth(); x++) {
      for (int y = 0; y < 80; y++) {
        boolean second = x / 80 + first == 1;
        int grey = (int) (128 + 100 * Math.sin(x % 80 / (second ? 3.0 : 9.0)) * Math.cos(y / 7.0));
        image.setRGB(x, y, second ? 0x010100 * grey : 0x010101 * grey);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
    return file.getParent();
  }

  @Test
  void wrongUsageIsTold() {
    assertRefused(
        "either --pair KIND or --targets DIR",
        translation("tiny-paint", "--pair", "grey", "--targets", SAMPLES));
    assertRefused("found colourise", translation("tiny-paint", "--pair", "colourise"));
    assertRefused(
        "leave --direction out, found BtoA",
        translation("tiny-paint", "--pair", "grey", "--direction", "BtoA"));
    assertRefused("found --load 99", translation("tiny-paint", "--pair", "grey", "--load", "99"));
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
