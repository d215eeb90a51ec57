package org.ganvas.training.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.ganvas.training.script.StateDict;

/**
 * A tensor as a pickle describes it: a view of a storage that lies elsewhere.
 *
 * @param storage what the numbers are a part of
 * @param offset where they begin in it
 * @param shape its dimensions
 * @param strides how far apart two neighbours of each dimension lie; in any order
 */
record PickledTensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {

  /**
   * A storage as a pickle describes it.
   *
   * @param start where it begins in the one that was written, in numbers
   */
  record Storage(StorageType type, String key, long start) {}

  /** Whether it counts something: a single whole number. */
  boolean counts() {
    return storage.type().counts(shape);
  }

  /**
   * The numbers in the order of the dimensions, whatever order the storage has. By a stride of 0,
   * that of an expanded tensor, there may be more of them than it has.
   *
   * @param most how many there may be
   * @throws IOException if there are more, or it reaches beyond its storage
   */
  StateDict.Entry gather(ByteBuffer bytes, long most) throws IOException {
    int stored = bytes.limit() / storage.type().bytes();
    try {
      long size = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
      // Before anything of that size is allocated.
      if (size > Math.min(most, Integer.MAX_VALUE)
          || strides.size() != shape.size()
          || shape.stream().anyMatch(dimension -> dimension < 0)) {
        throw new IndexOutOfBoundsException();
      }
      float[] data = new float[(int) size];
      long start = Math.addExact(storage.start(), offset);
      for (int i = 0; i < data.length; i++) {
        data[i] = storage.type().at(bytes, Objects.checkIndex(place(start, i), stored));
      }
      return new StateDict.Entry(shape, data);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new IOException("a tensor reaches beyond its storage", e);
    }
  }

  /** Where number {@code i}, counted by the dimensions, lies if the first one lies at start. */
  private int place(long start, int i) {
    long place = start;
    int rest = i;
    for (int d = shape.size() - 1; d >= 0; d--) {
      int dimension = Math.toIntExact(shape.get(d));
      place = Math.addExact(place, Math.multiplyExact(rest % dimension, strides.get(d)));
      rest /= dimension;
    }
    return Math.toIntExact(place);
  }
}
