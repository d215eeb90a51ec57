package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some pictures of a set, with its labels.
 *
 * @param whole the set
 * @param numbers of the pictures in the set, in the order that they get
 */
public record PictureSubset(PictureSet whole, int[] numbers) implements PictureSet {

  /**
   * Pictures from everywhere in a set, at equal distances, so that all labels are among them where
   * the set is sorted by label.
   *
   * @param count how many at most
   */
  public static PictureSubset spread(PictureSet whole, int count) {
    int kept = Math.min(count, whole.size());
    long size = whole.size();
    return new PictureSubset(
        whole, IntStream.range(0, kept).map(i -> (int) (i * size / kept)).toArray());
  }

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
