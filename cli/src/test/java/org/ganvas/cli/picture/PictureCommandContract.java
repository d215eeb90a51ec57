package org.ganvas.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command must do that makes of each photo a picture. */
abstract class PictureCommandContract {
  @TempDir private Path temporary;

  /** Where the photos of a test lie. */
  Path folder = Path.of("");

  @BeforeEach
  void createAFolderWithSpacesAndUmlauts() throws IOException {
    folder = Files.createDirectory(temporary.resolve("Ferien am Zürichsee 東京"));
  }

  /** Runs the command with a model, unless the arguments name another one. */
  abstract CommandRun run(Object... arguments);

  /** The model that the command runs. */
  abstract String model();

  /** What the results' names end with, where nothing else is asked for. */
  abstract String suffix();

  /** How many times as wide and high as the photo a result is. */
  abstract int scale();

  private Path result(String photo) {
    return folder.resolve(photo.replace(".", suffix() + "."));
  }

  @Test
  void theResultOfAPngIsAPngAndOfAJpegAJpeg() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    photo(folder.resolve("b.jpg"), 5, 5);
    photo(folder.resolve("c.bmp"), 5, 5);
    assertThat(run(folder).exitCode()).isZero();
    assertThat(result("a.png")).exists();
    assertThat(Files.readAllBytes(result("c.png"))).startsWith(0x89, 'P', 'N', 'G');
    assertThat(Files.readAllBytes(result("b.jpg"))).startsWith(0xFF, 0xD8);
    assertThat(files()).hasSize(6);
  }

  @Test
  void neverReplacesAFileUnlessTold() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 6, 6);
    Path result = Files.writeString(result("p.png"), "mine");
    assertThat(run(photo).exitCode()).isZero();
    assertThat(result).hasContent("mine");
    assertThat(run(photo, "--overwrite").exitCode()).isZero();
    assertThat(ImageIO.read(result.toFile()).getWidth()).isEqualTo(6 * scale());
  }

  @Test
  void aRunOverAFolderGoesOnWhereItWasStoppedAndKeepsTheFolders() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    photo(Files.createDirectories(folder.resolve("in ner/most")).resolve("b.png"), 5, 5);
    Files.writeString(folder.resolve("notes.txt"), "no photo");
    Path out = folder.resolve("out");
    CommandRun first = run(folder, "-o", out, "--suffix", "");
    assertThat(first.exitCode()).isZero();
    assertThat(first.err()).contains("2 photos: 2 done, 0 existed already, 0 failed");
    assertThat(out.resolve("a.png")).exists();
    assertThat(out.resolve("in ner/most/b.png")).exists();
    Files.delete(out.resolve("a.png"));
    CommandRun second = run(folder, "-o", out, "--suffix", "");
    assertThat(second.err()).contains("2 photos: 1 done, 1 existed already, 0 failed");
    assertThat(out.resolve("a.png")).exists();
  }

  @Test
  void resultsBesideThePhotosAreNotTakenForPhotos() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    run(folder);
    run(folder);
    run(folder, "-o", folder);
    assertThat(files()).containsExactlyInAnyOrder("a.png", "a" + suffix() + ".png");
  }

  @Test
  void aFolderOfResultsThatAPatternNamesAmongThePhotosIsNotDoneAgain() throws IOException {
    Path photo = photo(folder.resolve("z.png"), 5, 5);
    Path out = folder.resolve("out");
    assertThat(run(photo, "-o", out).exitCode()).isZero();
    Path other = photo(out.resolve("mine.png"), 5, 5);
    CommandRun run = run(out, photo, "-o", out, "--json"); // as * would name them
    assertThat(run.out().lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains(other.toString(), "done"))
        .anySatisfy(line -> assertThat(line).contains(photo.toString(), "skipped"));
    try (Stream<Path> results = Files.list(out)) {
      assertThat(results).hasSize(3);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // where a link needs a right of its own
  void theFolderOfResultsMayBeALink() throws IOException {
    Path photo = photo(folder.resolve("z.png"), 5, 5);
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path out = Files.createSymbolicLink(folder.resolve("out"), elsewhere);
    assertThat(run(out, photo, "-o", out).exitCode()).isZero();
    CommandRun run = run(out, photo, "-o", out);
    assertThat(run.err())
        .contains("1 photos: 0 done, 1 existed already, 0 failed; left out as results: 1");
  }

  @Test
  void aResultThatIsLeftOutTakesNoNameFromAPhoto() throws IOException {
    Path photo = photo(folder.resolve("z.png"), 5, 5);
    Path calledAsAResult = photo(result("z.png"), 5, 5);
    Path out = folder.resolve("out");
    assertThat(run(photo, calledAsAResult, "-o", out).exitCode()).isZero();
    CommandRun run = run(out, photo, calledAsAResult, "-o", out);
    assertThat(run.err())
        .contains("2 photos: 0 done, 2 existed already, 0 failed; left out as results: 2");
  }

  @Test
  void aResultThatIsNamedByItselfIsDoneWhereverItsFolderIsNamed() throws IOException {
    Path photo = photo(folder.resolve("z.png"), 5, 5);
    Path out = folder.resolve("out");
    assertThat(run(photo, "-o", out).exitCode()).isZero();
    Path result = out.resolve(result("z.png").getFileName());
    CommandRun run = run(out, result, photo, "-o", out, "--json");
    assertThat(run.out().lines())
        .hasSize(2)
        .anySatisfy(line -> assertThat(line).contains(result.toString(), "done"));
  }

  @Test
  void aPhotoWhoseNameOnlyEndsInTheSuffixIsNoResult() throws IOException {
    photo(folder.resolve("photo1.png"), 5, 5);
    photo(folder.resolve("photo2.png"), 5, 5);
    CommandRun first = run(folder, "--suffix", "1");
    assertThat(first.err())
        .contains("2 photos: 2 done, 0 existed already, 0 failed" + System.lineSeparator());
    assertThat(files())
        .containsExactlyInAnyOrder("photo1.png", "photo2.png", "photo11.png", "photo21.png");
    CommandRun second = run(folder, "--suffix", "1");
    assertThat(second.err())
        .contains("2 photos: 0 done, 2 existed already, 0 failed; left out as results: 2");
  }

  @Test
  void aSuffixMayLookLikeAnOption() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 5);
    assertThat(run(photo, "--suffix=-old").exitCode()).isZero();
    assertThat(run(photo, "--suffix", "-q50").exitCode()).isZero();
    assertThat(files()).containsExactlyInAnyOrder("a.png", "a-old.png", "a-q50.png");
  }

  @Test
  void aPhotoWhoseNameBeginsWithAnAtIsAPhotoAndNoFileOfArguments() throws IOException {
    String named = "@" + photo(folder.resolve("a.png"), 5, 5);
    CommandRun run = run(named);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith(named + ": a picture is read from a file that exists");
    assertThat(files()).containsExactly("a.png");
  }

  @Test
  void aPhotoIsNeverReplacedByItsResult() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 5);
    byte[] before = Files.readAllBytes(photo);
    CommandRun run = run(photo, "--suffix", "", "--overwrite");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("must not replace its photo");
    assertThat(photo).hasBinaryContent(before);
  }

  @Test
  void oneBadFileDoesNotStopTheOthers() throws IOException {
    Path empty = Files.createFile(folder.resolve("a empty.jpg"));
    Path text = Files.writeString(folder.resolve("b.png"), "no picture at all");
    photo(folder.resolve("c.png"), 5, 5);
    CommandRun run = run(folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines())
        .hasSize(3)
        .anySatisfy(line -> assertThat(line).startsWith(empty + ": "))
        .anySatisfy(line -> assertThat(line).startsWith(text + ": "))
        .last()
        .isEqualTo("3 photos: 1 done, 0 existed already, 2 failed");
    assertThat(files())
        .containsExactlyInAnyOrder("a empty.jpg", "b.png", "c.png", "c" + suffix() + ".png");
  }

  @Test
  void aNameWithALineBreakOrAnEscapeSequenceIsOneLineForPeopleAndWholeForPrograms()
      throws IOException {
    Path bad = Files.writeString(folder.resolve("a\n\u001b[2Jb.png"), "no picture at all");
    assertRefused(run(bad), "a??[2Jb.png: a picture is a JPEG");
    JsonObject line = JsonParser.parseString(run(bad, "--json").out()).getAsJsonObject();
    assertThat(line.get("input").getAsString()).isEqualTo(bad.toString());
  }

  @Test
  void aTruncatedPhotoIsRefusedInOneLineAndLeavesNoFile() throws IOException {
    Path photo = photo(folder.resolve("p.jpg"), 300, 200);
    byte[] whole = Files.readAllBytes(photo);
    Files.write(photo, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(run(photo), photo.toString());
  }

  @Test
  void aPhotoOfMorePixelsThanAllowedIsRefused() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 30, 20);
    CommandRun run = run(photo, "--max-pixels", 599);
    assertRefused(run, photo.toString());
    assertThat(run.err()).contains("599").contains("600");
    assertThat(run(photo, "--max-pixels", 600).exitCode()).isZero();
  }

  @Test
  void aPhotoThatDoesNotExistIsRefused() {
    assertRefused(run(folder.resolve("none.jpg")), "none.jpg");
  }

  @Test
  void aDamagedModelIsRefusedInOneLine() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    byte[] bytes = Files.readAllBytes(CommandRun.MODELS.resolve(model() + ".pt"));
    Path model = folder.resolve("broken.pt");
    Files.write(model, Arrays.copyOf(bytes, bytes.length - 100));
    CommandRun run = run(photo, "-n", model);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("broken.pt").contains("damaged");
  }

  @Test
  void anOutputFolderThatCannotBeWrittenToIsRefused() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    assertRefused(run(photo, "-o", file.resolve("out")), "(Not a directory); choose another");
    assertRefused(run(photo, "-o", file.resolve("p.png")), file + " is no folder); choose another");
  }

  @Test
  void twoPhotosWithOneResultAreNotMixedUp() throws IOException {
    photo(folder.resolve("a.png"), 5, 5);
    photo(folder.resolve("a.bmp"), 7, 7);
    CommandRun run = run(folder);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("a file of its own");
    assertThat(ImageIO.read(result("a.png").toFile()).getWidth()).isEqualTo(7 * scale());
  }

  @Test
  void jsonIsOneLinePerPhoto() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 6);
    Path bad = Files.writeString(folder.resolve("b.png"), "bad");
    CommandRun run = run(folder, "--json");
    assertThat(run.err()).isEmpty();
    List<JsonObject> lines =
        run.out().lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).get("input").getAsString()).isEqualTo(photo.toString());
    assertThat(lines.get(0).get("output").getAsString()).isEqualTo(result("a.png").toString());
    assertThat(lines.get(0).get("model").getAsString()).isEqualTo(model());
    assertThat(lines.get(0).get("status").getAsString()).isEqualTo("done");
    assertThat(lines.get(0).get("width").getAsInt()).isEqualTo(5 * scale());
    assertThat(lines.get(0).get("height").getAsInt()).isEqualTo(6 * scale());
    assertThat(lines.get(1).get("input").getAsString()).isEqualTo(bad.toString());
    assertThat(lines.get(1).get("status").getAsString()).isEqualTo("failed");
    assertThat(lines.get(1).get("message").getAsString()).isNotBlank();
  }

  @Test
  void anOutputMayBeAFileOrAFolder() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 5);
    Path file = folder.resolve("big one.jpg");
    assertThat(run(photo, "-o", file).exitCode()).isZero();
    assertThat(Files.readAllBytes(file)).startsWith(0xFF, 0xD8);
    Path out = folder.resolve("results");
    assertThat(run(photo, "-o", out, "-f", "jpg").exitCode()).isZero();
    assertThat(out.resolve("a" + suffix() + ".jpg")).exists();
  }

  @Test
  void lowerQualityMakesASmallerFile() throws IOException {
    Path photo = photo(folder.resolve("a.jpg"), 160, 160);
    run(photo, "-o", folder.resolve("good.jpg"), "-q", 98, "-t", "off");
    run(photo, "-o", folder.resolve("bad.jpg"), "-q", 20, "-t", "off");
    assertThat(Files.size(folder.resolve("bad.jpg")))
        .isLessThan(Files.size(folder.resolve("good.jpg")) / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-t 3",
        "-t big",
        "--tile-pad -1",
        "-f gif",
        "-q 0",
        "-q 101",
        "--precision double",
        "--device tpu",
        "--max-pixels 0",
        "--suffix a/b",
        "--suffix",
        "--suffix --overwrite",
        "--suffix a --suffix b",
        "-o x.png -f jpg",
        "--nonsense"
      })
  void wrongUsageIsExplainedAndLeavesNoFile(String options) throws IOException {
    assertWrongUsage(options.split(" "));
  }

  void assertWrongUsage(String... options) throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    CommandRun run = run(Stream.concat(Stream.of(photo), Stream.of(options)).toArray());
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(files()).containsExactly("p.png");
  }

  void assertRefused(CommandRun run, String named) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(named).doesNotContain("Exception:");
    assertThat(files()).noneMatch(name -> name.contains(suffix()) || name.endsWith(".tmp"));
  }

  List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path photo(Path file, int width, int height) throws IOException {
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
