package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program may do to the library that no test in this Java can, which has loaded it. */
class EmbeddingTest {
  @TempDir private Path folder;

  /** As in a server that loads each application by itself, on a thread of its own. */
  @Test
  void aClassLoaderThatTheThreadDoesNotKnowReadsAllFormatsAndUpscales() throws Exception {
    BufferedImage photo = new BufferedImage(9, 7, BufferedImage.TYPE_INT_RGB);
    List<String> formats = List.of("jpg", "png", "tif", "bmp", "gif");
    for (String format : formats) {
      assertThat(ImageIO.write(photo, format, folder.resolve("photo." + format).toFile())).isTrue();
    }
    // Java writes no WebP, but the first result is one.
    List<String> names =
        Stream.concat(formats.stream(), Stream.of("jpg-x4.webp"))
            .map(end -> "photo." + end)
            .toList();

    new JavaProgram(folder, "")
        .run(
            """
            import java.io.File;
            import java.net.*;
            import java.nio.file.Path;
            import java.util.*;
            public class Program {
              public static void main(String[] arguments) throws Exception {
                List<URL> places = new ArrayList<>();
                for (String place : arguments[0].split(File.pathSeparator)) {
                  places.add(new File(place).toURI().toURL());
                }
                ClassLoader parent = ClassLoader.getPlatformClassLoader();
                ClassLoader loader = new URLClassLoader(places.toArray(new URL[0]), parent);
                Class<?> type = loader.loadClass("org.ganvas.inference.task.Upscaler");
                try (AutoCloseable upscaler =
                    (AutoCloseable) type.getMethod("open", String.class).invoke(null, arguments[1])) {
                  for (int i = 2; i < arguments.length; i++) {
                    type.getMethod("upscale", Path.class, Path.class)
                        .invoke(upscaler, Path.of(arguments[i]), Path.of(arguments[i] + "-x4.webp"));
                  }
                }
              }
            }
            """,
            Stream.concat(
                    Stream.of(
                        System.getProperty("java.class.path"),
                        TestModels.FOLDER.resolve("tiny-x4.pt").toAbsolutePath().toString()),
                    names.stream())
                .toArray(String[]::new));

    assertThat(names).allMatch(name -> Files.exists(folder.resolve(name + "-x4.webp")));
  }

  /** Such as one that finds right after opening that it has nothing to do. */
  @ParameterizedTest
  @ValueSource(strings = {"return;", "System.exit(0);"})
  void aProgramMayEndWhileTheModelIsLoaded(String end) throws Exception {
    Path models = Files.createDirectory(folder.resolve("models"));
    Files.copy(TestModels.FOLDER.resolve("tiny-x4.pt"), models.resolve("tiny.pt"));

    JavaProgram.withLibrary(folder)
        .run(
            """
            import java.util.Arrays;
            public class Program {
              public static void main(String[] arguments) throws Exception {
                org.ganvas.inference.task.Upscaler.open("tiny");
                Thread loader =
                    Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("model-loader"))
                        .findFirst().get();
                while (loader.isAlive()
                    && Arrays.stream(loader.getStackTrace())
                        .noneMatch(frame -> frame.getMethodName().equals("loadNativeLibrary"))) {
                  Thread.sleep(1);
                }
                %s
              }
            }
            """
                .formatted(end));
  }
}
