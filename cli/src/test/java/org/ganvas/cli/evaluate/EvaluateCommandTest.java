package org.ganvas.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.ganvas.training.evaluation.PairFiles;
import org.ganvas.training.evaluation.PicturePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void createAFolderWithSpacesAndUmlauts() throws IOException {
    folder = Files.createDirectory(temporary.resolve("Prüf bilder"));
  }

  @Test
  void printsARowForEachPictureAndOneForTheMeans() throws IOException {
    picture("first.png", 48, 40);
    picture("second picture_HR.png", 40, 40);
    CommandRun run = evaluate(folder, "-n", "tiny-x4");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines).extracting(String::length).containsOnly(lines.get(0).length());
    assertThat(lines.get(0)).startsWith("PICTURE ").contains("PSNR-Y", "SSIM", "BICUBIC");
    assertThat(lines.get(1)).startsWith("first ").contains("48x40");
    assertThat(lines.get(2)).startsWith("second picture ").contains("40x40");
    assertThat(lines.get(3)).startsWith("mean ").contains("of 2");
  }

  @Test
  void aPicturesNameDoesNotWriteToTheTerminal() throws IOException {
    picture("a\u001b[2Jb.png", 48, 40);
    Files.writeString(folder.resolve("bro\u001b[2Jken.png"), "no picture");
    CommandRun one = evaluate(folder, "-n", "tiny-x4");
    assertThat(one.out()).contains("a?[2Jb ").doesNotContain("\u001b");
    assertThat(one.err()).contains("bro?[2Jken.png").doesNotContain("\u001b");
    CommandRun several = evaluate(folder, "-n", "tiny-x4", "-n", "tiny-x2", "-s", "4");
    assertThat(several.err()).contains("bro?[2Jken.png").doesNotContain("\u001b");
  }

  @Test
  void theFiguresAreThoseOfTheEvaluation() throws IOException {
    picture("a.png", 48, 40);
    picture("b.png", 40, 64);
    CommandRun run = evaluate(folder, "-n", "tiny-x2", "--json");
    List<JsonObject> lines = json(run);
    assertThat(run.exitCode()).isZero();
    assertThat(lines).hasSize(3);
    List<PairFiles> files = PairFiles.in(folder);
    double psnr = 0;
    for (int i = 0; i < 2; i++) {
      PicturePair pair = files.get(i).read(2);
      JsonObject line = lines.get(i);
      assertThat(line.get("picture").getAsString()).isEqualTo(pair.name());
      assertThat(line.get("bicubicPsnr").getAsDouble()).isEqualTo(pair.bicubicScore().psnr());
      assertThat(line.get("bicubicSsim").getAsDouble()).isEqualTo(pair.bicubicScore().ssim());
      assertThat(line.get("psnr").getAsDouble()).isBetween(5.0, 60.0);
      assertThat(line.get("ssim").getAsDouble()).isLessThan(1);
      psnr += line.get("psnr").getAsDouble() / 2;
    }
    JsonObject mean = lines.get(2);
    assertThat(mean.get("status").getAsString()).isEqualTo("mean");
    assertThat(mean.get("pictures").getAsInt()).isEqualTo(2);
    assertThat(mean.get("model").getAsString()).isEqualTo("tiny-x2");
    assertThat(mean.get("scale").getAsInt()).isEqualTo(2);
    assertThat(mean.get("psnr").getAsDouble()).isCloseTo(psnr, within(1e-9));
  }

  @Test
  void theMeanOfAllEightWaysIsNearerToTheOriginal() throws IOException {
    BufferedImage cat = ImageIO.read(Path.of("..", "samples", "cat.jpg").toFile());
    BufferedImage part =
        cat.getSubimage(cat.getWidth() / 2 - 60, cat.getHeight() / 2 - 40, 120, 80);
    ImageIO.write(part, "png", folder.resolve("part.png").toFile());
    Path shipped = Path.of("..", "models", "photo-x2.pt");
    JsonObject once = json(evaluate(folder, "-n", shipped, "--json")).get(1);
    JsonObject eightTimes =
        json(evaluate(folder, "-n", shipped, "--json", "--self-ensemble")).get(1);
    assertThat(once.get("model").getAsString()).isEqualTo("photo-x2");
    assertThat(eightTimes.get("model").getAsString()).isEqualTo("photo-x2 (self-ensemble)");
    assertThat(eightTimes.get("psnr").getAsDouble()).isGreaterThan(once.get("psnr").getAsDouble());
  }

  @Test
  void anotherScaleThanTheModelsIsReachedByResampling() throws IOException {
    picture("a.png", 48, 42);
    JsonObject line = json(evaluate(folder, "-n", "tiny-x4", "-s", 3, "--json")).get(0);
    assertThat(line.get("scale").getAsInt()).isEqualTo(3);
    assertThat(line.get("width").getAsInt()).isEqualTo(48);
    assertThat(line.get("status").getAsString()).isEqualTo("done");
  }

  @Test
  void aPictureThatCannotBeMeasuredDoesNotStopTheOthers() throws IOException {
    picture("a.png", 48, 48);
    picture("b.png", 10, 10);
    Path text = Files.writeString(folder.resolve("c.png"), "no picture at all");
    CommandRun run = evaluate(folder, "-n", "tiny-x4");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines()).hasSize(3).last().asString().contains("of 1");
    assertThat(run.err().lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("b.png: ", "found 10x10"))
        .anySatisfy(line -> assertThat(line).startsWith(text + ": ").containsOnlyOnce("c.png"));
  }

  @Test
  void ofAPairItIsSaidWhichPictureIsDamaged() throws IOException {
    picture("a_HR.png", 48, 48);
    Files.writeString(folder.resolve("a_LR.png"), "no picture at all");
    CommandRun run = evaluate(folder, "-n", "tiny-x4");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith(folder.resolve("a_HR.png") + ": a_LR.png: ");
  }

  @Test
  void aFolderWithoutPicturesIsRefusedInOneLine() {
    assertRefused(evaluate(folder, "-n", "tiny-x4"), 1, folder.toString());
    Path missing = folder.resolve("missing");
    assertRefused(evaluate(missing, "-n", "tiny-x4"), 1, missing.toString());
  }

  @Test
  void anUnknownModelListsTheKnownOnes() throws IOException {
    picture("a.png", 48, 48);
    assertRefused(evaluate(folder, "-n", "foto"), 2, "tiny-x2, tiny-x4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-n tiny-x4 -s 1", "-n tiny-x4 -s 1.5", "-n tiny-x4 --precision half"})
  void wrongUsageIsExplained(String options) throws IOException {
    picture("a.png", 48, 48);
    Object[] arguments =
        Stream.concat(
                Stream.of("evaluate", folder),
                Stream.of(options.split(" ")).filter(o -> !o.isEmpty()))
            .toArray();
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void severalModelsAreComparedInARowEach() throws IOException {
    picture("a.png", 48, 40);
    picture("b.png", 64, 64);
    CommandRun run = evaluate(folder, "-n", "tiny-x2", "-n", "tiny-x4", "-s", 4);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0)).startsWith("MODEL ").contains("PSNR-Y", "SSIM", "BRISQUE", "SECONDS");
    assertThat(lines.subList(1, 5))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly("original", "bicubic", "tiny-x2", "tiny-x4");
    assertThat(lines.subList(0, 5)).extracting(String::length).containsOnly(lines.get(0).length());
    assertThat(lines.get(6)).isEqualTo("Means of 2 pictures.");
  }

  @Test
  void theComparisonsFiguresAreThoseOfTheModelAlone() throws IOException {
    picture("a.png", 48, 40);
    picture("b.png", 40, 64);
    List<JsonObject> alone = json(evaluate(folder, "-n", "tiny-x2", "--json"));
    List<JsonObject> lines =
        json(evaluate(folder, "-n", "tiny-x4", "-n", "tiny-x2", "-s", 2, "--json"));
    assertThat(lines).hasSize(12);
    JsonObject mean = lines.get(11);
    assertThat(mean.get("status").getAsString()).isEqualTo("mean");
    assertThat(mean.get("model").getAsString()).isEqualTo("tiny-x2");
    for (String figure : List.of("psnr", "ssim")) {
      assertThat(mean.get(figure)).isEqualTo(alone.get(2).get(figure));
    }
    JsonObject bicubic = lines.get(9);
    assertThat(bicubic.get("model").getAsString()).isEqualTo("bicubic");
    assertThat(bicubic.get("psnr")).isEqualTo(alone.get(2).get("bicubicPsnr"));
    assertThat(lines.get(8).get("model").getAsString()).isEqualTo("original");
    assertThat(lines.get(8).get("psnr").isJsonNull()).isTrue();
    assertThat(mean.get("brisque").getAsDouble()).isBetween(0.0, 100.0);
    assertThat(mean.get("perceptualDistance").isJsonNull()).isTrue();
  }

  @Test
  void aPageIsWrittenEvenForOneModel() throws IOException {
    picture("a.png", 48, 40);
    Path text = Files.writeString(folder.resolve("b.png"), "no picture at all");
    Path page = temporary.resolve("seite.html");
    CommandRun run = evaluate(folder, "-n", "tiny-x4", "--html", page);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1).first().asString().startsWith(text + ": ");
    assertThat(Files.readString(page))
        .contains("<h1>tiny-x4 on Prüf bilder</h1>", "data:image/png;base64,")
        .contains("1 picture, enlarged 4 times");
  }

  @Test
  void figuresArePrintedEvenIfThePageCannotBeWritten() throws IOException {
    picture("a.png", 48, 40);
    CommandRun run =
        evaluate(folder, "-n", "tiny-x4", "--html", temporary.resolve("a".repeat(300) + ".html"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("tiny-x4", "Means of 1 picture.");
    assertThat(run.err().lines()).singleElement().asString().startsWith("ganvas evaluate: ");
  }

  @Test
  void filesThatAreNoWeightsAreRefusedInOneLine() throws IOException {
    picture("a.png", 48, 40);
    Path text = Files.writeString(temporary.resolve("features.pth"), "no weights at all, a text");
    CommandRun run = evaluate(folder, "-n", "tiny-x4", "--features", text, "--linear", text);
    assertRefused(run, 1, text + " cannot be read: weights are a TorchScript program");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-n tiny-x2 -n tiny-x4",
        "-n tiny-x4 -n tiny-x4",
        "-n tiny-x4 --features a.pth",
        "-n tiny-x4 --linear a.pth",
        "-n tiny-x4 --html no/such/folder/a.html",
        "-n tiny-x4 --html src"
      })
  void wrongUsageOfAComparisonIsExplained(String options) throws IOException {
    picture("a.png", 48, 48);
    Object[] arguments = Stream.concat(Stream.of(folder), Stream.of(options.split(" "))).toArray();
    CommandRun run = evaluate(arguments);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith("ganvas evaluate: ").contains("found ");
  }

  private static void assertRefused(CommandRun run, int exitCode, String named) {
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).startsWith("ganvas evaluate: ").contains(named);
  }

  private static CommandRun evaluate(Object... arguments) {
    Stream<Object> fixed =
        Stream.of("evaluate", "--models", CommandRun.MODELS, "--precision", "float32");
    return CommandRun.of(Stream.concat(fixed, Stream.of(arguments)).toArray());
  }

  private static List<JsonObject> json(CommandRun run) {
    return run.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
  }

  private void picture(String name, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int wave = (int) (127 + 100 * Math.sin(x * 0.4 + y * 0.3));
        image.setRGB(x, y, wave << 16 | (x * 5 % 256) << 8 | (y * 6 % 256));
      }
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }
}
