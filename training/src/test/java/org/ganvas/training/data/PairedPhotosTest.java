package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PairedPhotosTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      value = {"null, 16, 0", "20, 16, 0.009", "47, 31, 0.009", "70, 64, 0.009"},
      nullValues = "null")
  void bothSidesAreResizedCutAndMirroredAlike(Integer load, int crop, double rounding)
      throws IOException {
    writeWithNegative(folder.resolve("one.png"), 43, 37, 1);
    writeWithNegative(folder.resolve("two.png"), 33, 50, 2);
    PairedPhotos pairs = sideBySide(new Framing(load, crop, true), 3, 5);
    for (int step = 0; step < 20; step++) {
      Batch batch = pairs.batch(step);
      float[] input = batch.tensor("input").values();
      float[] target = batch.tensor("target").values();
      assertThat(batch.tensor("target").shape()).containsExactly(3L, 3L, (long) crop, (long) crop);
      // Noise and its negative: one pixel beside its place, and the sums are anything.
      for (int i = 0; i < input.length; i++) {
        assertThat(input[i] + target[i]).isCloseTo(1f, within((float) rounding + 1e-6f));
      }
    }
  }

  @Test
  void whereNoPictureCanBeUsedItIsSaidWhy() throws IOException {
    TestPhotos.write(folder.resolve("pair.png"), 60, 40, 10, 250);
    PairedPhotos pairs = sideBySide(new Framing(null, 20, true, new Variety(2, 0, 0)), 1, 1);
    assertThatThrownBy(() -> pairs.batch(0))
        .hasMessageContaining("found none among 1; the first is ", "pair.png: ")
        .hasMessageContaining("at least 40 pixels per side, found 30x40");
  }

  @Test
  void bothPicturesOfAPairAreVariedAlike() throws IOException {
    writeWithNegative(folder.resolve("noise.png"), 60, 70, 1);
    Framing framing = new Framing(50, 16, true, new Variety(2, 20, 0));
    Batch batch = sideBySide(framing, 8, 1).batch(0);
    float[] input = batch.tensor("input").values();
    float[] target = batch.tensor("target").values();
    for (int i = 0; i < input.length; i++) {
      // Resized, turned and resized again, each time rounded.
      assertThat(input[i] + target[i]).isCloseTo(1f, within(3 / 255f + 1e-6f));
    }
  }

  @Test
  void whatIsMadeOfAPhotoIsMadeOfTheVariedOne() throws IOException {
    writeWithNegative(folder.resolve("noise.png"), 60, 50, 1);
    Batch batch = made(PairKind.GREY, new Framing(40, 16, true, new Variety(2, 20, 1))).batch(0);
    float[] photo = batch.tensor("input").values();
    float[] grey = batch.tensor("target").values();
    for (int i = 0; i < 256; i++) {
      float luma = 0.299f * photo[i] + 0.587f * photo[256 + i] + 0.114f * photo[512 + i];
      assertThat(grey[i]).isCloseTo(luma, within(1 / 255f));
    }
  }

  @Test
  void theDirectionSaysWhichHalfIsTheInput() throws IOException {
    TestPhotos.write(folder.resolve("pair.png"), 40, 20, 10, 250);
    Framing framing = new Framing(null, 20, true);
    Batch there = sideBySide(framing, 2, 1).batch(0);
    assertThat(there.tensor("input").values()).containsOnly(10 / 255f);
    assertThat(there.tensor("target").values()).containsOnly(250 / 255f);
    Batch back = sideBySide(framing, 2, 1).reversed().batch(0);
    assertThat(back.tensor("input").values()).containsOnly(250 / 255f);
  }

  @Test
  void anOddWidthIsListedAndTheOthersAreUsed() throws IOException {
    TestPhotos.write(folder.resolve("odd.png"), 41, 20, 10, 250);
    TestPhotos.write(folder.resolve("even.png"), 40, 20, 10, 250);
    PairedPhotos pairs = sideBySide(new Framing(16, 16, true), 8, 1);
    assertThat(pairs.batch(0).tensor("input").values()).containsOnly(10 / 255f);
    assertThat(pairs.undecodable())
        .singleElement()
        .satisfies(
            skipped -> {
              assertThat(skipped.file()).hasFileName("odd.png");
              assertThat(skipped.reason()).contains("even width, found 41x20");
            });
  }

  @Test
  void filesOfAPhotosProportionsAreDoubtedToShowTwoPictures() throws IOException {
    TestPhotos.write(folder.resolve("a landscape.png"), 48, 27, 10, 250);
    TestPhotos.write(folder.resolve("b upright.png"), 30, 40, 10, 250);
    TestPhotos.write(folder.resolve("pair.png"), 40, 20, 10, 250);
    Framing framing = new Framing(16, 16, true);
    assertThat(sideBySide(framing, 1, 1).reversed().warnings())
        .singleElement()
        .asString()
        .contains("found 2 of 3 narrower, such as ", "landscape.png of 48x27", "--pair colorize");
    TestPhotos.write(folder.resolve("wide pair.png"), 80, 30, 10, 250);
    assertThat(sideBySide(framing, 1, 1).warnings()).isEmpty();
    assertThat(made(PairKind.GREY, framing).warnings()).isEmpty();
  }

  @Test
  void aSampleIsDecidedByItsNumberAndTheSeed() throws IOException {
    writeWithNegative(folder.resolve("one.png"), 43, 37, 1);
    writeWithNegative(folder.resolve("two.png"), 60, 50, 2);
    Framing framing = new Framing(30, 24, true);
    Batch of4 = sideBySide(framing, 4, 9).batch(1);
    Batch restarted = sideBySide(framing, 1, 9).batch(6);
    float[] third = Arrays.copyOfRange(of4.tensor("input").values(), 2 * 3 * 576, 3 * 3 * 576);
    assertThat(restarted.tensor("input").values()).isEqualTo(third);
    assertThat(sideBySide(framing, 1, 10).batch(6).tensor("input").values()).isNotEqualTo(third);
  }

  @Test
  void everyPlaceOccursAndHalfOfTheSquaresAreMirroredIfWanted() throws IOException {
    // Brightness tells the place.
    BufferedImage image = new BufferedImage(12, 11, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 12 * 11; i++) {
      image.setRGB(i % 12, i / 12, 0x010101 * (i % 12 * 16 + i / 12));
    }
    ImageIO.write(image, "png", folder.resolve("ramp.png").toFile());
    Set<Integer> places = new HashSet<>();
    int mirrored = 0;
    PairedPhotos pairs = made(PairKind.GREY, new Framing(null, 8, true));
    for (int step = 0; step < 1000; step++) {
      float[] input = pairs.batch(step).tensor("input").values();
      boolean turned = input[7] < input[0];
      mirrored += turned ? 1 : 0;
      places.add(Math.round(255 * input[turned ? 7 : 0]));
    }
    assertThat(places).hasSize(5 * 4);
    assertThat(mirrored).isCloseTo(500, within(64)); // four standard deviations
    PairedPhotos straight = made(PairKind.GREY, new Framing(null, 8, false));
    for (int step = 0; step < 50; step++) {
      float[] input = straight.batch(step).tensor("input").values();
      assertThat(input[7]).isGreaterThan(input[0]);
    }
  }

  @Test
  void twoFoldersAreMatchedByNameWhateverTheEnding() throws IOException {
    TestPhotos.write(folder.resolve("in/x/one.png"), 20, 20, 30, 30);
    TestPhotos.write(folder.resolve("out/x/one.bmp"), 20, 20, 60, 60);
    TestPhotos.write(folder.resolve("in/lonely.png"), 20, 20, 1);
    TestPhotos.write(folder.resolve("out/single.png"), 20, 20, 1);
    TestPhotos.write(folder.resolve("in/wide.png"), 40, 20, 1);
    TestPhotos.write(folder.resolve("out/wide.png"), 20, 20, 1);
    PairedPhotos pairs =
        PairedPhotos.ofFolders(
            scan("in"), scan("out"), new PairedPhotos.Settings(new Framing(16, 16, true), 8, 3));
    Batch batch = pairs.batch(0);
    assertThat(batch.tensor("input").values()).containsOnly(30 / 255f);
    assertThat(batch.tensor("target").values()).containsOnly(60 / 255f);
    assertThat(pairs.undecodable())
        .extracting(skipped -> skipped.file().getFileName().toString())
        .containsExactly("lonely.png", "single.png", "wide.png");
    assertThat(pairs.undecodable().get(2).reason()).contains("one size, found 32x16 and 16x16");
  }

  @Test
  void twoFoldersWithoutAnEqualNameAreRefused() throws IOException {
    TestPhotos.write(folder.resolve("in/one.png"), 20, 20, 1);
    TestPhotos.write(folder.resolve("out/two.png"), 20, 20, 1);
    PairedPhotos.Settings settings = new PairedPhotos.Settings(new Framing(16, 16, true), 1, 3);
    assertThatThrownBy(() -> PairedPhotos.ofFolders(scan("in"), scan("out"), settings))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("equal names, found none among 1 and 1");
  }

  @ParameterizedTest
  @EnumSource(PairKind.class)
  void pairsAreMadeOfAnyPhotoAlwaysAlike(PairKind kind) throws IOException {
    TestPhotos.write(folder.resolve("tiny.png"), 1, 1, 1);
    TestPhotos.write(folder.resolve("thin.jpg"), 3, 90, 2);
    TestPhotos.write(folder.resolve("grey.png"), 21, 17, 0, 255);
    Framing framing = new Framing(17, 13, true);
    for (int step = 0; step < 12; step++) {
      Batch batch = made(kind, framing).batch(step);
      Batch again = made(kind, framing).batch(step);
      for (String name : List.of("input", "target")) {
        float[] values = batch.tensor(name).values();
        assertThat(again.tensor(name).values()).isEqualTo(values);
        for (float value : values) {
          assertThat(value).isBetween(0f, 1f);
        }
      }
    }
  }

  @Test
  void colorizingGoesFromLumaToThePhoto() throws IOException {
    TestPhotos.write(folder.resolve("noise.png"), 24, 24, 1);
    Batch batch = made(PairKind.COLORIZE, new Framing(null, 24, false)).batch(0);
    float[] grey = batch.tensor("input").values();
    float[] photo = batch.tensor("target").values();
    int area = 24 * 24;
    for (int i = 0; i < area; i++) {
      float luma = 0.299f * photo[i] + 0.587f * photo[i + area] + 0.114f * photo[i + 2 * area];
      assertThat(grey[i]).isCloseTo(luma, within(0.5f / 255 + 1e-4f));
      assertThat(grey[i + area]).isEqualTo(grey[i]).isEqualTo(grey[i + 2 * area]);
    }
  }

  @Test
  void edgesAreBlackLinesOnWhiteWhereThePictureHasSteps() throws IOException {
    TestPhotos.write(folder.resolve("step.png"), 32, 32, 20, 220);
    float[] lines =
        made(PairKind.EDGES, new Framing(null, 32, false)).batch(0).tensor("input").values();
    for (int i = 0; i < 32 * 32; i++) {
      boolean atTheStep = Math.abs(i % 32 - 15.5) < 1;
      assertThat(lines[i]).isIn(0f, 1f);
      assertThat(lines[i] == 0 && !atTheStep).isFalse();
    }
    for (int y = 0; y < 32; y++) {
      assertThat(lines[y * 32 + 15] + lines[y * 32 + 16]).isLessThan(2);
    }
  }

  @Test
  void whatIsTransparentIsSeenOnWhite() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, i % 16 < 8 ? 0x00204060 : 0x80204060);
    }
    ImageIO.write(image, "png", folder.resolve("glass.png").toFile());
    float[] target =
        made(PairKind.COLORIZE, new Framing(null, 16, false)).batch(0).tensor("target").values();
    assertThat(target[0]).isEqualTo(1);
    double alpha = 0x80 / 255.0;
    for (int channel = 0; channel < 3; channel++) {
      double color = 0x20 * (channel + 1) / 255.0;
      assertThat(target[channel * 256 + 15])
          .isCloseTo((float) (color * alpha + 1 - alpha), within(0.51f / 255));
    }
  }

  @Test
  void aPhotoThatIsDamagedAfterItWasFoundIsListed() throws IOException {
    TestPhotos.write(folder.resolve("sound.png"), 32, 32, 80, 80);
    Path damaged = folder.resolve("damaged.png");
    TestPhotos.write(damaged, 32, 32, 1);
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), 1, 9999);
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(bytes, 60));
    PairedPhotos pairs =
        PairedPhotos.made(
            photos, PairKind.GREY, new PairedPhotos.Settings(new Framing(32, 32, true), 8, 1));
    assertThat(pairs.batch(0).tensor("input").values()).containsOnly(80 / 255f);
    assertThat(pairs.undecodable()).extracting(PhotoFolder.Skipped::file).containsExactly(damaged);
  }

  @Test
  void aStripThatWouldGrowToMoreThanTheMemoryIsListed() throws IOException {
    TestPhotos.write(folder.resolve("strip.png"), 10_000, 1, 1);
    TestPhotos.write(folder.resolve("sound.png"), 32, 32, 80, 80);
    PairedPhotos pairs = made(PairKind.GREY, new Framing(280, 32, true));
    for (int step = 0; step < 10; step++) {
      assertThat(pairs.batch(step).tensor("input").values()).containsOnly(80 / 255f);
    }
    assertThat(pairs.undecodable())
        .singleElement()
        .extracting(PhotoFolder.Skipped::reason)
        .asString()
        .contains("at most 50000000 pixels then, found 2800000x280");
  }

  @Test
  void aCropLargerThanWhatIsLoadedIsRefused() {
    assertThatThrownBy(() -> new Framing(200, 256, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pictures are loaded at least as large as the crop of 256 pixels, found 200");
  }

  @Test
  void pairsThatAreMadeGoEitherWay() throws IOException {
    TestPhotos.write(folder.resolve("photo.png"), 20, 20, 30, 200);
    Framing framing = new Framing(null, 16, true);
    Batch there = made(PairKind.RESTORE, framing).batch(3);
    Batch back = made(PairKind.RESTORE, framing).reversed().batch(3);
    float[] damaged = there.tensor("input").values();
    assertThat(there.tensor("target").values()).isNotEqualTo(damaged);
    assertThat(back.tensor("target").values()).isEqualTo(damaged);
    assertThat(back.tensor("input").values()).isEqualTo(there.tensor("target").values());
  }

  private PairedPhotos made(PairKind kind, Framing framing) throws IOException {
    return PairedPhotos.made(scan("."), kind, new PairedPhotos.Settings(framing, 1, 4));
  }

  private PairedPhotos sideBySide(Framing framing, int batchSize, long seed) throws IOException {
    PairedPhotos.Settings settings = new PairedPhotos.Settings(framing, batchSize, seed);
    return PairedPhotos.sideBySide(scan("."), settings);
  }

  private PhotoFolder scan(String name) throws IOException {
    return PhotoFolder.scan(List.of(folder.resolve(name)), 1, 9999);
  }

  /** Noise of medium greys on the left, so that nothing is clipped; its negative beside. */
  private static void writeWithNegative(Path file, int width, int height, long seed)
      throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(2 * width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int color = 0;
        for (int channel = 0; channel < 3; channel++) {
          color = color << 8 | 90 + random.nextInt(76);
        }
        image.setRGB(x, y, color);
        image.setRGB(x + width, y, 0xffffff - color);
      }
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
