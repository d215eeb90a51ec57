package org.ganvas.inference.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One of the ways in which a model file can compute: the same network, in a number format and a
 * memory layout.
 *
 * @param winograd whether convolutions of 3x3 pixels are computed by fewer multiplications (Lavin
 *     and Gray 2016, "Fast algorithms for convolutional neural networks", section 4), in float32
 *     and channels first only. By NNPACK, which is a part of libtorch on some systems; rounded
 *     otherwise, by where a pixel lies in its tile
 */
public record ProgramMethod(Precision precision, MemoryLayout layout, boolean winograd) {
  /** As everybody runs a network: what the other methods are compared with. */
  public static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  /** Often the fastest on a processor that computes eight numbers at once, by one thread. */
  public static final ProgramMethod WINOGRAD =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST, true);

  public ProgramMethod {
    if (winograd && (precision != Precision.FLOAT32 || layout != MemoryLayout.CHANNELS_FIRST)) {
      throw new IllegalArgumentException(
          "Winograd's convolution is in float32, channels first; found %s, %s"
              .formatted(precision, layout));
    }
  }

  /** Without {@code winograd}. */
  public ProgramMethod(Precision precision, MemoryLayout layout) {
    this(precision, layout, false);
  }

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

  /** As {@link #in(List)}, then {@link #WINOGRAD} where there is that. */
  public static List<ProgramMethod> in(List<Precision> precisions, boolean winograd) {
    List<ProgramMethod> methods = in(precisions);
    if (winograd) {
      methods.add(WINOGRAD);
    }
    return methods;
  }

  /** The method's name in the program, such as {@code bfloat16_channels_last}. */
  public String methodName() {
    return (precision + "_" + (winograd ? "winograd" : layout)).toLowerCase(Locale.ROOT);
  }
}
