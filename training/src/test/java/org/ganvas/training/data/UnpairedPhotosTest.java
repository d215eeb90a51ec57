package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpairedPhotosTest {
  private static final Framing FRAMING = new Framing(24, 20, true);

  @TempDir private Path folder;

  @Test
  void eachTensorHasItsOwnDomain() throws IOException {
    TestPhotos.write(folder.resolve("trainA/dark.png"), 30, 40, 50, 50);
    TestPhotos.write(folder.resolve("trainB/bright.png"), 50, 25, 200, 200);
    Batch batch = photos(false, 3, 1).batch(4);
    assertThat(batch.tensor("a").shape()).containsExactly(3L, 3L, 20L, 20L);
    assertThat(batch.tensor("a").values()).containsOnly(50 / 255f);
    assertThat(batch.tensor("b").values()).containsOnly(200 / 255f);
  }

  @Test
  void aSampleIsDecidedByItsNumberAndTheSeed() throws IOException {
    for (int i = 0; i < 4; i++) {
      TestPhotos.write(folder.resolve("trainA/" + i + ".png"), 30, 40, i);
      TestPhotos.write(folder.resolve("trainB/" + i + ".png"), 33, 31, 10 + i);
    }
    for (String domain : List.of("a", "b")) {
      float[] two = photos(true, 2, 7).batch(3).tensor(domain).values();
      float[] second = Arrays.copyOfRange(two, 1200, 2400);
      assertThat(photos(true, 1, 7).batch(7).tensor(domain).values()).isEqualTo(second);
      assertThat(photos(true, 1, 8).batch(7).tensor(domain).values()).isNotEqualTo(second);
    }
  }

  @Test
  void domainBIsPaintedSquareBySquare() throws IOException {
    TestPhotos.write(folder.resolve("trainA/a.png"), 24, 24, 1);
    TestPhotos.write(folder.resolve("trainB/b.png"), 24, 24, 2);
    Batch plain = photos(false, 1, 1).batch(0);
    Batch painted = photos(true, 1, 1).batch(0);
    assertThat(painted.tensor("a").values()).isEqualTo(plain.tensor("a").values());
    float[] square = plain.tensor("b").values();
    byte[] samples = new byte[square.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.round(255 * square[i % 3 * 400 + i / 3]);
    }
    float[] expected = new float[square.length];
    PainterlyFilter.paint(new RgbPhoto(20, 20, samples)).toPlanes(expected, 0);
    assertThat(painted.tensor("b").values()).isEqualTo(expected).isNotEqualTo(square);
  }

  @Test
  void aDamagedPhotoOfEitherDomainIsListed() throws IOException {
    for (String domain : List.of("trainA", "trainB")) {
      TestPhotos.write(folder.resolve(domain + "/damaged.png"), 30, 30, 1);
      TestPhotos.write(folder.resolve(domain + "/sound.png"), 30, 30, 9, 9);
    }
    UnpairedPhotos photos = photos(false, 8, 1);
    for (String domain : List.of("trainA", "trainB")) {
      Files.write(folder.resolve(domain + "/damaged.png"), new byte[60]);
    }
    assertThat(photos.batch(0).tensor("b").values()).containsOnly(9 / 255f);
    assertThat(photos.undecodable())
        .extracting(PhotoFolder.Skipped::file)
        .containsExactly(
            folder.resolve("trainA/damaged.png"), folder.resolve("trainB/damaged.png"));
  }

  private UnpairedPhotos photos(boolean painted, int batchSize, long seed) throws IOException {
    return new UnpairedPhotos(
        PhotoFolder.scan(List.of(folder.resolve("trainA")), FRAMING.smallestSide(), 9999),
        PhotoFolder.scan(List.of(folder.resolve("trainB")), FRAMING.smallestSide(), 9999),
        new UnpairedPhotos.Settings(FRAMING, painted, batchSize, seed));
  }
}
