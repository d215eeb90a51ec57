package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Some pictures of a set, with its labels.
 *
 * @param whole the set
 * @param numbers of the pictures in the set, in the order that they get
 */
public record PictureSubset(PictureSet whole, int[] numbers) implements PictureSet {
  @Override
  public int size() {
    return numbers.length;
  }

  @Override
  public List<String> labels() {
    return whole.labels();
  }

  @Override
  public int label(int index) {
    return whole.label(numbers[index]);
  }

  @Override
  public RgbPhoto picture(int index) throws IOException {
    return whole.picture(numbers[index]);
  }

  @Override
  public Path file(int index) {
    return whole.file(numbers[index]);
  }
}
