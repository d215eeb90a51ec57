package org.ganvas.inference.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

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
   * Whether Winograd's convolution, which is in float32, is worth trying: beside bfloat16 where
   * that is known to be fast it is not.
   *
   * @param wanted the precision that the user wants; null leaves it open
   */
  boolean considersWinograd(@Nullable Precision wanted) {
    return wanted == null ? !processor.favoursBfloat16() : wanted == Precision.FLOAT32;
  }

  /**
   * What there is to choose from.
   *
   * @param wanted as for {@link #considersWinograd}
   * @param winograd whether {@link ProgramMethod#WINOGRAD} is possible
   * @return the one that is the fastest where the processor favours it first, float32 last
   */
  List<ProgramMethod> candidates(@Nullable Precision wanted, boolean winograd) {
    MemoryLayout layout = card.network().fastLayout();
    List<ProgramMethod> candidates = new ArrayList<>();
    if (wanted == null && processor.computesBfloat16()) {
      candidates.add(new ProgramMethod(Precision.BFLOAT16, layout));
    }
    if (winograd && considersWinograd(wanted)) {
      candidates.add(ProgramMethod.WINOGRAD);
    }
    candidates.add(new ProgramMethod(wanted == null ? Precision.FLOAT32 : wanted, layout));
    return candidates;
  }

  /**
   * @param candidates as {@link #candidates} gives them
   * @param inputPixels the work that lies ahead
   * @param nanoseconds measures how long a tile takes by a method
   */
  ProgramMethod choose(
      List<ProgramMethod> candidates, long inputPixels, ToLongFunction<ProgramMethod> nanoseconds) {
    if (candidates.size() == 1) {
      return candidates.get(0);
    }
    return known
        .find(card, processor, candidates)
        .orElseGet(
            () -> {
              if (inputPixels < WORTH_MEASURING) {
                return unmeasured(candidates);
              }
              ProgramMethod fastest =
                  candidates.stream().min(Comparator.comparingLong(nanoseconds)).orElseThrow();
              known.remember(card, processor, candidates, fastest);
              return fastest;
            });
  }

  private ProgramMethod unmeasured(List<ProgramMethod> candidates) {
    return candidates.stream()
        .filter(
            method ->
                method.winograd()
                    ? processor.favoursWinograd()
                    : method.precision() == Precision.FLOAT32 || processor.favoursBfloat16())
        .findFirst()
        .orElseThrow();
  }
}
