package org.ganvas.cli.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.ganvas.inference.model.Measurement;
import org.ganvas.inference.model.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureModelCommandTest {
  @TempDir private Path folder;
  private Path model;
  private Path pictures;

  @BeforeEach
  void copyAModelAndDrawPictures() throws IOException {
    model = copy("tiny-x4");
    pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 1; i <= 2; i++) {
      draw(pictures.resolve(i + ".png"), i);
    }
  }

  private Path copy(String name) throws IOException {
    Path source = CommandRun.MODELS.resolve(name + ".pt");
    return Files.copy(source, folder.resolve(name + ".pt"));
  }

  private static void draw(Path file, int factor) throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 48; i++) {
      int wave = (int) (128 + 100 * Math.sin(factor * (i % 64) / 9.0) * Math.cos(i / 64 / 7.0));
      image.setRGB(i % 64, i / 64, wave << 16 | (255 - wave) << 8 | i % 64);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void theFiguresStandOnTheCardAndTheModelRunsAsBefore() throws IOException {
    byte[] before = upscaled("before.png");
    CommandRun run = measure(model, "waves=" + pictures, "again=" + pictures);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).endsWith("wrote " + model + System.lineSeparator());
    List<String> printed = run.out().lines().limit(4).toList();
    assertThat(printed.get(0)).startsWith("waves PSNR-Y ").contains("float32");
    assertThat(printed.get(3)).startsWith("again SSIM ");
    assertThat(CommandRun.of("models", "show", model).out())
        .contains("none PSNR-Y 20.50 dB (invented for the tests)")
        .contains(printed);
    assertThat(upscaled("after.png")).isEqualTo(before);
  }

  @Test
  void theyAreTheMeansThatEvaluatePrints() throws IOException {
    assertThat(measure(model, "waves=" + pictures).exitCode()).isZero();
    CommandRun run =
        CommandRun.of("evaluate", pictures, "-n", model, "--precision", "float32", "--json");
    String means = run.out().lines().reduce((first, last) -> last).orElseThrow();
    double psnr = JsonParser.parseString(means).getAsJsonObject().get("psnr").getAsDouble();
    Measurement figure = ModelFile.read(model).card().measurements().get(1);
    assertThat(figure.value()).isCloseTo(psnr, within(1e-9));
  }

  @Test
  void measuredAgainTheyAreReplacedNotDoubled() throws IOException {
    assertThat(measure(model, "waves=" + pictures).exitCode()).isZero();
    List<Measurement> first = ModelFile.read(model).card().measurements();
    Files.delete(pictures.resolve("2.png"));
    assertThat(measure(model, "waves=" + pictures).exitCode()).isZero();
    List<Measurement> second = ModelFile.read(model).card().measurements();
    assertThat(second)
        .hasSize(3)
        .extracting(Measurement::dataSet)
        .containsExactly("none", "waves", "waves");
    assertThat(second.get(1).value()).isNotEqualTo(first.get(1).value());
  }

  @Test
  void aTranslatorIsMeasuredOnThePairsThatAreNamed() throws IOException {
    List<Measurement> figures = greyFigures("AtoB");
    assertThat(figures)
        .hasSize(9)
        .extracting(Measurement::metric)
        .startsWith("L1", "PSNR-RGB", "SSIM-RGB", "L1, unchanged input");
    assertThat(figures.get(0).protocol())
        .isEqualTo(
            "mean of 50 squares of 32 pixels of pictures resized to a shorter side of 40, in red,"
                + " green and blue; pairs: grey; float32");
    List<Measurement> back = greyFigures("BtoA");
    assertThat(back.get(0).protocol()).endsWith("pairs: grey, BtoA; float32");
    assertThat(back.get(0).value()).isNotEqualTo(figures.get(0).value());
  }

  private List<Measurement> greyFigures(String direction) throws IOException {
    Path translator = folder.resolve(direction + ".pt");
    Files.copy(CommandRun.MODELS.resolve("tiny-paint.pt"), translator);
    CommandRun run =
        measure(
            translator,
            "waves=" + pictures,
            "--pair",
            "grey",
            "--load",
            40,
            "--crop",
            32,
            "--direction",
            direction);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return ModelFile.read(translator).card().measurements().stream()
        .filter(figure -> figure.dataSet().equals("waves"))
        .toList();
  }

  @Test
  void jsonIsTheCard() throws IOException {
    CommandRun run = measure(model, "waves=" + pictures, "--json");
    assertThat(JsonParser.parseString(run.out()).getAsJsonObject().getAsJsonArray("measurements"))
        .hasSize(3);
  }

  @Test
  void wrongUsageIsToldAndChangesNothing() throws IOException {
    String set = "waves=" + pictures;
    assertRefused("unknown model nobody", measure("nobody", set));
    assertRefused("there is no such model file", measure(folder.resolve("nobody.pt"), set));
    assertRefused("Missing required parameter", measure(model));
    assertRefused("found =" + pictures, measure(model, "=" + pictures));
    assertRefused("found waves=" + model, measure(model, "waves=" + model));
    assertRefused("--pair: for translators only", measure(model, set, "--pair", "grey"));
    assertRefused(
        "--direction, --load, --crop: for translators only",
        measure(model, set, "--crop", 32, "--load", 40, "--direction", "AtoB"));
    Path translator = copy("tiny-paint");
    assertRefused("give --pair KIND", measure(translator, set));
    assertRefused("a crop is 16", measure(translator, set, "--pair", "grey", "--crop", 8));
    Path empty = Files.createDirectory(folder.resolve("empty"));
    CommandRun run = measure(model, set, "empty=" + empty);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains(empty.toString());
    assertThat(model).hasSameBinaryContentAs(CommandRun.MODELS.resolve("tiny-x4.pt"));
    assertThat(translator).hasSameBinaryContentAs(CommandRun.MODELS.resolve("tiny-paint.pt"));
  }

  @Test
  void aFileThatIsReadOnlyIsToldBeforeAnythingIsMeasured() {
    assertThat(model.toFile().setReadOnly()).isTrue();
    assumeFalse(Files.isWritable(model), "the administrator may write everything");
    CommandRun run = measure(model, "waves=" + pictures);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "ganvas models measure: %s may not be read or written; change its permissions%n",
            model);
  }

  private static CommandRun measure(Object... arguments) {
    Object[] all = new Object[arguments.length + 2];
    all[0] = "models";
    all[1] = "measure";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return CommandRun.of(all);
  }

  private static void assertRefused(String reason, CommandRun run) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("ganvas models measure: ").contains(reason);
  }

  private byte[] upscaled(String name) throws IOException {
    Path result = folder.resolve(name);
    CommandRun run = CommandRun.upscale("-n", model, pictures.resolve("1.png"), "-o", result);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return Files.readAllBytes(result);
  }
}
