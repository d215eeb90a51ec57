package org.ganvas.cli.benchmark;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/**
 * How long a whole run takes, from the start of Java to the finished file, and how much memory.
 *
 * @param seconds of each run
 * @param peakBytes the largest resident size of any run; empty where the system doesn't tell
 */
public record ColdStart(Spread seconds, OptionalLong peakBytes) {
  private static final int SIDE = 256;
  private static final long POLL_MILLISECONDS = 5;

  /**
   * @param ganvas the command that starts Ganvas, up to where {@code upscale} follows
   * @param arguments of {@code upscale}, such as the model
   * @param repeats runs, at least 1
   * @throws IOException if a run fails
   */
  static ColdStart measure(List<String> ganvas, List<String> arguments, int repeats)
      throws IOException {
    Path folder = Files.createTempDirectory("ganvas-benchmark");
    Path photo = folder.resolve("photo.png");
    Path result = folder.resolve("result.png");
    try {
      ImageIO.write(photo(), "png", photo.toFile());
      List<String> command = new ArrayList<>(ganvas);
      command.addAll(List.of("upscale", photo.toString(), "-o", result.toString()));
      command.addAll(List.of("--overwrite", "--quiet"));
      command.addAll(arguments);
      double[] seconds = new double[repeats];
      long peak = 0;
      for (int i = 0; i < repeats; i++) {
        long start = System.nanoTime();
        peak = Math.max(peak, run(command));
        seconds[i] = (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
      }
      return new ColdStart(
          Spread.of(seconds), peak == 0 ? OptionalLong.empty() : OptionalLong.of(peak));
    } finally {
      Files.deleteIfExists(result);
      Files.deleteIfExists(photo);
      Files.deleteIfExists(folder);
    }
  }

  /**
   * The command that starts a program as this one was started, with the same options of the Java
   * machine.
   */
  public static List<String> ownCommand(Class<?> program) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    return command;
  }

  /** The largest resident size in bytes, or 0 if unknown. */
  private static long run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.PIPE)
            .start();
    try {
      long peak = 0;
      // The system forgets the figure when the process ends, so it is asked for again and again.
      while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakBytes(process.pid()));
      }
      if (process.exitValue() != 0) {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        throw new IOException("a run must end with 0, found " + process.exitValue() + ": " + said);
      }
      return peak;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a run was measured", e);
    } finally {
      process.destroy();
    }
  }

  /** VmHWM of proc(5), which only Linux has. */
  private static long peakBytes(long processId) {
    Path status = Path.of("/proc", Long.toString(processId), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static BufferedImage photo() {
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, x << 16 | y << 8 | (x * y) % SIDE);
      }
    }
    return image;
  }
}
