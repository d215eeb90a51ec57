package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.inference.image.ImageRefusedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A pipe has no size, and what has been read of it is gone. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // opening a pipe waits
class PipedPictureTest {
  private static final byte[] PICTURE = Fixture.resource("rgb8.png");

  @TempDir Path folder;

  @Test
  void aPictureIsReadFromAPipe() throws Exception {
    Path pipe = pipe(out -> out.write(PICTURE));
    ImageDecoder decoder = new ImageDecoder();
    assertThat(decoder.decode(pipe).picture().samples())
        .isEqualTo(decoder.decode(PICTURE).picture().samples());
  }

  @Test
  void aPipeWithoutEndIsReadNoFurtherThanTheLargestFile() throws Exception {
    DecodeLimits limits = DecodeLimits.ofPixels(1);
    Path pipe =
        pipe(
            out -> {
              out.write(PICTURE);
              while (true) {
                out.write(new byte[1 << 16]);
              }
            });
    assertThatThrownBy(() -> new ImageDecoder(limits).decode(pipe))
        .isInstanceOfSatisfying(
            ImageRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE))
        .hasMessageContaining("%,d", limits.maxBytes());
  }

  private interface Writing {
    void to(OutputStream out) throws IOException;
  }

  private Path pipe(Writing writing) throws Exception {
    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor() == 0);
    Thread writer =
        new Thread(
            () -> {
              try (OutputStream out = Files.newOutputStream(pipe)) {
                writing.to(out);
              } catch (IOException e) {
                // The reader has gone.
              }
            });
    writer.setDaemon(true);
    writer.start();
    return pipe;
  }
}
