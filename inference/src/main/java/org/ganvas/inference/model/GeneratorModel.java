package org.ganvas.inference.model;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.ModelException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A generator loaded into libtorch: pictures in, pictures out. Thread-safe; one model never uses
 * more threads than there are processors, so its runs for several callers wait for each other.
 * Those of several models do not.
 */
public final class GeneratorModel implements AutoCloseable {
  /**
   * For a single float32 picture of up to so many numbers libtorch takes another convolution, whose
   * results differ in the last bits; it is given the picture twice then. ConvParams::use_mkldnn in
   * aten/src/ATen/native/Convolution.cpp.
   */
  private static final int SMALL_INPUT = 20_480;

  private static final int MEASURED_SIDE = 96;
  private static final int TRIED_SIDE = 16;
  private static final int WARM_UP_RUNS = 2;

  private final ModelCard card;
  private final TorchProgram program;
  private final @Nullable Precision precision;
  private final MethodChooser chooser;
  private final int threads = Machine.THREADS;
  private final Semaphore freeThreads = new Semaphore(threads, true);
  private final Map<List<ProgramMethod>, ProgramMethod> chosen = new ConcurrentHashMap<>();
  private final boolean onProcessor;
  private @Nullable Boolean winograd;

  /** Asked once, before any run: what a run sets, libtorch gives to later threads too. */
  private static final class Machine {
    // libtorch does not know of a container's limit, Java does.
    private static final int THREADS =
        Math.max(1, Math.min(JniUtils.getNumThreads(), Runtime.getRuntime().availableProcessors()));
  }

  private GeneratorModel(
      ModelCard card, TorchProgram program, @Nullable Precision precision, boolean onProcessor) {
    this.card = card;
    this.program = program;
    this.precision = precision;
    this.onProcessor = onProcessor;
    this.chooser = new MethodChooser(card, Processor.ofThisMachine(), FastestMethods.ofThisUser());
  }

  /**
   * Loads a model file.
   *
   * @throws ModelException if libtorch refuses it, or there is no such device
   */
  public static GeneratorModel load(ModelFile file, ComputeChoice choice) throws ModelException {
    Device device = TorchDevice.of(choice.device());
    Precision precision = device.isGpu() ? orHalf(choice.precision()) : choice.precision();
    TorchProgram program = TorchProgram.load(file, device);
    return new GeneratorModel(file.card(), program, precision, !device.isGpu());
  }

  private static Precision orHalf(@Nullable Precision precision) {
    return precision == null ? Precision.FLOAT16 : precision;
  }

  public ModelCard card() {
    return card;
  }

  /**
   * The method by which a picture is computed: what the user chose, else float16 on a GPU, else on
   * the processor the fastest as measured once and remembered.
   *
   * @param inputPixels how many pixels are to be computed; for few of them nothing is measured
   */
  public ProgramMethod methodFor(long inputPixels) throws ModelException {
    return choose(inputPixels, chooser.candidates(precision, false), threads);
  }

  /**
   * As {@link #methodFor}, for runs of one thread each; {@link ProgramMethod#WINOGRAD} is among
   * what is chosen from, if the model and this machine have it.
   */
  public ProgramMethod methodForOneThread(long inputPixels) throws ModelException {
    boolean possible = chooser.considersWinograd(precision) && hasWinograd();
    return choose(inputPixels, chooser.candidates(precision, possible), 1);
  }

  private ProgramMethod choose(long inputPixels, List<ProgramMethod> candidates, int runThreads)
      throws ModelException {
    if (candidates.size() == 1) {
      return candidates.get(0); // without waiting for the runs of others
    }
    freeThreads.acquireUninterruptibly(threads);
    try {
      ProgramMethod method = chosen.get(candidates);
      if (method == null || inputPixels >= MethodChooser.WORTH_MEASURING) {
        JniUtils.setNumThreads(runThreads);
        method = chooser.choose(candidates, inputPixels, this::nanosecondsPerTile);
        chosen.put(candidates, method);
      }
      return method;
    } catch (EngineException e) {
      throw cannotRun(e);
    } finally {
      freeThreads.release(threads);
    }
  }

  /**
   * Whether {@link ProgramMethod#WINOGRAD} can be run: by programs that older versions wrote, by
   * networks without such convolutions, on a GPU, and where libtorch comes without NNPACK, it
   * cannot.
   */
  public synchronized boolean hasWinograd() {
    if (winograd == null) {
      winograd = onProcessor && runsWinograd();
    }
    return winograd;
  }

  private boolean runsWinograd() {
    freeThreads.acquireUninterruptibly(threads);
    try {
      // For good, NNPACK takes as many threads of its own as libtorch has now. Beside libtorch's
      // they would only fight for the processors.
      JniUtils.setNumThreads(1);
      program.call(ProgramMethod.WINOGRAD.methodName(), square(TRIED_SIDE));
      return true;
    } catch (EngineException e) {
      return false;
    } finally {
      freeThreads.release(threads);
    }
  }

  /** How many threads a run can use: the processors, or what OMP_NUM_THREADS says. */
  public int threads() {
    return threads;
  }

  /** As {@link #run(FloatPlanes, ProgramMethod, int)} with all threads. */
  public FloatPlanes run(FloatPlanes picture, ProgramMethod method) throws ModelException {
    return run(picture, method, threads);
  }

  /**
   * Runs the network. Many pictures are done soonest by as many callers as there are threads, with
   * one thread each: the threads of one run wait for each other at every layer, and longer still if
   * anything else keeps a processor busy.
   *
   * @param picture (inputChannels, H, W), 0 to 1, H and W multiples of the card's size multiple
   * @param method how to compute
   * @param wantedThreads how many threads work on it, at least 1; no more than {@link #threads} do
   * @return (outputChannels, scale H, scale W); may overshoot 0 to 1
   * @throws ModelException if libtorch fails, such as for want of memory
   * @throws IllegalArgumentException if the number of channels is not the network's
   */
  public FloatPlanes run(FloatPlanes picture, ProgramMethod method, int wantedThreads)
      throws ModelException {
    return call(method.methodName(), wantedThreads, twiceIfSmall(tensor(picture))).picture(0);
  }

  /**
   * The statistics of a picture, for {@link #run(FloatPlanes, float[], ProgramMethod, int)}.
   *
   * @param picture (inputChannels, H, W), 0 to 1, H and W multiples of the card's size multiple
   * @return as many numbers as the card's {@link NetworkFacts#statistics} says
   * @throws ModelException if libtorch fails, also because the program has no statistics
   */
  public float[] statistics(FloatPlanes picture, ProgramMethod method) throws ModelException {
    return call(method.methodName() + "_statistics", threads, tensor(picture)).values();
  }

  /**
   * As {@link #run(FloatPlanes, ProgramMethod, int)}, with the statistics of a whole picture in
   * place of those of {@code picture}, which is a part of it.
   */
  public FloatPlanes run(
      FloatPlanes picture, float[] statistics, ProgramMethod method, int wantedThreads)
      throws ModelException {
    String name = method.methodName() + "_with_statistics";
    Tensor given = new Tensor(statistics, statistics.length);
    return call(name, wantedThreads, tensor(picture), given).picture(0);
  }

  /**
   * Makes pictures out of vectors.
   *
   * @param vectors (N, inputChannels)
   * @return N times (outputChannels, H, W), about 0 to 1
   * @throws ModelException if libtorch fails
   * @throws IllegalArgumentException if the vectors' length is not the network's number of channels
   */
  public List<FloatPlanes> generate(List<float[]> vectors, ProgramMethod method)
      throws ModelException {
    int channels = card.network().inputChannels();
    float[] all = new float[vectors.size() * channels];
    for (int i = 0; i < vectors.size(); i++) {
      requireChannels(vectors.get(i).length);
      System.arraycopy(vectors.get(i), 0, all, i * channels, channels);
    }
    Tensor result =
        call(method.methodName(), threads, new Tensor(all, vectors.size(), channels, 1, 1));
    List<FloatPlanes> pictures = new ArrayList<>();
    for (int i = 0; i < vectors.size(); i++) {
      pictures.add(result.picture(i));
    }
    return pictures;
  }

  private Tensor call(String method, int wantedThreads, Tensor... arguments) throws ModelException {
    int taken = Math.max(1, Math.min(wantedThreads, threads));
    freeThreads.acquireUninterruptibly(taken);
    try {
      JniUtils.setNumThreads(taken); // of this thread, and what later threads begin with
      return program.call(method, arguments);
    } catch (EngineException e) {
      throw cannotRun(e);
    } finally {
      freeThreads.release(taken);
    }
  }

  private Tensor tensor(FloatPlanes picture) {
    requireChannels(picture.channels());
    return Tensor.of(picture);
  }

  private void requireChannels(int found) {
    if (found != card.network().inputChannels()) {
      throw new IllegalArgumentException(
          "the model takes %d channels, found %d".formatted(card.network().inputChannels(), found));
    }
  }

  private static Tensor twiceIfSmall(Tensor picture) {
    return picture.values().length > SMALL_INPUT ? picture : picture.twice();
  }

  private long nanosecondsPerTile(ProgramMethod method) {
    Tensor tile = square(MEASURED_SIDE);
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      program.call(method.methodName(), tile);
    }
    long start = System.nanoTime();
    program.call(method.methodName(), tile);
    return System.nanoTime() - start;
  }

  /** Zeros of at least this side. */
  private Tensor square(int least) {
    int side = card.network().filledUp(least);
    return tensor(FloatPlanes.zeros(card.network().inputChannels(), side, side));
  }

  private static ModelException cannotRun(EngineException e) {
    return new ModelException(
        Reason.FAILED, "libtorch cannot run the model: " + TorchProgram.firstLine(e), e);
  }

  /** For whoever asks something of a model that was closed. */
  public static IllegalStateException closed() {
    return new IllegalStateException(
        "a model computes until it is closed, found it closed; open it again");
  }

  /** Waits for runs in progress and frees the memory; later runs are IllegalStateExceptions. */
  @Override
  public void close() {
    freeThreads.acquireUninterruptibly(threads);
    try {
      program.close();
    } finally {
      freeThreads.release(threads);
    }
  }
}
