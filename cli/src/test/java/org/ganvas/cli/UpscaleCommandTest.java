package org.ganvas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpscaleCommandTest {
  @TempDir private Path temporary;
  private Path folder;

  @BeforeEach
  void createAFolderWithSpacesAndUmlauts() throws IOException {
    folder = Files.createDirectory(temporary.resolve("Ferien am Zürichsee 東京"));
  }

  @Test
  void writesBesideThePhotoFourTimesAsWideAndHigh() throws IOException {
    Path photo = photo(folder.resolve("mein Foto é.jpg"), 20, 10);
    CommandRun run = CommandRun.upscale(photo);
    assertThat(run).isEqualTo(new CommandRun(0, "", ""));
    BufferedImage result = ImageIO.read(folder.resolve("mein Foto é-x4.jpg").toFile());
    assertThat(result.getWidth()).isEqualTo(80);
    assertThat(result.getHeight()).isEqualTo(40);
    assertThat(files()).hasSize(2);
  }

  @Test
  void theResultOfAPngIsAPngAndOfAJpegAJpeg() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    photo(folder.resolve("b.jpg"), 5, 5);
    photo(folder.resolve("c.bmp"), 5, 5);
    assertThat(CommandRun.upscale(folder).exitCode()).isZero();
    assertThat(files()).contains("a-x4.png", "b-x4.jpg", "c-x4.png").hasSize(6);
    assertThat(Files.readAllBytes(folder.resolve("c-x4.png"))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(Files.readAllBytes(folder.resolve("b-x4.jpg"))).startsWith(0xFF, 0xD8);
  }

  @ParameterizedTest
  @CsvSource({"tif, tif", "TIFF, tif", "webp, webp", "jpeg, jpg"})
  void aFormatIsChosenByItsNameOrByTheOutputs(String word, String ending) throws IOException {
    Path photo = photo(folder.resolve("a.png"), 7, 5);
    assertThat(CommandRun.upscale(photo, "-f", word).exitCode()).isZero();
    Path named = folder.resolve("other." + word);
    assertThat(CommandRun.upscale(photo, "-o", named).exitCode()).isZero();
    Path chosen = folder.resolve("a-x4." + ending);
    assertThat(chosen).hasSameBinaryContentAs(named);
    assertThat(ImageIO.read(chosen.toFile()).getWidth()).isEqualTo(28);
  }

  @Test
  void aFormatThatIsNotWrittenIsWrongUsage() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 7, 5);
    CommandRun word = CommandRun.upscale(photo, "-f", "gif");
    assertThat(word.exitCode()).isEqualTo(2);
    assertThat(word.err()).contains("png, jpg, tif or webp, found gif");
    CommandRun other = CommandRun.upscale(photo, "-f", "tif", "-o", folder.resolve("b.webp"));
    assertThat(other.exitCode()).isEqualTo(2);
    assertThat(other.err()).contains("must end like its format tif");
  }

  @ParameterizedTest
  @CsvSource({"1.5, 15, 11, -x1.5", "2, 20, 14, -x2", "3, 30, 21, -x3", "4, 40, 28, -x4"})
  void anyScaleIsReached(double scale, int width, int height, String suffix) throws IOException {
    Path photo = photo(folder.resolve("p.png"), 10, 7);
    assertThat(CommandRun.upscale(photo, "-s", scale).exitCode()).isZero();
    BufferedImage result = ImageIO.read(folder.resolve("p" + suffix + ".png").toFile());
    assertThat(List.of(result.getWidth(), result.getHeight())).containsExactly(width, height);
  }

  @Test
  void takesTheModelThatReachesTheScaleWithTheLeastWork() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 6, 6);
    assertThat(model(photo, "-s", 1.5)).isEqualTo("tiny-x2");
    assertThat(model(photo, "-s", 2)).isEqualTo("tiny-x2");
    assertThat(model(photo, "-s", 3)).isEqualTo("tiny-x4");
    assertThat(model(photo, "-s", 6)).isEqualTo("tiny-x4");
    assertThat(model(photo, "-s", 1.25, "-n", "tiny-x4")).isEqualTo("tiny-x4");
    assertThat(model(photo)).isEqualTo("tiny-x4");
  }

  @Test
  void neverReplacesAFileUnlessTold() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 6, 6);
    Path result = Files.writeString(folder.resolve("p-x4.png"), "mine");
    assertThat(CommandRun.upscale(photo).exitCode()).isZero();
    assertThat(result).hasContent("mine");
    assertThat(CommandRun.upscale(photo, "--overwrite").exitCode()).isZero();
    assertThat(ImageIO.read(result.toFile()).getWidth()).isEqualTo(24);
  }

  @Test
  void aRunOverAFolderGoesOnWhereItWasStoppedAndKeepsTheFolders() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    photo(Files.createDirectories(folder.resolve("in ner/most")).resolve("b.png"), 5, 5);
    Files.writeString(folder.resolve("notes.txt"), "no photo");
    Path out = folder.resolve("out");
    CommandRun first = CommandRun.upscale(folder, "-o", out, "--suffix", "");
    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).contains("2 photos: 2 done, 0 existed already, 0 failed");
    assertThat(out.resolve("a.png")).exists();
    assertThat(out.resolve("in ner/most/b.png")).exists();
    Files.delete(out.resolve("a.png"));
    CommandRun second = CommandRun.upscale(folder, "-o", out, "--suffix", "");
    assertThat(second.err()).contains("2 photos: 1 done, 1 existed already, 0 failed");
    assertThat(out.resolve("a.png")).exists();
  }

  @Test
  void resultsBesideThePhotosAreNotEnlargedAgain() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    CommandRun.upscale(folder);
    CommandRun.upscale(folder);
    assertThat(files()).containsExactlyInAnyOrder("a.png", "a-x4.png");
  }

  @Test
  void theFolderOfThePhotosMayBeNamedAsThatOfTheResults() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    CommandRun.upscale(folder, "-o", folder);
    CommandRun.upscale(folder, "-o", folder);
    assertThat(files()).containsExactlyInAnyOrder("a.png", "a-x4.png");
  }

  @Test
  void aPhotoIsNeverReplacedByItsResult() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 5);
    byte[] before = Files.readAllBytes(photo);
    CommandRun run = CommandRun.upscale(photo, "--suffix", "", "--overwrite");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("must not replace its photo");
    assertThat(photo).hasBinaryContent(before);
  }

  @Test
  void oneBadFileDoesNotStopTheOthers() throws IOException {
    Path empty = Files.createFile(folder.resolve("a empty.jpg"));
    Path text = Files.writeString(folder.resolve("b.png"), "no picture at all");
    photo(folder.resolve("c.png"), 5, 5);
    CommandRun run = CommandRun.upscale(folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith(empty + ": "))
        .anySatisfy(line -> assertThat(line).startsWith(text + ": "))
        .last()
        .isEqualTo("3 photos: 1 done, 0 existed already, 2 failed");
    assertThat(files()).containsExactlyInAnyOrder("a empty.jpg", "b.png", "c.png", "c-x4.png");
  }

  @Test
  void aTruncatedPhotoIsRefusedInOneLineAndLeavesNoFile() throws IOException {
    Path photo = photo(folder.resolve("p.jpg"), 300, 200);
    byte[] whole = Files.readAllBytes(photo);
    Files.write(photo, java.util.Arrays.copyOf(whole, whole.length / 2));
    assertRefused(CommandRun.upscale(photo), photo.toString());
  }

  @Test
  void aPhotoOfMorePixelsThanAllowedIsRefused() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 30, 20);
    CommandRun run = CommandRun.upscale(photo, "--max-pixels", 599);
    assertRefused(run, photo.toString());
    assertThat(run.err()).contains("599").contains("600");
    assertThat(CommandRun.upscale(photo, "--max-pixels", 600).exitCode()).isZero();
  }

  @Test
  void aPhotoThatDoesNotExistIsRefused() {
    assertRefused(CommandRun.upscale(folder.resolve("none.jpg")), "none.jpg");
  }

  @Test
  void anUnknownModelListsTheKnownOnes() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    CommandRun run = CommandRun.upscale(photo, "-n", "foto");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("unknown model foto").contains("tiny-x2, tiny-x4");
    assertThat(files()).containsExactly("p.png");
  }

  @Test
  void aDamagedModelIsRefusedInOneLine() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    byte[] bytes = Files.readAllBytes(CommandRun.MODELS.resolve("tiny-x2.pt"));
    Path model = folder.resolve("broken.pt");
    Files.write(model, java.util.Arrays.copyOf(bytes, bytes.length - 100));
    CommandRun run = CommandRun.upscale(photo, "-n", model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("broken.pt").contains("damaged");
  }

  @Test
  void anOutputFolderThatCannotBeWrittenToIsRefused() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertRefused(CommandRun.upscale(photo, "-o", file.resolve("out")), "out");
  }

  @Test
  void twoPhotosWithOneResultAreNotMixedUp() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    photo(folder.resolve("a.bmp"), 7, 7);
    CommandRun run = CommandRun.upscale(folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("a file of its own");
    assertThat(ImageIO.read(folder.resolve("a-x4.png").toFile()).getWidth()).isEqualTo(28);
  }

  @Test
  void jsonIsOneLinePerPhoto() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 6);
    Path bad = Files.writeString(folder.resolve("b.png"), "bad");
    CommandRun run = CommandRun.upscale(folder, "--json");
    assertThat(run.err()).isEmpty();
    List<JsonObject> lines =
        run.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).get("input").getAsString()).isEqualTo(photo.toString());
    assertThat(lines.get(0).get("status").getAsString()).isEqualTo("done");
    assertThat(lines.get(0).get("width").getAsInt()).isEqualTo(20);
    assertThat(lines.get(0).get("height").getAsInt()).isEqualTo(24);
    assertThat(lines.get(1).get("input").getAsString()).isEqualTo(bad.toString());
    assertThat(lines.get(1).get("status").getAsString()).isEqualTo("failed");
    assertThat(lines.get(1).get("message").getAsString()).isNotBlank();
  }

  @Test
  void anOutputMayBeAFileOrAFolder() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 5);
    Path file = folder.resolve("big one.jpg");
    assertThat(CommandRun.upscale(photo, "-o", file).exitCode()).isZero();
    assertThat(Files.readAllBytes(file)).startsWith(0xFF, 0xD8);
    Path out = folder.resolve("results");
    assertThat(CommandRun.upscale(photo, "-o", out, "-f", "jpg").exitCode()).isZero();
    assertThat(out.resolve("a-x4.jpg")).exists();
  }

  @Test
  void lowerQualityMakesASmallerFile() throws IOException {
    Path photo = photo(folder.resolve("a.jpg"), 40, 40);
    CommandRun.upscale(photo, "-o", folder.resolve("good.jpg"), "-q", 98);
    CommandRun.upscale(photo, "-o", folder.resolve("bad.jpg"), "-q", 20);
    assertThat(Files.size(folder.resolve("bad.jpg")))
        .isLessThan(Files.size(folder.resolve("good.jpg")) / 2);
  }

  @Test
  void withTheExactMarginTilesChangeNothing() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 90, 70);
    CommandRun.upscale(photo, "-o", folder.resolve("1.png"), "-t", "off");
    CommandRun.upscale(photo, "-o", folder.resolve("2.png"), "-t", 32, "--tile-pad", "exact");
    assertThat(folder.resolve("2.png")).hasSameBinaryContentAs(folder.resolve("1.png"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-s 0",
        "-s 17",
        "-s x",
        "-t 3",
        "-t big",
        "--tile-pad -1",
        "-f gif",
        "-q 101",
        "--precision double",
        "--device tpu",
        "--max-pixels 0",
        "--suffix a/b",
        "-o x.png -f jpg",
        "--nonsense"
      })
  void wrongUsageIsExplainedAndLeavesNoFile(String options) throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    Object[] arguments = Stream.concat(Stream.of(photo), Stream.of(options.split(" "))).toArray();
    CommandRun run = CommandRun.upscale(arguments);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(files()).containsExactly("p.png");
  }

  private void assertRefused(CommandRun run, String named) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(named).doesNotContain("Exception:");
    assertThat(files()).noneMatch(name -> name.contains("-x4") || name.endsWith(".tmp"));
  }

  private static String model(Path photo, Object... options) {
    Object[] arguments =
        Stream.concat(Stream.of(photo, "--json", "--overwrite"), Stream.of(options)).toArray();
    CommandRun run = CommandRun.upscale(arguments);
    return JsonParser.parseString(run.out()).getAsJsonObject().get("model").getAsString();
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
