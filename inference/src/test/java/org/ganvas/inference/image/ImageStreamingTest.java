package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large pictures pass through the encoder in little memory. */
class ImageStreamingTest {
  private static final int WIDTH = 20_000;
  private static final int HEIGHT = 5_000;

  @Test
  void aPictureOfHundredMegapixelsIsWrittenInAHeapOfFortyMegabytes() throws Exception {
    for (String format : List.of("png", "jpg", "tif")) {
      Process process = start(format);
      String output = new String(process.getInputStream().readAllBytes());
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(output).isZero();
    }
  }

  @Test
  void bytesGoOutWhileRowsComeIn() throws IOException {
    for (OutputFormat format : List.of(OutputFormat.PNG, OutputFormat.JPEG)) {
      SyntheticRows rows = new SyntheticRows(2_000, 2_000, PixelLayout.RGB);
      int[] askedAtFirstByte = {-1};
      OutputStream out =
          new OutputStream() {
            @Override
            public void write(int value) {
              if (askedAtFirstByte[0] < 0) {
                askedAtFirstByte[0] = rows.asked();
              }
            }
          };
      new ImageEncoder().write(rows, PhotoMetadata.NONE, format, out);
      assertThat(rows.asked()).isEqualTo(2_000);
      assertThat(askedAtFirstByte[0]).isBetween(0, 200);
    }
  }

  @Test
  void aTerminatedProgramLeavesNothingBehind(@TempDir Path folder) throws Exception {
    Process process = start("png", folder.resolve("photo.png").toString());
    while (process.isAlive() && names(folder).isEmpty()) {
      Thread.sleep(20);
    }
    assertThat(process.isAlive()).isTrue();
    process.destroy();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(names(folder)).isEmpty();
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx40m");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(ImageStreamingTest.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static List<Path> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  /**
   * Writes a picture that takes 300 MB as bytes, into a file if one is named; run in a process of
   * its own.
   */
  public static void main(String[] arguments) throws IOException {
    OutputFormat format = OutputFormat.ofName(Path.of("." + arguments[0]));
    if (arguments.length > 1) {
      new ImageEncoder()
          .write(
              new SyntheticRows(WIDTH, HEIGHT, PixelLayout.RGB),
              PhotoMetadata.NONE,
              format,
              Path.of(arguments[1]),
              ImageEncoder.IfExists.FAIL);
      return;
    }
    new ImageEncoder()
        .write(
            new SyntheticRows(WIDTH, HEIGHT, PixelLayout.RGB),
            PhotoMetadata.NONE,
            format,
            OutputStream.nullOutputStream());
  }
}
