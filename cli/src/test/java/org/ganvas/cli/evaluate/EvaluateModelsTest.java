package org.ganvas.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.ganvas.training.network.FeatureArchitecture;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.script.TorchScriptArchive;
import org.ganvas.training.weights.Safetensors;
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
  void pairsThatAreMadeGoEitherWayRound() throws IOException {
    Path photos = shapes("photos/1.png", 0, 1);
    assertThat(pairs(photos, "--pair", "paint", "--direction", "BtoA"))
        .contains("tiny-paint")
        .isNotEqualTo(pairs(photos, "--pair", "paint"));
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
  void aPerceptualDistanceIsMeasuredByTheWeightsOfItsNetwork() throws IOException {
    CommandRun run =
        translation(
            "tiny-paint",
            "--pair",
            "paint",
            "--crop",
            64,
            "--features",
            squeezeNet(),
            "--linear",
            linear());
    assertThat(run.err()).isEmpty();
    List<String[]> rows = run.out().lines().map(line -> line.strip().split(" +")).toList();
    assertThat(rows.get(0)).containsExactly("L1", "PSNR/dB", "SSIM", "DISTANCE");
    assertThat(rows.subList(1, 4))
        .allSatisfy(row -> assertThat(Double.parseDouble(row[row.length - 1])).isPositive());
    assertThat(run.out()).contains("DISTANCE: perceptual distance (SqueezeNet); less is better");
  }

  @Test
  void aGeneratorIsComparedWithRealPicturesByFeatures() throws IOException {
    CommandRun run = generated("--features", squeezeNet());
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    Map<String, Double> figures = figures(run);
    assertThat(figures.get("precision")).isBetween(0.0, 1.0);
    assertThat(figures.get("recall")).isBetween(0.0, 1.0);
    assertThat(figures.get("KID")).isGreaterThan(0);
    assertThat(run.out()).contains("(60 pictures of each kind, features of SqueezeNet)");
  }

  @Test
  void theLabelsOfAGeneratorAreReadByAClassifierOfRealPictures() throws IOException {
    CommandRun run = generated("--check-labels");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    // The generator is noise, and the real pictures are told apart at a glance.
    assertThat(figures(run).get("labels obeyed")).isBetween(0.0, 70.0);
    assertThat(run.out()).contains("(a classifier that reads 100.0 % of unseen real ones)");
  }

  private CommandRun generated(Object... options) throws IOException {
    Object[] fixed = {
      "evaluate-generator",
      "--real",
      labelled(),
      "-n",
      "tiny-digits",
      "--models",
      CommandRun.MODELS,
      "--count",
      60
    };
    return run(fixed, options);
  }

  private static Map<String, Double> figures(CommandRun run) {
    return run.out()
        .lines()
        .filter(line -> !line.isBlank() && line.charAt(0) != ' ')
        .collect(
            Collectors.toMap(
                line -> line.substring(0, 14).strip(),
                line -> Double.parseDouble(line.substring(14).replace("%", "").strip())));
  }

  /** Pictures of 8x8 pixels, whose label is which third of them is bright. */
  private Path labelled() throws IOException {
    for (int i = 0; i < 60; i++) {
      Random random = new Random(i);
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < 64; pixel++) {
        int grey = random.nextInt(60) + (pixel % 8 / 3 == i % 3 ? 160 : 0);
        image.setRGB(pixel % 8, pixel / 8, 0x010101 * grey);
      }
      Path label = folder.resolve("real").resolve(List.of("zero", "one", "two").get(i % 3));
      Files.createDirectories(label);
      ImageIO.write(image, "png", label.resolve(i + ".png").toFile());
    }
    return folder.resolve("real");
  }

  /** Weights of no use, under the names of torchvision's. */
  private Path squeezeNet() throws IOException {
    Program program =
        FeatureArchitecture.SQUEEZENET.program(FeatureArchitecture.SQUEEZENET.layers());
    Path file = folder.resolve("squeezenet.pt");
    try (OutputStream out = Files.newOutputStream(file)) {
      TorchScriptArchive.write(out, program, program.initialize(1), Map.of());
    }
    return file;
  }

  private Path linear() throws IOException {
    FeatureArchitecture network = FeatureArchitecture.SQUEEZENET;
    StateDict weights = new StateDict();
    List<Integer> channels = network.channels(network.distanceLayers());
    for (int i = 0; i < channels.size(); i++) {
      float[] ones = new float[channels.get(i)];
      Arrays.fill(ones, 1);
      weights.put(
          "lin%d.model.1.weight".formatted(i),
          new StateDict.Entry(List.of(1L, (long) ones.length, 1L, 1L), ones));
    }
    Path file = folder.resolve("linear.safetensors");
    Safetensors.write(file, weights);
    return file;
  }

  @Test
  void wrongUsageIsTold() {
    assertRefused(
        "either --pair KIND or --targets DIR",
        translation("tiny-paint", "--pair", "grey", "--targets", SAMPLES));
    assertRefused("found colourise", translation("tiny-paint", "--pair", "colourise"));
    assertRefused(
        "direction is AtoB or BtoA, found back",
        translation("tiny-paint", "--pair", "grey", "--direction", "back"));
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
