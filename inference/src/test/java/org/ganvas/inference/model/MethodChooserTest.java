package org.ganvas.inference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodChooserTest {
  private static final Processor OLD = new Processor("Old", Set.of("avx2", "avx512f"));
  private static final Processor NEW = new Processor("AMD New", Set.of("avx2", "avx512_bf16"));
  private static final ToLongFunction<ProgramMethod> NEVER =
      method -> {
        throw new AssertionError("nothing should be measured");
      };

  @TempDir private Path folder;
  private final ModelCard card = ModelCardJsonTest.card(35);

  @Test
  void aProcessorWithoutBfloat16ComputesInFloat32AndMeasuresNothing() {
    assertThat(choose(OLD, Long.MAX_VALUE, NEVER).precision()).isEqualTo(Precision.FLOAT32);
  }

  @Test
  void bfloat16IsTriedOnlyWhereTheProcessorHasIt() {
    assertThat(OLD.precisions()).containsExactly(Precision.FLOAT32);
    assertThat(NEW.precisions()).containsExactly(Precision.FLOAT32, Precision.BFLOAT16);
  }

  @Test
  void forASmallPictureTheProcessorsWordIsTaken() {
    assertThat(choose(NEW, 65_536, NEVER))
        .isEqualTo(new ProgramMethod(Precision.BFLOAT16, MemoryLayout.CHANNELS_LAST));
  }

  @Test
  void forASmallPictureIntelsBfloat16CountsWithAmxOnly() {
    Processor slow = new Processor("Intel", Set.of("avx512_bf16"));
    Processor fast = new Processor("Intel", Set.of("avx512_bf16", "amx_bf16"));
    assertThat(choose(slow, 65_536, NEVER).precision()).isEqualTo(Precision.FLOAT32);
    assertThat(choose(fast, 65_536, NEVER).precision()).isEqualTo(Precision.BFLOAT16);
  }

  @ParameterizedTest
  @CsvSource({"10, 5, FLOAT32", "5, 10, BFLOAT16"})
  void forALargePictureTheFasterOneIsMeasuredAndRemembered(
      long reduced, long full, Precision expected) {
    AtomicInteger measurements = new AtomicInteger();
    ToLongFunction<ProgramMethod> measure =
        method -> {
          measurements.incrementAndGet();
          return method.precision() == Precision.BFLOAT16 ? reduced : full;
        };
    assertThat(choose(NEW, 24_000_000, measure).precision()).isEqualTo(expected);
    assertThat(measurements).hasValue(2);
    assertThat(choose(NEW, 24_000_000, NEVER).precision()).isEqualTo(expected);
    assertThat(choose(NEW, 1, NEVER).precision()).isEqualTo(expected);
  }

  @Test
  void whatOneProcessorIsGoodAtIsNotTakenForAnother() {
    choose(NEW, 24_000_000, method -> method.precision().ordinal());
    AtomicInteger measurements = new AtomicInteger();
    choose(
        new Processor("Other", NEW.flags()), 24_000_000, method -> measurements.incrementAndGet());
    assertThat(measurements).hasValue(2);
  }

  @ParameterizedTest
  @CsvSource({"nonsense", "\\uZZZZ", "''"})
  void aBrokenCacheFileIsMeasuredAgain(String content) throws IOException {
    choose(NEW, 24_000_000, method -> 1);
    try (var files = Files.list(folder)) {
      Files.writeString(files.findFirst().orElseThrow(), content);
    }
    AtomicInteger measurements = new AtomicInteger();
    choose(NEW, 24_000_000, method -> measurements.incrementAndGet());
    assertThat(measurements).hasValue(2);
  }

  @Test
  void aCacheFolderThatCannotBeMadeIsNoObstacle() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    MethodChooser chooser = new MethodChooser(card, NEW, new FastestMethods(file.resolve("x")));
    List<ProgramMethod> candidates = chooser.candidates(null, false);
    assertThat(chooser.choose(candidates, 24_000_000, method -> 1)).isIn(candidates);
  }

  @Test
  void readsNameAndFlagsFromCpuinfo() {
    Processor processor =
        Processor.parse(
            List.of("processor\t: 0", "model name\t: AMD EPYC", "flags\t\t: fpu amx_bf16 vme"));
    assertThat(processor.name()).isEqualTo("AMD EPYC");
    assertThat(processor.computesBfloat16()).isTrue();
    assertThat(Processor.parse(List.of()).computesBfloat16()).isFalse();
  }

  @Test
  void winogradsConvolutionIsTakenForASmallPictureWhereNothingWiderThanAvx2IsFound() {
    MethodChooser narrow = chooser(new Processor("Narrow", Set.of("avx2")));
    MethodChooser wide = chooser(OLD);
    assertThat(narrow.choose(narrow.candidates(null, true), 65_536, NEVER))
        .isEqualTo(ProgramMethod.WINOGRAD);
    assertThat(narrow.choose(narrow.candidates(null, false), 65_536, NEVER).winograd()).isFalse();
    assertThat(wide.choose(wide.candidates(null, true), 65_536, NEVER).winograd()).isFalse();
  }

  @Test
  void winogradsConvolutionIsMeasuredForALargePictureAndRememberedForItsKindOnly() {
    List<ProgramMethod> all = chooser(OLD).candidates(null, true);
    ToLongFunction<ProgramMethod> measure = method -> method.winograd() ? 1 : 2;
    assertThat(chooser(OLD).choose(all, 24_000_000, measure)).isEqualTo(ProgramMethod.WINOGRAD);
    assertThat(chooser(OLD).choose(all, 1, NEVER)).isEqualTo(ProgramMethod.WINOGRAD);
    assertThat(choose(OLD, 24_000_000, NEVER).winograd()).isFalse();
  }

  @Test
  void besideFastBfloat16WinogradsConvolutionIsNotTried() {
    assertThat(chooser(NEW).considersWinograd(null)).isFalse();
    assertThat(chooser(NEW).candidates(null, true))
        .extracting(ProgramMethod::winograd)
        .containsExactly(false, false);
    Processor slow = new Processor("Intel", Set.of("avx2", "avx512f", "avx512_bf16"));
    assertThat(chooser(slow).candidates(null, true))
        .extracting(ProgramMethod::winograd)
        .containsExactly(false, true, false);
  }

  @Test
  void whoWantsAPrecisionGetsIt() {
    assertThat(chooser(NEW).candidates(Precision.BFLOAT16, true))
        .containsExactly(new ProgramMethod(Precision.BFLOAT16, MemoryLayout.CHANNELS_LAST));
    assertThat(chooser(NEW).candidates(Precision.FLOAT32, true))
        .containsExactly(
            ProgramMethod.WINOGRAD,
            new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_LAST));
  }

  private MethodChooser chooser(Processor processor) {
    return new MethodChooser(card, processor, new FastestMethods(folder));
  }

  /** Without Winograd's convolution. */
  private ProgramMethod choose(
      Processor processor, long inputPixels, ToLongFunction<ProgramMethod> nanoseconds) {
    MethodChooser chooser = chooser(processor);
    return chooser.choose(chooser.candidates(null, false), inputPixels, nanoseconds);
  }
}
