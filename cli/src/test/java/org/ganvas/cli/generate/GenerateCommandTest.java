package org.ganvas.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerateCommandTest {
  /** Side of a picture that the tests' generators give, and white pixels between two of them. */
  private static final int SIDE = 8;

  private static final int GAP = 2;

  @TempDir private Path folder;

  @Test
  void aGridShowsThePicturesOfConsecutiveSeeds() throws IOException {
    Path grid = folder.resolve("out.png");
    CommandRun run =
        generate("-n", "tiny-digits", "--count", 5, "--seed", 7, "--label", "one", "--grid", grid);
    assertThat(run).isEqualTo(new CommandRun(0, grid + " (28x18)" + System.lineSeparator(), ""));
    Path single = folder.resolve("single.png");
    generate("-n", "tiny-digits", "--count", 1, "--seed", 10, "--label", "one", "--grid", single);
    assertThat(pixels(ImageIO.read(single.toFile())))
        .isEqualTo(pixels(cell(ImageIO.read(grid.toFile()), 0, 1)));
  }

  @Test
  void allLabelsHaveARowEach() throws IOException {
    Path grid = folder.resolve("out.png");
    generate("-n", "tiny-digits", "--label", "all", "--grid", grid);
    BufferedImage image = ImageIO.read(grid.toFile());
    assertThat(image.getWidth()).isEqualTo(10 * (SIDE + GAP) - GAP);
    assertThat(image.getHeight()).isEqualTo(3 * (SIDE + GAP) - GAP);
    assertThat(pixels(cell(image, 0, 0))).isNotEqualTo(pixels(cell(image, 0, 1)));
  }

  @Test
  void eachPictureGoesIntoAFileOfItsOwnWhereAsked() throws IOException {
    Path out = folder.resolve("new/folder");
    CommandRun run = generate("-n", "tiny-digits", "--count", 4, "--seed", 7, "--output", out);
    assertThat(run.out().lines()).hasSize(4);
    assertThat(names(out))
        .containsExactlyInAnyOrder(
            "tiny-digits-7-zero.png",
            "tiny-digits-8-one.png",
            "tiny-digits-9-two.png",
            "tiny-digits-10-zero.png");
  }

  @Test
  void anInterpolationBeginsAndEndsWithThePicturesOfItsSeeds() throws IOException {
    Path way = folder.resolve("way.png");
    Path seeds = folder.resolve("seeds.png");
    generate("-n", "tiny-noise", "--interpolate", 3, 4, "--steps", 6, "--grid", way);
    generate("-n", "tiny-noise", "--seed", 3, "--count", 2, "--grid", seeds);
    BufferedImage row = ImageIO.read(way.toFile());
    BufferedImage ends = ImageIO.read(seeds.toFile());
    assertThat(row.getWidth()).isEqualTo(6 * (SIDE + GAP) - GAP);
    assertThat(pixels(cell(row, 0, 0))).isEqualTo(pixels(cell(ends, 0, 0)));
    assertThat(pixels(cell(row, 5, 0))).isEqualTo(pixels(cell(ends, 1, 0)));
    assertThat(pixels(cell(row, 2, 0))).isNotEqualTo(pixels(cell(ends, 0, 0)));
  }

  @Test
  void arithmeticShowsItsOperandsAndTheResult() throws IOException {
    Path out = folder.resolve("sum");
    CommandRun run =
        generate("-n", "tiny-noise", "--arithmetic", "12-7+12", "--output", out, "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(names(out))
        .containsExactlyInAnyOrder(
            "tiny-noise-12.png", "tiny-noise-7.png", "tiny-noise-12-7+12.png");
    JsonObject last = JsonParser.parseString(run.out().lines().toList().get(2)).getAsJsonObject();
    assertThat(last.get("model").getAsString()).isEqualTo("tiny-noise");
    assertThat(last.get("method").getAsString()).startsWith("float32");
    JsonObject shown = last.getAsJsonArray("pictures").get(0).getAsJsonObject();
    assertThat(shown.get("name").getAsString()).isEqualTo("12-7+12");
    assertThat(shown.get("label").isJsonNull()).isTrue();
  }

  @Test
  void aLongSumStillHasAFileName() throws IOException {
    String sum = String.join("+", Collections.nCopies(20, "123456789012345678"));
    Path out = folder.resolve("sum");
    CommandRun run = generate("-n", "tiny-noise", "--arithmetic", sum, "--output", out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(names(out)).hasSize(2).contains("tiny-noise-123456789012345678.png");
  }

  @Test
  void aFileThatExistsIsReplacedOnlyWhenTold() throws IOException {
    Path grid = Files.writeString(folder.resolve("mine.png"), "mine");
    CommandRun run = generate("-n", "tiny-noise", "--grid", grid);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("exists already; give --overwrite to replace it");
    assertThat(grid).hasContent("mine");
    assertThat(generate("-n", "tiny-noise", "--grid", grid, "--overwrite").exitCode()).isZero();
    assertThat(ImageIO.read(grid.toFile()).getWidth()).isEqualTo(8 * (SIDE + GAP) - GAP);
  }

  @Test
  void whereOneOfManyFilesExistsNoneIsWritten() throws IOException {
    Files.writeString(folder.resolve("tiny-noise-2.png"), "mine");
    CommandRun run = generate("-n", "tiny-noise", "--count", 4, "--output", folder);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(names(folder)).containsExactly("tiny-noise-2.png");
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforeAnythingIs() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    Path inside = Files.createDirectory(folder.resolve("folder.png"));
    assertRefused("written into a folder, found " + file, "--grid", file.resolve("x.png"));
    assertRefused("written into a folder, found " + file, "--output", file.resolve("a/b"));
    assertRefused("is a file, found the folder " + inside, "--grid", inside, "--overwrite");
    Path gif = folder.resolve("x.gif");
    assertRefused("in .png, .jpg, .tif or .webp, found " + gif + "; rename it", "--grid", gif);
    assertThat(generate("-n", "tiny-noise", "--grid", gif).err())
        .as("an option that this command does not have")
        .doesNotContain("format");
    Path out = folder.resolve("out");
    Path single = folder.resolve("folder.png/../out/tiny-noise-7.png");
    assertRefused("the grid needs a file of its own", "--output", out, "--grid", single);
    assertThat(names(folder)).containsExactlyInAnyOrder("file", "folder.png");
  }

  private static void assertRefused(String reason, Object... more) {
    Stream<Object> fixed = Stream.of("-n", "tiny-noise", "--count", 2, "--seed", 7);
    CommandRun run = generate(Stream.concat(fixed, Stream.of(more)).toArray());
    assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(reason).doesNotContain("--overwrite");
  }

  @Test
  void quietPrintsNothing() {
    Path grid = folder.resolve("out.jpg");
    assertThat(generate("-n", "tiny-noise", "--grid", grid, "--quiet"))
        .isEqualTo(new CommandRun(0, "", ""));
    assertThat(grid).exists();
  }

  @Test
  void aModelForSomethingElseNamesTheCommandForIt() {
    CommandRun run = generate("-n", "tiny-paint", "--grid", folder.resolve("out.png"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("use ganvas translate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-n unknown",
        "-n tiny-digits --label four",
        "-n tiny-noise --label all",
        "-n tiny-digits --count 0",
        "-n tiny-digits --count 5000",
        "-n tiny-digits --seed -1",
        "-n tiny-digits --seed x",
        "-n tiny-digits --interpolate 1 2",
        "-n tiny-noise --interpolate 1",
        "-n tiny-noise --interpolate 1 2 --steps 1",
        "-n tiny-noise --interpolate 1 2 --count 3",
        "-n tiny-noise --interpolate 1 2 --arithmetic 1+2",
        "-n tiny-noise --arithmetic a-b",
        "-n tiny-noise --steps 3",
        "-n tiny-noise --grid out.gif",
        "-n tiny-noise --grid /"
      })
  void wrongUsageIsExplainedAndLeavesNoFile(String options) throws IOException {
    Stream<String> words = Stream.of(options.split(" ")).filter(word -> !word.isEmpty());
    Object[] arguments = Stream.concat(words, Stream.of("--output", folder)).toArray();
    CommandRun run = generate(arguments);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(names(folder)).isEmpty();
  }

  private static CommandRun generate(Object... arguments) {
    Stream<Object> fixed = Stream.of("generate", "--models", CommandRun.MODELS);
    return CommandRun.of(Stream.concat(fixed, Stream.of(arguments)).toArray());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static BufferedImage cell(BufferedImage grid, int column, int row) {
    return grid.getSubimage(column * (SIDE + GAP), row * (SIDE + GAP), SIDE, SIDE);
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }
}
