package org.ganvas.training.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.ganvas.training.script.StateDict;

/** Finds the tensors in nested containers and names them by the path that leads there. */
final class TensorCollector {
  private static final int DEEPEST = 64;
  private static final int MOST_VALUES = 1_000_000;

  /** Tensors may share storages, which are fetched again and again then, but not without end. */
  private static final long MOST_READINGS = 16;

  private final TorchFile file;
  private final long fileBytes;
  private final Predicate<String> wanted;
  private final StateDict state = new StateDict();
  private long numbers;
  private String storageKey = "";
  private ByteBuffer storage = ByteBuffer.allocate(0);
  private long storageBytes;
  private int values;

  /**
   * @param fileBytes length of the file; all tensors together may have as many numbers. Tensors may
   *     share a storage, but a thousand views of one would fill the memory
   */
  TensorCollector(TorchFile file, long fileBytes, Predicate<String> wanted) {
    this.file = file;
    this.fileBytes = fileBytes;
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
        collect(TensorName.of(name, child.getKey()), child.getValue(), depth + 1);
      }
    } else if (value instanceof List<?> list) {
      checkDepth(name, depth);
      for (int i = 0; i < list.size(); i++) {
        collect(TensorName.of(name, i), list.get(i), depth + 1);
      }
    }
  }

  private static void checkDepth(String name, int depth) throws IOException {
    if (depth == DEEPEST) {
      throw new IOException("containers are at most %d deep, found %s".formatted(DEEPEST, name));
    }
  }

  private void take(String name, PickledTensor tensor) throws IOException {
    if (tensor.counts() || !wanted.test(name)) {
      return;
    }
    StateDict.Entry entry = tensor.gather(storage(tensor), fileBytes);
    numbers += entry.data().length;
    if (numbers > fileBytes) {
      throw new IOException("its tensors have more numbers than the file has bytes");
    }
    state.put(name, entry);
  }

  /** The storage of a tensor, which often is that of the one before it. */
  private ByteBuffer storage(PickledTensor tensor) throws IOException {
    String key = tensor.storage().key();
    if (!key.equals(storageKey)) {
      storage = file.storage(tensor);
      storageKey = key;
      storageBytes += storage.limit();
      if (storageBytes > MOST_READINGS * fileBytes) {
        throw new IOException("its tensors refer to the same storages again and again");
      }
    }
    return storage;
  }
}
