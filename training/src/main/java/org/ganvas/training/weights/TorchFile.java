package org.ganvas.training.weights;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A pickled value whose tensors refer to storages beside it. */
sealed interface TorchFile extends AutoCloseable permits TorchZip, LegacyTorchFile {

  /** What was pickled: containers, with {@link PickledTensor}s in them. */
  Object root() throws IOException;

  /**
   * The numbers that a tensor lies in.
   *
   * @return little-endian, from position 0
   * @throws IOException if the file lacks them
   */
  ByteBuffer storage(PickledTensor tensor) throws IOException;

  @Override
  void close() throws IOException;
}
