package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {
  private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);

  @TempDir private Path folder;

  @Test
  void theLinesForJavaProgramsEnlargeAPhotoFourfold() throws Exception {
    Path models = Files.createDirectory(folder.resolve("models"));
    Files.copy(TestModels.FOLDER.resolve("tiny-x4.pt"), models.resolve("photo-x4.pt"));
    BufferedImage photo = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(photo, "jpg", folder.resolve("photo.jpg").toFile());

    JavaProgram.withLibrary(folder).run(program());

    BufferedImage result = ImageIO.read(folder.resolve("photo-x4.png").toFile());
    assertThat(List.of(result.getWidth(), result.getHeight())).containsExactly(36, 28);
  }

  /** The README's lines as a program: what it imports, and the rest in a main method. */
  private static String program() throws IOException {
    Matcher block = JAVA.matcher(Files.readString(Path.of("..", "README.md")));
    assertThat(block.find()).isTrue();
    var lines =
        block
            .group(1)
            .lines()
            .collect(Collectors.partitioningBy(line -> line.startsWith("import ")));
    return String.join("\n", lines.get(true))
        + "\n"
        + "public class Program { public static void main(String[] arguments) throws Exception {\n"
        + String.join("\n", lines.get(false))
        + "\n} }\n";
  }
}
