package org.ganvas.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.ganvas.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DegradeCommandTest {
  private static final Path ASTRONAUT = Path.of("..", "samples", "astronaut.jpg");

  @TempDir private Path folder;

  @Test
  void drawsTheOriginalAndTwentyDifferentSmallPictures() throws IOException {
    BufferedImage photo = new BufferedImage(501, 430, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 501 * 430; i++) {
      photo.setRGB(i % 501, i / 501, (i % 501 / 2) << 16 | (i / 501 / 2) << 8 | i * 7 % 256);
    }
    Path file = folder.resolve("photo.png");
    ImageIO.write(photo, "png", file.toFile());
    CommandRun run = CommandRun.of("degrade", file, "--seed", "3");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    BufferedImage drawn = ImageIO.read(folder.resolve("photo-degraded.png").toFile());
    assertThat(drawn.getWidth()).isEqualTo(6 * 196 - 4);
    assertThat(drawn.getHeight()).isEqualTo(4 * 196 - 4);
    // The original is the middle of the photo, pixel by pixel.
    assertThat(drawn.getRGB(2, 2, 384, 384, null, 0, 384))
        .isEqualTo(
            photo.getRGB((501 / 4 - 96) / 2 * 4, (430 / 4 - 96) / 2 * 4, 384, 384, null, 0, 384));
    assertThat(
            IntStream.range(0, 24)
                .filter(cell -> cell % 6 >= 2 || cell / 6 >= 2)
                .mapToObj(
                    cell ->
                        Arrays.hashCode(
                            drawn.getRGB(cell % 6 * 196, cell / 6 * 196, 192, 192, null, 0, 192)))
                .distinct())
        .hasSize(20);
  }

  @Test
  void anExistingSheetIsLeftAloneWithoutOverwrite() throws IOException {
    Path sheet = Files.writeString(folder.resolve("sheet.png"), "mine");
    CommandRun run = CommandRun.of("degrade", ASTRONAUT, "-o", sheet);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("exists already; give --overwrite to replace it");
    assertThat(sheet).hasContent("mine");
    assertThat(CommandRun.of("degrade", ASTRONAUT, "-o", sheet, "--overwrite").exitCode()).isZero();
    assertThat(ImageIO.read(sheet.toFile())).isNotNull();
  }

  @Test
  void aSheetIsWhatItsNameSaysAndNeverReplacesItsPhoto() throws IOException {
    Path photo = Files.copy(ASTRONAUT, folder.resolve("photo.jpg"));
    CommandRun onItself = CommandRun.of("degrade", photo, "-o", photo, "--overwrite");
    assertThat(onItself.exitCode()).isEqualTo(2);
    assertThat(onItself.err()).contains("a sheet must not replace its photo");
    assertThat(photo).hasSameBinaryContentAs(ASTRONAUT);
    CommandRun gif = CommandRun.of("degrade", photo, "-o", folder.resolve("sheet.gif"));
    assertThat(gif.exitCode()).isEqualTo(2);
    assertThat(gif.err()).contains("ends in .png, .jpg, .tif or .webp, found ", "sheet.gif");
    Path jpeg = folder.resolve("sheet.jpg");
    assertThat(CommandRun.of("degrade", photo, "-o", jpeg).exitCode()).isZero();
    assertThat(Files.readAllBytes(jpeg)).startsWith(0xFF, 0xD8);
  }

  @Test
  void aFileThatIsNoPhotoOrTooSmallIsNamedInOneLine() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "no photo");
    CommandRun run = CommandRun.of("degrade", text);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).singleElement().asString().contains("text.jpg: ");
    Path tiny = folder.resolve("tiny.png");
    ImageIO.write(new BufferedImage(20, 40, BufferedImage.TYPE_INT_RGB), "png", tiny.toFile());
    assertThat(CommandRun.of("degrade", tiny).err())
        .contains(
            "tiny.png: a sheet needs a photo of at least 32 pixels per side at x4, found 20x40");
    assertThat(folder.resolve("tiny-degraded.png")).doesNotExist();
    assertThat(CommandRun.of("degrade", tiny, "-s", "9").exitCode()).isEqualTo(2);
  }
}
