package org.ganvas.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TranslateCommandTest extends PictureCommandContract {

  @Override
  CommandRun run(Object... arguments) {
    boolean named = List.of(arguments).contains("-n");
    Stream<Object> model = named ? Stream.empty() : Stream.of("-n", model());
    return translate(Stream.concat(model, Stream.of(arguments)).toArray());
  }

  @Override
  String model() {
    return "tiny-sketch";
  }

  @Override
  String suffix() {
    return "-tiny-sketch";
  }

  @Override
  int scale() {
    return 1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"--fit 0", "--fit 9000", "--scale 2", "-n unknown"})
  void aSizeOrAModelThatIsNoneIsWrongUsage(String options) throws IOException {
    assertWrongUsage(options.split(" "));
  }

  @Test
  void aModelHasToBeNamed() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    CommandRun run = translate(photo);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--model");
    assertThat(files()).containsExactly("p.png");
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

  /** {@code translate} with the tests' models, in float32. */
  private static CommandRun translate(Object... arguments) {
    Stream<Object> fixed =
        Stream.of("translate", "--models", CommandRun.MODELS, "--precision", "float32");
    return CommandRun.of(Stream.concat(fixed, Stream.of(arguments)).toArray());
  }
}
