package org.ganvas.inference.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of the ways in which a model file can compute: the same network, in a number format and a
 * memory layout.
 */
public record ProgramMethod(Precision precision, MemoryLayout layout) {
  /** As everybody runs a network: what the other methods are compared with. */
  public static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  /** Each of these precisions in each layout, channels first before channels last. */
  public static List<ProgramMethod> in(List<Precision> precisions) {
    List<ProgramMethod> methods = new ArrayList<>();
    for (Precision precision : precisions) {
      for (MemoryLayout layout : MemoryLayout.values()) {
        methods.add(new ProgramMethod(precision, layout));
      }
    }
    return methods;
  }

  /** The method's name in the program, such as {@code bfloat16_channels_last}. */
  public String methodName() {
    return (precision + "_" + layout).toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #methodName} wrote. */
  static ProgramMethod parse(String name) {
    for (Precision precision : Precision.values()) {
      for (MemoryLayout layout : MemoryLayout.values()) {
        ProgramMethod method = new ProgramMethod(precision, layout);
        if (method.methodName().equals(name)) {
          return method;
        }
      }
    }
    throw new IllegalArgumentException("no such method of a program: " + name);
  }
}
