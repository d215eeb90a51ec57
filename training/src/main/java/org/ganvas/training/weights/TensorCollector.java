package org.ganvas.training.weights;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ganvas.training.script.StateDict;

/** Finds the tensors in nested containers and names them by the path that leads there. */
final class TensorCollector {
  private static final int DEEPEST = 64;
  private static final int MOST_VALUES = 1_000_000;

  private final TorchFile file;
  private final long mostNumbers;
  private final Predicate<String> wanted;
  private final StateDict state = new StateDict();
  private long numbers;
  private int values;

  /**
   * @param mostNumbers how many numbers all tensors may have together: as many as the file has
   *     bytes. Tensors may share a storage, but a thousand views of one would fill the memory
   */
  TensorCollector(TorchFile file, long mostNumbers, Predicate<String> wanted) {
    this.file = file;
    this.mostNumbers = mostNumbers;
    this.wanted = wanted;
  }

  StateDict collect() throws IOException {
    collect("", file.root(), 0);
    return state;
  }

  private void collect(String name, Object value, int depth) throws IOException {
    if (++values > MOST_VALUES) {
      throw new IOException("containers have at most %d values".formatted(MOST_VALUES));
    }
    if (value instanceof PickleReader.Wrapped wrapped) {
      checkDepth(name, depth);
      collect(name, wrapped.value(), depth + 1);
    } else if (value instanceof PickledTensor tensor) {
      take(name, tensor);
    } else if (value instanceof Map<?, ?> map) {
      checkDepth(name, depth);
      for (Map.Entry<?, ?> child : map.entrySet()) {
        collect(path(name, child.getKey()), child.getValue(), depth + 1);
      }
    } else if (value instanceof List<?> list) {
      checkDepth(name, depth);
      for (int i = 0; i < list.size(); i++) {
        collect(path(name, i), list.get(i), depth + 1);
      }
    }
  }

  private static void checkDepth(String name, int depth) throws IOException {
    if (depth == DEEPEST) {
      throw new IOException("containers are at most %d deep, found %s".formatted(DEEPEST, name));
    }
  }

  private static String path(String name, Object child) {
    return name.isEmpty() ? "" + child : name + "." + child;
  }

  private void take(String name, PickledTensor tensor) throws IOException {
    if (tensor.counts() || !wanted.test(name)) {
      return;
    }
    StateDict.Entry entry = tensor.gather(file.storage(tensor));
    numbers += entry.data().length;
    if (numbers > mostNumbers) {
      throw new IOException("its tensors have more numbers than the file has bytes");
    }
    state.put(name, entry);
  }
}
