package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ganvas.inference.image.ImageRefusedException.Reason;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What holds for every format, asked of every kind of file that we can make. */
class ImageDecoderContractTest {
  private static final int MUTATIONS_PER_FILE = 60;

  private final ImageDecoder decoder = new ImageDecoder(new DecodeLimits(4_000_000, 65_500));

  @TestFactory
  Stream<DynamicTest> decodesWhatAnotherDecoderReads() {
    return forEachFile(
        fixture -> {
          Picture picture = decode(fixture.bytes()).picture();
          assertThat(picture.width()).isEqualTo(fixture.width());
          assertThat(picture.height()).isEqualTo(fixture.height());
          assertThat(picture.layout()).isEqualTo(fixture.layout());
          assertThat(picture.bitDepth()).isEqualTo(fixture.bitDepth());
          for (int i = 0; i < fixture.samples().length; i++) {
            int sample = Short.toUnsignedInt(picture.samples()[i]);
            assertThat(Math.abs(sample - fixture.samples()[i]))
                .as("sample %d is %d, not %d", i, sample, fixture.samples()[i])
                .isLessThanOrEqualTo(fixture.tolerance());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> theHeaderForetellsThePicture() {
    return forEachFile(
        fixture -> {
          PictureHeader header = header(fixture.bytes());
          assertThat(header.width()).isEqualTo(fixture.width());
          assertThat(header.height()).isEqualTo(fixture.height());
          assertThat(header.layout()).isEqualTo(fixture.layout());
          assertThat(header.bitDepth()).isEqualTo(fixture.bitDepth());
        });
  }

  @TestFactory
  Stream<DynamicTest> refusesWhatIsLargerThanTheLimitBeforeDecoding() {
    return forEachFile(
        fixture -> {
          long pixels = (long) fixture.width() * fixture.height();
          if (pixels > 1) {
            assertThatThrownBy(
                    () ->
                        new ImageDecoder(DecodeLimits.ofPixels(pixels - 1)).header(fixture.bytes()))
                .isInstanceOfSatisfying(
                    ImageRefusedException.class,
                    e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE));
          }
          assertThat(decode(fixture.bytes()).picture().width()).isEqualTo(fixture.width());
        });
  }

  @TestFactory
  Stream<DynamicTest> aFileThatIsCutOffIsRefusedUnlessItsPictureIsWhole() {
    return forEachFile(
        fixture -> {
          byte[] file = fixture.bytes();
          Picture whole = decode(file).picture();
          int step = Math.max(1, file.length / 300);
          for (int length = 0; length < file.length; length += step) {
            try {
              Picture part = decoder.decode(Arrays.copyOf(file, length)).picture();
              assertThat(part.samples()).as("first %d bytes", length).isEqualTo(whole.samples());
            } catch (ImageRefusedException e) {
              assertThat(e.getMessage()).doesNotContain("\n").contains("; ");
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> aDamagedFileIsDecodedOrRefusedInSeconds() {
    return forEachFile(
        fixture ->
            assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> mutateAndDecode(fixture.bytes(), fixture.name())));
  }

  private void mutateAndDecode(byte[] file, String name) {
    Random random = new Random(name.hashCode());
    for (int i = 0; i < MUTATIONS_PER_FILE; i++) {
      byte[] mutant = mutated(file, random);
      long start = System.nanoTime();
      try {
        decoder.decode(mutant);
      } catch (ImageRefusedException e) {
        assertThat(e.getMessage()).doesNotContain("\n");
      } catch (Throwable e) {
        fail("mutation " + i + " of " + name, e);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as("mutation %d", i)
          .isLessThan(Duration.ofSeconds(10));
    }
  }

  /** Changes a few bytes, mostly near the start where the structure is, or leaves some out. */
  private static byte[] mutated(byte[] file, Random random) {
    byte[] mutant = file.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int reach = random.nextBoolean() ? Math.min(200, mutant.length) : mutant.length;
      int at = random.nextInt(reach);
      mutant[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) 0xFF;
            case 1 -> 0;
            case 2 -> (byte) (mutant[at] ^ 1 << random.nextInt(8));
            default -> (byte) random.nextInt(256);
          };
    }
    if (random.nextInt(5) == 0) {
      int from = random.nextInt(mutant.length);
      int to = Math.min(mutant.length, from + 1 + random.nextInt(20));
      byte[] shorter = Arrays.copyOf(mutant, mutant.length - (to - from));
      System.arraycopy(mutant, to, shorter, from, mutant.length - to);
      return shorter;
    }
    return mutant;
  }

  private DecodedPhoto decode(byte[] file) {
    try {
      return decoder.decode(file);
    } catch (ImageRefusedException e) {
      throw new AssertionError(e);
    }
  }

  private PictureHeader header(byte[] file) {
    try {
      return decoder.header(file);
    } catch (ImageRefusedException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<DynamicTest> forEachFile(Consumer<Fixture> check) {
    return Fixture.all().stream()
        .map(fixture -> dynamicTest(fixture.name(), () -> check.accept(fixture)));
  }
}
