package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Grey pictures with digits for labels, in two files of MNIST's format. */
final class IdxPictures implements PictureSet {
  /** How MNIST names the files of its training set; the other one is named {@code t10k}. */
  static final String TRAINING = "train";

  private static final Pattern IMAGES = Pattern.compile("(.+)-images-idx3-ubyte(\\.gz)?");

  private final Path file;
  private final IdxFile pictures;
  private final IdxFile labels;
  private final int labelCount;
  private final int leastSide;

  private IdxPictures(Path file, IdxFile pictures, IdxFile labels, int leastSide) {
    this.file = file;
    this.pictures = pictures;
    this.labels = labels;
    int largest = 0;
    for (byte label : labels.values()) {
      largest = Math.max(largest, Byte.toUnsignedInt(label));
    }
    this.labelCount = largest + 1;
    this.leastSide = leastSide;
  }

  /** Whether a folder has such files. */
  static boolean areIn(Path folder, String set) {
    return Files.exists(file(folder, set + "-images-idx3-ubyte"));
  }

  /**
   * Reads {@code SET-images-idx3-ubyte} and {@code SET-labels-idx1-ubyte}, each with or without
   * {@code .gz}.
   *
   * @param set {@code train} or {@code t10k}
   * @throws IOException if one is missing, damaged, or they do not belong together
   */
  static IdxPictures in(Path folder, String set) throws IOException {
    Path images = file(folder, set + "-images-idx3-ubyte");
    IdxFile pictures = IdxFile.read(images, 3);
    IdxFile labels = IdxFile.read(file(folder, set + "-labels-idx1-ubyte"), 1);
    if (!pictures.shape().get(0).equals(labels.shape().get(0))) {
      throw new IOException(
          "%s: there are as many labels as pictures, found %d and %d"
              .formatted(images, labels.shape().get(0), pictures.shape().get(0)));
    }
    return new IdxPictures(images, pictures, labels, 1);
  }

  /** Whether a file is named as the pictures of such a set are. */
  static boolean isImages(Path file) {
    return IMAGES.matcher(String.valueOf(file.getFileName())).matches();
  }

  /**
   * Reads a file of pictures and that of their labels beside it.
   *
   * @param images such as {@code t10k-images-idx3-ubyte.gz}
   * @throws IOException as {@link #in} does
   */
  static IdxPictures of(Path images) throws IOException {
    String set = IMAGES.matcher(String.valueOf(images.getFileName())).replaceFirst("$1");
    return in(Objects.requireNonNullElse(images.getParent(), Path.of("")), set);
  }

  /** These pictures with as much black around each one that it is at least so wide and high. */
  IdxPictures padded(int side) {
    return new IdxPictures(file, pictures, labels, side);
  }

  private static Path file(Path folder, String name) {
    Path zipped = folder.resolve(name + ".gz");
    return Files.exists(zipped) ? zipped : folder.resolve(name);
  }

  @Override
  public int size() {
    return pictures.shape().get(0);
  }

  @Override
  public List<String> labels() {
    return IntStream.range(0, labelCount).mapToObj(Integer::toString).toList();
  }

  @Override
  public int label(int index) {
    return Byte.toUnsignedInt(labels.values()[index]);
  }

  @Override
  public RgbPhoto picture(int index) {
    int height = pictures.shape().get(1);
    int width = pictures.shape().get(2);
    int fullWidth = Math.max(width, leastSide);
    int fullHeight = Math.max(height, leastSide);
    byte[] samples = new byte[Math.multiplyExact(3, fullWidth * fullHeight)];
    int left = (fullWidth - width) / 2;
    int top = (fullHeight - height) / 2;
    for (int pixel = 0; pixel < width * height; pixel++) {
      int to = ((top + pixel / width) * fullWidth + left + pixel % width) * 3;
      Arrays.fill(samples, to, to + 3, pictures.values()[index * width * height + pixel]);
    }
    return new RgbPhoto(fullWidth, fullHeight, samples);
  }

  @Override
  public Path file(int index) {
    return file;
  }
}
