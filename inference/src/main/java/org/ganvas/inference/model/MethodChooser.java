package org.ganvas.inference.model;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Chooses the method that a model computes by, where the user left it open, on the processor. */
final class MethodChooser {
  /** Below this many pixels measuring would take longer than it could save. */
  static final long WORTH_MEASURING = 1_000_000;

  private final ModelCard card;
  private final Processor processor;
  private final FastestMethods known;

  MethodChooser(ModelCard card, Processor processor, FastestMethods known) {
    this.card = card;
    this.processor = processor;
    this.known = known;
  }

  /**
   * @param inputPixels the work that lies ahead
   * @param nanoseconds measures how long a tile takes by a method
   */
  ProgramMethod choose(long inputPixels, ToLongFunction<ProgramMethod> nanoseconds) {
    MemoryLayout layout = card.network().fastLayout();
    ProgramMethod full = new ProgramMethod(Precision.FLOAT32, layout);
    if (!processor.computesBfloat16()) {
      return full;
    }
    ProgramMethod reduced = new ProgramMethod(Precision.BFLOAT16, layout);
    return known
        .find(card, processor)
        .filter(List.of(reduced, full)::contains)
        .orElseGet(
            () -> {
              if (inputPixels < WORTH_MEASURING) {
                return processor.favoursBfloat16() ? reduced : full;
              }
              ProgramMethod fastest =
                  List.of(reduced, full).stream()
                      .min(Comparator.comparingLong(nanoseconds))
                      .orElseThrow();
              known.remember(card, processor, fastest);
              return fastest;
            });
  }
}
