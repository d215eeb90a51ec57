package org.ganvas.training.network;

import java.util.List;
import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Task;
import org.ganvas.training.script.Program;
import org.jspecify.annotations.Nullable;

/** A kind of network with its options chosen. */
public interface Architecture {
  /** Describes the forward pass. */
  Program program();

  /** The options, as the model card names them. */
  Map<String, String> options();

  /**
   * The layout to compute in where none is asked for: the faster one, as measured on this network
   * or one of its kind.
   */
  MemoryLayout fastLayout();

  /**
   * Names of the tensors that end the residual blocks: where they are zero, a block passes on what
   * it is given. Empty where there are no such blocks.
   */
  default List<String> blockEnds() {
    return List.of();
  }

  /**
   * The pixel shuffles behind convolutions: the convolution's name, to the shuffle's factor. Empty
   * where there are none.
   */
  default Map<String, Integer> pixelShuffles() {
    return Map.of();
  }

  /** What a model of this network is for; null for a network that is only trained against. */
  default @Nullable Task task() {
    return null;
  }
}
