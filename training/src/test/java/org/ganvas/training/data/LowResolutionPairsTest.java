package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Orientation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowResolutionPairsTest {
  @TempDir Path folder;

  @Test
  void theSameSeedAndStepGiveTheSameBatchAlsoAfterARestart() throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 40, 33, 1);
    TestPhotos.write(folder.resolve("b.png"), 57, 64, 2);
    LowResolutionPairs.Settings settings = new LowResolutionPairs.Settings(2, 8, 3, 77);
    LowResolutionPairs uninterrupted = pairs(settings, Long.MAX_VALUE);
    Batch first = uninterrupted.batch(0);
    Batch sixth = uninterrupted.batch(5);
    // The other one starts at step 5 and remembers no photo at all.
    Batch restarted = pairs(settings, 0).batch(5);
    assertThat(low(restarted)).isEqualTo(low(sixth));
    assertThat(high(restarted)).isEqualTo(high(sixth));
    assertThat(low(first)).isNotEqualTo(low(sixth));
    Batch otherSeed = pairs(new LowResolutionPairs.Settings(2, 8, 3, 78), 0).batch(5);
    assertThat(low(otherSeed)).isNotEqualTo(low(sixth));
  }

  @Test
  void batchesOfAnotherSizeHoldTheSameSamples() throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 40, 33, 1);
    Batch four = pairs(new LowResolutionPairs.Settings(4, 5, 4, 1), 0).batch(0);
    Batch third = pairs(new LowResolutionPairs.Settings(4, 5, 1, 1), 0).batch(2);
    assertThat(part(high(four), 2, high(third).length)).isEqualTo(high(third));
    assertThat(part(low(four), 2, low(third).length)).isEqualTo(low(third));
  }

  @ParameterizedTest
  @CsvSource({"2, 7", "3, 5", "4, 6", "4, 9"})
  void aSmallCropIsACropOfTheWholePhotosSmallPicture(int scale, int crop) throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 43, 39, 5);
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), crop * scale, 9999);
    RgbPhoto photo = PhotoReader.read(photos.photos().get(0));
    int width = photo.width() / scale;
    int height = photo.height() / scale;
    float[] small = smallPicture(photo, scale);
    Set<Integer> orientations = new HashSet<>();
    Set<List<Integer>> places = new HashSet<>();
    LowResolutionPairs pairs = pairs(new LowResolutionPairs.Settings(scale, crop, 1, 3), 1 << 20);
    for (int step = 0; step < 3000; step++) {
      Batch batch = pairs.batch(step);
      List<Integer> found = find(photo, batch);
      assertThat(found).as("place of the large crop of step %d", step).isNotNull();
      int x = found.get(0);
      int y = found.get(1);
      Orientation orientation = LowResolutionPairs.ORIENTATIONS.get(found.get(2));
      assertThat(x % scale + y % scale).isZero();
      assertThat(low(batch)).isEqualTo(cut(small, width, x / scale, y / scale, crop, orientation));
      orientations.add(found.get(2));
      places.add(found.subList(0, 2));
    }
    assertThat(orientations).hasSize(8);
    // Every place occurs, so those at all four borders too.
    assertThat(places).hasSize((width - crop + 1) * (height - crop + 1));
  }

  @Test
  void photosAreDrawnByTheirNumberOfPixels() throws IOException {
    TestPhotos.write(folder.resolve("large.png"), 60, 40, 200, 200);
    TestPhotos.write(folder.resolve("small.png"), 20, 40, 90, 90);
    LowResolutionPairs pairs = pairs(new LowResolutionPairs.Settings(4, 2, 10, 9), 1 << 20);
    int large = 0;
    for (int step = 0; step < 200; step++) {
      Batch batch = pairs.batch(step);
      for (int i = 0; i < 10; i++) {
        large += high(batch)[i * 3 * 64] > 0.5f ? 1 : 0;
      }
    }
    // Expected 1500; four standard deviations are 77.
    assertThat(large).isCloseTo(1500, within(77));
  }

  @Test
  void sharpeningChangesTheLargePicturesAndNotTheSmallOnes() throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 40, 40, 60, 160);
    LowResolutionPairs.Settings settings = new LowResolutionPairs.Settings(2, 20, 1, 1);
    List<Photo> photos = PhotoFolder.scan(List.of(folder), 40, 9999).photos();
    UnsharpMask sharpening = new UnsharpMask(1, 1.2);
    LowResolutionPairs sharpened =
        new LowResolutionPairs(
            photos, new PhotoCache(1 << 20), settings, new BicubicDegradation(), sharpening);
    RgbPhoto sharp = sharpening.of(PhotoReader.read(photos.get(0)));
    for (int step = 0; step < 8; step++) {
      Batch batch = sharpened.batch(step);
      assertThat(low(batch)).isEqualTo(low(pairs(settings, 1 << 20).batch(step)));
      // There is one place for so large a crop; the two halves look alike from above and below.
      assertThat(fitsAnyOrientation(sharp, batch)).isTrue();
    }
  }

  @Test
  void aPhotoThatCannotBeDecodedIsReplacedAndListed() throws IOException {
    Path damaged = folder.resolve("a damaged.png");
    TestPhotos.write(damaged, 64, 64, 1);
    byte[] bytes = Files.readAllBytes(damaged);
    java.util.Arrays.fill(bytes, 60, bytes.length, (byte) 0);
    TestPhotos.write(folder.resolve("sound.png"), 64, 64, 200, 200);
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), 32, 9999);
    Files.write(damaged, bytes);
    LowResolutionPairs pairs =
        pairs(photos.photos(), new LowResolutionPairs.Settings(4, 8, 8, 1), 0);
    for (float sample : high(pairs.batch(0))) {
      assertThat(sample).isEqualTo(200 / 255f);
    }
    assertThat(pairs.undecodable()).extracting(PhotoFolder.Skipped::file).containsExactly(damaged);
  }

  @Test
  void aPhotoThatIsGoneStopsTheRunWithAdvice() throws IOException {
    Path gone = folder.resolve("gone.png");
    TestPhotos.write(gone, 64, 64, 1);
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), 32, 9999);
    Files.delete(gone);
    LowResolutionPairs pairs =
        pairs(photos.photos(), new LowResolutionPairs.Settings(4, 8, 8, 1), 0);
    assertThatThrownBy(() -> pairs.batch(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found %s gone; put it back", gone);
  }

  @Test
  void failsWhenNoPhotoCanBeDecoded() throws IOException {
    Path only = folder.resolve("only.png");
    TestPhotos.write(only, 64, 64, 1);
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), 32, 9999);
    byte[] bytes = Files.readAllBytes(only);
    java.util.Arrays.fill(bytes, 60, bytes.length, (byte) 0);
    Files.write(only, bytes);
    LowResolutionPairs pairs =
        pairs(photos.photos(), new LowResolutionPairs.Settings(4, 8, 8, 1), 0);
    assertThatThrownBy(() -> pairs.batch(0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found none among 1");
  }

  @Test
  void refusesAPhotoSmallerThanTheLargeCrop() throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 40, 31, 1);
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), 1, 9999);
    assertThatThrownBy(() -> pairs(photos.photos(), new LowResolutionPairs.Settings(4, 8, 1, 1), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 32 pixels per side, found 40x31");
  }

  private LowResolutionPairs pairs(LowResolutionPairs.Settings settings, long budget)
      throws IOException {
    List<Photo> photos = PhotoFolder.scan(List.of(folder), settings.highCrop(), 9999).photos();
    return pairs(photos, settings, budget);
  }

  private static LowResolutionPairs pairs(
      List<Photo> photos, LowResolutionPairs.Settings settings, long budget) {
    return new LowResolutionPairs(
        photos, new PhotoCache(budget), settings, new BicubicDegradation(), UnsharpMask.NONE);
  }

  private static float[] part(float[] samples, int index, int length) {
    float[] part = new float[length];
    System.arraycopy(samples, index * length, part, 0, length);
    return part;
  }

  /** (3, height, width) of the whole photo cut to a multiple of the scale, shrunk and rounded. */
  private static float[] smallPicture(RgbPhoto photo, int scale) {
    int width = photo.width() / scale;
    int height = photo.height() / scale;
    float[] small = new float[3 * width * height];
    for (int channel = 0; channel < 3; channel++) {
      float[] plane = new float[width * scale * height * scale];
      for (int i = 0; i < plane.length; i++) {
        int x = i % (width * scale);
        int y = i / (width * scale);
        plane[i] = photo.samples()[(y * photo.width() + x) * 3 + channel] & 255;
      }
      float[] resized =
          Bicubic.resizeEightBits(
              plane,
              1,
              Bicubic.Weights.of(width * scale, width),
              Bicubic.Weights.of(height * scale, height));
      for (int i = 0; i < resized.length; i++) {
        small[channel * width * height + i] = resized[i] / 255f;
      }
    }
    return small;
  }

  private static float[] low(Batch batch) {
    return batch.tensor("low").values();
  }

  private static float[] high(Batch batch) {
    return batch.tensor("high").values();
  }

  private static boolean fitsAnyOrientation(RgbPhoto photo, Batch batch) {
    return IntStream.range(0, LowResolutionPairs.ORIENTATIONS.size())
        .anyMatch(number -> fits(planes(photo), photo.width(), 0, 0, number, batch));
  }

  private static float[] planes(RgbPhoto photo) {
    float[] planes = new float[photo.samples().length];
    photo.toPlanes(planes, 0);
    return planes;
  }

  /** Column, row and orientation of a batch's only large crop in the photo. */
  private static List<Integer> find(RgbPhoto photo, Batch batch) {
    float[] planes = planes(photo);
    int side = Math.toIntExact(batch.tensor("high").shape().get(3));
    List<List<Integer>> found = new ArrayList<>();
    for (int y = 0; y + side <= photo.height(); y++) {
      for (int x = 0; x + side <= photo.width(); x++) {
        for (int number = 0; number < LowResolutionPairs.ORIENTATIONS.size(); number++) {
          if (fits(planes, photo.width(), x, y, number, batch)) {
            found.add(List.of(x, y, number));
          }
        }
      }
    }
    return found.size() == 1 ? found.get(0) : null;
  }

  private static boolean fits(float[] planes, int width, int x, int y, int number, Batch batch) {
    int side = Math.toIntExact(batch.tensor("high").shape().get(3));
    Orientation orientation = LowResolutionPairs.ORIENTATIONS.get(number);
    // Two samples tell most places apart, without cutting.
    if (planes[y * width + x] != high(batch)[orientation.index(0, 0, side, side)]
        || planes[y * width + x + 1] != high(batch)[orientation.index(1, 0, side, side)]) {
      return false;
    }
    return java.util.Arrays.equals(cut(planes, width, x, y, side, orientation), high(batch));
  }

  private static float[] cut(
      float[] planes, int width, int left, int top, int side, Orientation orientation) {
    float[] crop = new float[3 * side * side];
    int area = planes.length / 3;
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          crop[channel * side * side + orientation.index(x, y, side, side)] =
              planes[channel * area + (top + y) * width + left + x];
        }
      }
    }
    return crop;
  }
}
