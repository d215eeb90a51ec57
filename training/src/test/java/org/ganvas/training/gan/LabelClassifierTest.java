package org.ganvas.training.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LabelledFolder;
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.data.PhotoFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelClassifierTest {
  @TempDir private Path folder;

  @Test
  void learnsToTellShapesApartThatItHasNotSeen() throws IOException {
    LabelledPictures seen = shapes("seen", 60, 1);
    LabelledPictures unseen = shapes("unseen", 30, 2);
    Batch questions = unseen.inOrder(0, unseen.size());
    try (LabelClassifier classifier = LabelClassifier.train(seen, 60, 5)) {
      assertThat(classifier.labels()).containsExactly("bar", "dot", "ring");
      assertThat(classifier.accuracy(questions)).isGreaterThan(0.95);
    }
    try (LabelClassifier ignorant = LabelClassifier.train(seen, 0, 5)) {
      assertThat(ignorant.accuracy(questions)).isLessThan(0.7);
    }
  }

  @Test
  void oneLabelIsNothingToTellApart() throws IOException {
    Path only = Files.createDirectories(folder.resolve("one/dot"));
    write(only.resolve("a.png"), "dot", new Random(1));
    LabelledPictures pictures = pictures(folder.resolve("one"));
    assertThatThrownBy(() -> LabelClassifier.train(pictures, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a classifier has 2 or more labels, found 1");
  }

  private LabelledPictures shapes(String set, int count, long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      String label = List.of("bar", "dot", "ring").get(i % 3);
      Path files = Files.createDirectories(folder.resolve(set).resolve(label));
      write(files.resolve(i + ".png"), label, random);
    }
    return pictures(folder.resolve(set));
  }

  private static LabelledPictures pictures(Path root) throws IOException {
    PhotoFolder photos = PhotoFolder.scan(List.of(root), 1, 9999);
    return new LabelledPictures(
        LabelledFolder.bySubfolder(photos, 16), new LabelledPictures.Settings(16, 1, false, 20, 1));
  }

  private static void write(Path file, String label, Random random) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(120 + random.nextInt(130), 200, 150));
    int x = 1 + random.nextInt(6);
    int y = 1 + random.nextInt(6);
    switch (label) {
      case "bar" -> graphics.fillRect(x, y, 3, 9);
      case "dot" -> graphics.fillOval(x, y, 8, 8);
      default -> graphics.drawOval(x, y, 8, 8);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
