package org.ganvas.inference.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What Linux tells about the processor; on other systems nothing, so float32 is used there.
 *
 * @param name the model's name
 * @param flags what it can do, such as {@code avx512_bf16}
 */
public record Processor(String name, Set<String> flags) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** The processor that this runs on. */
  public static Processor ofThisMachine() {
    try {
      return Files.isReadable(CPUINFO) ? parse(Files.readAllLines(CPUINFO)) : parse(List.of());
    } catch (IOException e) {
      return parse(List.of());
    }
  }

  /** Reads the lines of {@code /proc/cpuinfo}. */
  static Processor parse(List<String> lines) {
    return new Processor(value(lines, "model name"), Set.of(value(lines, "flags").split(" +")));
  }

  /** Whether bfloat16 is worth trying: without such instructions it is many times slower. */
  public boolean computesBfloat16() {
    return flags.contains("amx_bf16") || flags.contains("avx512_bf16");
  }

  /** What is worth trying; nobody computes in float16 on a processor. */
  public List<Precision> precisions() {
    return computesBfloat16()
        ? List.of(Precision.FLOAT32, Precision.BFLOAT16)
        : List.of(Precision.FLOAT32);
  }

  /**
   * Whether bfloat16 can be relied on to be faster before anything is measured. Intel's AVX512-BF16
   * without AMX was measured slower than float32, AMD's more than twice as fast.
   */
  public boolean favoursBfloat16() {
    return flags.contains("amx_bf16") || (name.contains("AMD") && computesBfloat16());
  }

  /**
   * Whether Winograd's convolution can be relied on to be faster than libtorch's own before
   * anything is measured. It is written for AVX2, and was measured twice as fast where there is
   * nothing wider.
   */
  boolean favoursWinograd() {
    return flags.contains("avx2") && !flags.contains("avx512f");
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }
}
