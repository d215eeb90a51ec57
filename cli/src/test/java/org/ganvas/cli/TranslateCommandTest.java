package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslateCommandTest {
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void createAFolderWithSpacesAndUmlauts() throws IOException {
    folder = Files.createDirectory(temporary.resolve("Ferien am Zürichsee 東京"));
  }

  @Test
  void writesBesideThePhotoUnderTheModelsNameInThePhotosSize() throws IOException {
    Path photo = photo(folder.resolve("mein Foto é.jpg"), 21, 10);
    assertThat(translate(photo, "-n", "tiny-paint")).isEqualTo(new CommandRun(0, "", ""));
    BufferedImage result = ImageIO.read(folder.resolve("mein Foto é-tiny-paint.jpg").toFile());
    assertThat(List.of(result.getWidth(), result.getHeight())).containsExactly(21, 10);
    assertThat(files()).hasSize(2);
  }

  @Test
  void aFolderIsDoneOnceAndResultsAreNotDoneAgain() throws IOException {
    photo(folder.resolve("a.png"), 9, 5);
    photo(Files.createDirectories(folder.resolve("in ner")).resolve("b.png"), 5, 5);
    Files.writeString(folder.resolve("c.png"), "no picture at all");
    CommandRun run = translate(folder, "-n", "tiny-colorize");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("c.png: ", "3 photos: 2 done, 0 existed already, 1 failed");
    assertThat(folder.resolve("in ner/b-tiny-colorize.png")).exists();
    assertThat(translate(folder, "-n", "tiny-colorize").err())
        .contains("3 photos: 0 done, 2 existed already, 1 failed");
  }

  @Test
  void aPhotoTooLargeForTheOptionIsRefusedAndAnyOneIsSqueezedWhereAsked() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 90, 20);
    CommandRun refused = translate(photo, "-n", "tiny-paint", "--max-pixels", 1799);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err().lines()).singleElement().asString().contains("1,800");
    assertThat(translate(photo, "-n", "tiny-paint", "--fit", 64).exitCode()).isZero();
    BufferedImage result = ImageIO.read(folder.resolve("p-tiny-paint.png").toFile());
    assertThat(List.of(result.getWidth(), result.getHeight())).containsExactly(90, 20);
  }

  @Test
  void tilesDoNotShow() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 140, 90);
    translate(photo, "-n", "tiny-paint", "-o", folder.resolve("1.png"), "-t", "off");
    translate(photo, "-n", "tiny-paint", "-o", folder.resolve("2.png"), "-t", 48);
    BufferedImage whole = ImageIO.read(folder.resolve("1.png").toFile());
    BufferedImage tiled = ImageIO.read(folder.resolve("2.png").toFile());
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 140; x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          int a = whole.getRGB(x, y) >> shift & 0xFF;
          int b = tiled.getRGB(x, y) >> shift & 0xFF;
          assertThat(Math.abs(a - b)).isLessThanOrEqualTo(2);
        }
      }
    }
  }

  @Test
  void jsonIsOneLinePerPhoto() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 6);
    CommandRun run = translate(photo, "-n", "tiny-sketch", "--json");
    JsonObject line = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(line.get("status").getAsString()).isEqualTo("done");
    assertThat(line.get("model").getAsString()).isEqualTo("tiny-sketch");
    assertThat(line.get("width").getAsInt()).isEqualTo(5);
    assertThat(line.get("output").getAsString())
        .isEqualTo(folder.resolve("a-tiny-sketch.png").toString());
  }

  @Test
  void eachCommandNamesTheOneThatAModelIsFor() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 5);
    CommandRun upscaled = CommandRun.upscale(photo, "-n", "tiny-colorize");
    assertThat(upscaled.exitCode()).isEqualTo(1);
    assertThat(upscaled.err().lines())
        .singleElement()
        .asString()
        .contains("found one for translation; use ganvas translate");
    CommandRun translated = translate(photo, "-n", "tiny-digits");
    assertThat(translated.err()).contains("found one for generation; use ganvas generate");
    assertThat(files()).containsExactly("a.png");
  }

  @Test
  void aTruncatedPhotoLeavesNoFile() throws IOException {
    Path photo = photo(folder.resolve("p.jpg"), 300, 200);
    byte[] whole = Files.readAllBytes(photo);
    Files.write(photo, Arrays.copyOf(whole, whole.length / 2));
    CommandRun run = translate(photo, "-n", "tiny-paint");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().startsWith(photo.toString());
    assertThat(files()).containsExactly("p.jpg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-n unknown",
        "-n tiny-paint --fit 0",
        "-n tiny-paint --fit 9000",
        "-n tiny-paint --scale 2",
        "-n tiny-paint -t 3",
        "-n tiny-paint --tile-pad -1",
        "-n tiny-paint -q 0",
        "-n tiny-paint -o x.png -f jpg"
      })
  void wrongUsageIsExplainedAndLeavesNoFile(String options) throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    Stream<String> words = Stream.of(options.split(" ")).filter(word -> !word.isEmpty());
    CommandRun run = translate(Stream.concat(Stream.of(photo), words).toArray());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(files()).containsExactly("p.png");
  }

  /** {@code translate} with the tests' models, in float32. */
  private static CommandRun translate(Object... arguments) {
    Stream<Object> fixed =
        Stream.of("translate", "--models", CommandRun.MODELS, "--precision", "float32");
    return CommandRun.of(Stream.concat(fixed, Stream.of(arguments)).toArray());
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path photo(Path file, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF000000 | (x * 37 + y * 11) % 256 << 16 | (x * y) % 256 << 8 | y);
      }
    }
    String name = file.getFileName().toString();
    assertThat(ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile()))
        .isTrue();
    return file;
  }
}
