package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Large pictures pass through the encoder in little memory. */
class ImageStreamingTest {
  private static final int WIDTH = 20_000;
  private static final int HEIGHT = 5_000;

  @Test
  void aPictureOfHundredMegapixelsIsWrittenInAHeapOfFortyMegabytes() throws Exception {
    for (String format : List.of("png", "jpg")) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx40m",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  ImageStreamingTest.class.getName(),
                  format)
              .redirectErrorStream(true)
              .start();
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

  /** Writes a picture that takes 300 MB as bytes; run in a process of its own. */
  public static void main(String[] arguments) throws IOException {
    OutputFormat format = arguments[0].equals("png") ? OutputFormat.PNG : OutputFormat.JPEG;
    new ImageEncoder()
        .write(
            new SyntheticRows(WIDTH, HEIGHT, PixelLayout.RGB),
            PhotoMetadata.NONE,
            format,
            OutputStream.nullOutputStream());
  }
}
