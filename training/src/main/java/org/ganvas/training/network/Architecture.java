package org.ganvas.training.network;

import java.util.Map;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.training.script.Program;

/** A kind of network with its options chosen. */
public interface Architecture {
  /** Describes the forward pass. */
  Program program();

  /** The options, as the model card names them. */
  Map<String, String> options();

  /** The layout that was measured to be the faster one. */
  MemoryLayout fastLayout();
}
