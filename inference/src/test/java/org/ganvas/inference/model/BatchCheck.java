package org.ganvas.inference.model;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Measures whether tiles are done sooner in batches than one after the other, on one thread as the
 * workers for tiles have it each.
 *
 * <pre>BatchCheck MODEL METHOD SIDE REPEATS BATCH…</pre>
 *
 * such as {@code models/photo-x4.pt bfloat16_channels_last 256 9 2 4 8}.
 */
final class BatchCheck {
  private BatchCheck() {}

  public static void main(String[] arguments) throws ModelException {
    ModelFile file = ModelFile.read(Path.of(arguments[0]));
    int side = Integer.parseInt(arguments[2]);
    int repeats = Integer.parseInt(arguments[3]);
    try (TorchProgram program = TorchProgram.load(file, Device.cpu())) {
      JniUtils.setNumThreads(1);
      System.out.println("batch  ms a tile alone  ms a tile in a batch  gain");
      for (String size : Arrays.asList(arguments).subList(4, arguments.length)) {
        int batch = Integer.parseInt(size);
        double[] alone = new double[repeats];
        double[] together = new double[repeats];
        for (int i = -1; i < repeats; i++) { // in turns, the first ones to warm up
          double one = millis(program, arguments[1], side, batch, 1);
          double all = millis(program, arguments[1], side, 1, batch);
          if (i >= 0) {
            alone[i] = one / batch;
            together[i] = all / batch;
          }
        }
        System.out.printf(
            "%5d  %15.1f  %20.1f  %+.1f%%%n",
            batch, median(alone), median(together), 100 * (median(alone) / median(together) - 1));
      }
    }
  }

  private static double millis(
      TorchProgram program, String method, int side, int calls, int batch) {
    Tensor tiles = new Tensor(new float[batch * 3 * side * side], batch, 3, side, side);
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      program.call(method, tiles);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
