package org.ganvas.training.data;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** Small picture files of known content. */
final class TestPhotos {
  private TestPhotos() {}

  /** Writes random colours; the file's extension names the format. */
  static void write(Path file, int width, int height, long seed) throws IOException {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    write(image, file);
  }

  /** Writes two greys: the left half and the right half. */
  static void write(Path file, int width, int height, int left, int right) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0x010101 * (x < width / 2 ? left : right));
      }
    }
    write(image, file);
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    String name = file.getFileName().toString();
    Files.createDirectories(file.getParent());
    if (!ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile())) {
      throw new IOException("no writer for " + file);
    }
  }
}
