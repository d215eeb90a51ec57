package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.Framing;
import org.ganvas.training.data.UnpairedPhotos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainSettingsTest {
  @TempDir Path folder;

  /** A photo that is all of one grey. */
  private static void grey(Path file, int grey) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 40 * 30; i++) {
      image.setRGB(i % 40, i / 40, 0x010101 * grey);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  /** The values, of 255, that are drawn of each domain. */
  private static List<TreeSet<Integer>> drawn(DomainSettings settings, Path... folders)
      throws IOException {
    UnpairedPhotos photos =
        settings.open(
            List.of(folders),
            new UnpairedPhotos.Settings(new Framing(null, 16, true), settings.isPainted(), 4, 1),
            new Scanned(line -> {}));
    TreeSet<Integer> a = new TreeSet<>();
    TreeSet<Integer> b = new TreeSet<>();
    for (int step = 0; step < 10; step++) {
      Batch batch = photos.batch(step);
      addGreys(batch.tensor(UnpairedPhotos.A), a);
      addGreys(batch.tensor(UnpairedPhotos.B), b);
    }
    return List.of(a, b);
  }

  private static void addGreys(Batch.Tensor tensor, TreeSet<Integer> greys) {
    for (float value : tensor.values()) {
      greys.add(Math.round(255 * value));
    }
  }

  @Test
  void noPhotoIsInBothDomainsWhereOneIsPainted() throws IOException {
    for (int i = 0; i < 4; i++) {
      grey(folder.resolve(i % 2 == 0 ? "x" : "y").resolve(i + ".png"), 40 + 50 * i);
    }
    List<TreeSet<Integer>> greys =
        drawn(new DomainSettings("painted", null), folder.resolve("x"), folder.resolve("y"));
    assertThat(greys.get(0)).containsExactly(40, 140);
    // Red, green and blue of the washes that the painterly filter makes of 90 and 190.
    assertThat(greys.get(1)).containsExactly(148, 149, 155, 203, 210, 214);
  }

  @Test
  void oneFolderMayHoldBothDomains() throws IOException {
    grey(folder.resolve("trainA").resolve("1.png"), 10);
    grey(folder.resolve("trainB").resolve("1.png"), 200);
    grey(folder.resolve("testA").resolve("1.png"), 100);
    List<TreeSet<Integer>> greys = drawn(new DomainSettings("given", null), folder);
    assertThat(greys.get(0)).containsExactly(10);
    assertThat(greys.get(1)).containsExactly(200);
  }
}
