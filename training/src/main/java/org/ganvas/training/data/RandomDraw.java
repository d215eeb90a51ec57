package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.ganvas.training.data.PhotoFolder.Skipped;

/**
 * Draws pictures at random. One whose header is sound but whose pixels are not is listed, and
 * another is drawn in its place; so what is drawn depends on the files and the random numbers only.
 * Thread-safe.
 *
 * @param <T> what names a picture
 * @param <P> what is read of it
 */
final class RandomDraw<T, P> {
  private final List<T> items;

  /** For each item the weights of all items up to and including it. */
  private final long[] weights;

  private final Reader<T, P> reader;
  private final Function<T, Path> file;
  private final Map<Integer, String> unreadable = new ConcurrentHashMap<>();

  /** Reads what is drawn. */
  @FunctionalInterface
  interface Reader<T, P> {
    /**
     * Reads one.
     *
     * @throws UnreadablePhotoException if it is to be listed and another one drawn
     * @throws IOException if the run has to stop
     */
    P read(T item) throws IOException;
  }

  /**
   * @param items at least one
   * @param weight how likely an item is, in proportion to the others; at least 1
   * @param file of an item, for lists and messages
   */
  RandomDraw(List<T> items, ToLongFunction<T> weight, Reader<T, P> reader, Function<T, Path> file) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException("training needs at least one picture, found none");
    }
    this.items = List.copyOf(items);
    this.weights = items.stream().mapToLong(weight).toArray();
    Arrays.parallelPrefix(weights, Long::sum);
    this.reader = reader;
    this.file = file;
  }

  /**
   * Draws one, and reads it.
   *
   * @throws IOException if a file can no longer be read, or none can be decoded
   */
  P next(SampleRandom random) throws IOException {
    while (unreadable.size() < items.size()) {
      int index = indexOf(random.below(weights[weights.length - 1]));
      if (unreadable.containsKey(index)) {
        continue;
      }
      try {
        return reader.read(items.get(index));
      } catch (UnreadablePhotoException e) {
        unreadable.put(index, e.reason());
      }
    }
    throw new IOException(
        "training needs photos that can be used, found none among %d; the first is %s: %s"
            .formatted(items.size(), file.apply(items.get(0)), unreadable.get(0)));
  }

  /** The first item whose cumulated weight is above {@code point}. */
  private int indexOf(long point) {
    int found = Arrays.binarySearch(weights, point + 1);
    return found >= 0 ? found : -found - 1;
  }

  /** What could not be read so far, with the reason, in the order of the files. */
  List<Skipped> unreadable() {
    return unreadable.entrySet().stream()
        .map(entry -> new Skipped(file.apply(items.get(entry.getKey())), entry.getValue()))
        .sorted((a, b) -> a.file().compareTo(b.file()))
        .toList();
  }
}
