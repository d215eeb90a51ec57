package org.ganvas.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpscaleCommandTest extends PictureCommandContract {

  @Override
  CommandRun run(Object... arguments) {
    return CommandRun.upscale(arguments);
  }

  @Override
  String model() {
    return "tiny-x4";
  }

  @Override
  String suffix() {
    return "-x4";
  }

  @Override
  int scale() {
    return 4;
  }

  @ParameterizedTest
  @ValueSource(strings = {"-s 0", "-s 17", "-s x", "--fit 64"})
  void aScaleThatIsNoneIsWrongUsage(String options) throws IOException {
    assertWrongUsage(options.split(" "));
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

  @ParameterizedTest
  @ValueSource(strings = {"0x1p1", "2d", "NaN"})
  void aScaleIsWrittenAsPeopleWriteNumbers(String scale) throws IOException {
    CommandRun run = CommandRun.upscale(photo(folder.resolve("p.png"), 10, 7), "-s", scale);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--scale", "a number is one such as 2 or 1.5, found " + scale);
  }

  @Test
  void resultsOfAnotherScaleAreNotEnlargedAgain() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    photo(folder.resolve("a.png"), 5, 5);
    photo(inner.resolve("b-x3.png"), 5, 5);
    CommandRun.upscale(folder, "-s", 1.5);
    CommandRun.upscale(folder);
    CommandRun run = CommandRun.upscale(folder, "-s", 2, "--suffix", "-big");
    assertThat(run.err()).contains("2 done, 0 existed already, 0 failed; left out as results: 4");
    assertThat(files())
        .containsExactlyInAnyOrder("inner", "a.png", "a-x1.5.png", "a-x4.png", "a-big.png");
    assertThat(inner.resolve("b-x3-big.png")).exists();
  }

  @Test
  void aPhotoThatIsCalledAsAResultIsNoneWithoutItsPhoto() throws IOException {
    photo(folder.resolve("p-x2.png"), 5, 5);
    CommandRun run = CommandRun.upscale(folder, "--suffix", "", "-f", "webp");
    assertThat(run).isEqualTo(new CommandRun(0, "", ""));
    assertThat(files()).containsExactlyInAnyOrder("p-x2.png", "p-x2.webp");
  }

  @Test
  void theResultOfATransparentPngThatIsCalledJpgIsAPng() throws IOException {
    Path photo = folder.resolve("d.jpg");
    ImageIO.write(new BufferedImage(5, 5, BufferedImage.TYPE_INT_ARGB), "png", photo.toFile());
    CommandRun run = run(photo);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(files()).containsExactlyInAnyOrder("d.jpg", "d" + suffix() + ".png");
  }

  @Test
  void aResultThatCannotGetItsNameIsRefusedBeforeItIsComputed() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    Path text = Files.writeString(folder.resolve("t.png"), "never read");
    CommandRun tooLong = run(text, "--suffix", "x".repeat(300));
    assertRefused(tooLong, "a result needs a name that its folder takes, found ");
    assertThat(tooLong.err()).contains("choose another with -o or --suffix");
    Path folderOfThatName = Files.createDirectory(folder.resolve("t-mine.png"));
    for (String option : List.of("--overwrite", "--quiet")) {
      CommandRun run = run(text, "--suffix", "-mine", option);
      assertRefused(run, "a result is a file, found the folder " + folderOfThatName);
    }
    assertThat(run(photo, "--suffix", "-mine").exitCode()).isZero();
  }

  @Test
  void aPhotoThatIsNamedTwiceIsOnePhoto() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 5);
    Path other = photo(Files.createDirectory(folder.resolve("in")).resolve("b.png"), 5, 5);
    CommandRun twice = run(photo, photo, "-o", folder.resolve("twice.webp"));
    assertThat(twice).isEqualTo(new CommandRun(0, "", ""));
    Path out = folder.resolve("out");
    CommandRun inFolder = run(folder.resolve("in"), folder.resolve("in/../in/b.png"), "-o", out);
    assertThat(inFolder).isEqualTo(new CommandRun(0, "", ""));
    CommandRun both = run(other, other.getParent(), folder.resolve("none"), "--json");
    assertThat(both.out().lines()).hasSize(2);
  }

  @Test
  void aFolderMayBeCalledAsAFormatIs() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 5, 5);
    Path named = folder.resolve("webp");
    assertThat(run(photo, "-o", named)).isEqualTo(new CommandRun(0, "", ""));
    assertThat(named.resolve("a-x4.png")).exists();
    Path both = folder.resolve("png");
    assertThat(run(photo, photo(folder.resolve("b.png"), 5, 5), "-o", both).exitCode()).isZero();
    assertThat(both.resolve("b-x4.png")).exists();
  }

  @Test
  void aFileWithoutAnEndingIsNotTakenForAPhoto() throws IOException {
    Files.writeString(folder.resolve("gif"), "a list of the GIFs");
    CommandRun run = run(folder);
    assertThat(run.err()).contains("0 photos: 0 done, 0 existed already, 0 failed");
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
  void anUnknownModelListsTheKnownOnes() throws IOException {
    Path photo = photo(folder.resolve("p.png"), 5, 5);
    CommandRun run = CommandRun.upscale(photo, "-n", "foto");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("unknown model foto").contains("tiny-x2, tiny-x4");
    assertThat(files()).containsExactly("p.png");
  }

  @Test
  void withTheExactMarginTilesChangeNothing() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 90, 70);
    CommandRun.upscale(photo, "-o", folder.resolve("1.png"), "-t", "off");
    CommandRun.upscale(photo, "-o", folder.resolve("2.png"), "-t", 32, "--tile-pad", "exact");
    assertThat(folder.resolve("2.png")).hasSameBinaryContentAs(folder.resolve("1.png"));
  }

  @Test
  void aSelfEnsembleIsAnotherPictureOfTheSameSize() throws IOException {
    Path photo = photo(folder.resolve("a.png"), 20, 14);
    CommandRun.upscale(photo, "-o", folder.resolve("1.png"));
    CommandRun.upscale(photo, "-o", folder.resolve("8.png"), "--self-ensemble");
    BufferedImage once = ImageIO.read(folder.resolve("1.png").toFile());
    BufferedImage eightTimes = ImageIO.read(folder.resolve("8.png").toFile());
    assertThat(eightTimes.getWidth()).isEqualTo(once.getWidth());
    assertThat(eightTimes.getHeight()).isEqualTo(once.getHeight());
    assertThat(Files.mismatch(folder.resolve("8.png"), folder.resolve("1.png"))).isPositive();
  }

  private static String model(Path photo, Object... options) {
    Object[] arguments =
        Stream.concat(Stream.of(photo, "--json", "--overwrite"), Stream.of(options)).toArray();
    CommandRun run = CommandRun.upscale(arguments);
    return JsonParser.parseString(run.out()).getAsJsonObject().get("model").getAsString();
  }
}
