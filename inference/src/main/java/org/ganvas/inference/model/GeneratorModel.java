package org.ganvas.inference.model;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.ModelException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A generator loaded into libtorch: pictures in, pictures out. Thread-safe; never uses more threads
 * than there are processors, so runs of several callers wait for each other.
 */
public final class GeneratorModel implements AutoCloseable {
  private static final String ENGINE = TorchDevice.ENGINE;

  /**
   * For a single float32 picture of up to so many numbers libtorch takes another convolution, whose
   * results differ in the last bits; it is given the picture twice then. ConvParams::use_mkldnn in
   * aten/src/ATen/native/Convolution.cpp.
   */
  private static final int SMALL_INPUT = 20_480;

  private static final int MEASURED_SIDE = 96;
  private static final int WARM_UP_RUNS = 2;

  private final ModelCard card;
  private final Model model;
  private final Block block;
  private final @Nullable Precision precision;
  private final MethodChooser chooser;
  private final int threads = Machine.THREADS;
  private final Semaphore freeThreads = new Semaphore(threads, true);

  /** Used again and again: memory outside the heap would wait for a collection. */
  private final Queue<ByteBuffer> inputs = new ConcurrentLinkedQueue<>();

  private volatile @Nullable ProgramMethod measured;

  /** Asked once, before any run: what a run sets, libtorch gives to later threads too. */
  private static final class Machine {
    // libtorch does not know of a container's limit, Java does.
    private static final int THREADS =
        Math.max(1, Math.min(JniUtils.getNumThreads(), Runtime.getRuntime().availableProcessors()));
  }

  private GeneratorModel(ModelCard card, Model model, @Nullable Precision precision) {
    this.card = card;
    this.model = model;
    this.block = model.getBlock();
    this.precision = precision;
    this.chooser = new MethodChooser(card, Processor.ofThisMachine(), FastestMethods.ofThisUser());
  }

  /**
   * Loads a model file.
   *
   * @throws ModelException if libtorch refuses it, or there is no such device
   */
  public static GeneratorModel load(ModelFile file, ComputeChoice choice) throws ModelException {
    Device device = TorchDevice.of(choice.device());
    Model model = Model.newInstance(file.card().name(), device, ENGINE);
    try {
      String prefix = file.path().getFileName().toString();
      model.load(file.path().toAbsolutePath().getParent(), prefix, Map.of("mapLocation", "true"));
      // DJL does so at the first run, where threads may race.
      JniUtils.enableInferenceMode((PtSymbolBlock) model.getBlock());
      return new GeneratorModel(
          file.card(), model, device.isGpu() ? orHalf(choice.precision()) : choice.precision());
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw ModelFile.damaged(file.path(), "libtorch refuses it: " + firstLine(e), e);
    }
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
    if (precision != null) {
      return new ProgramMethod(precision, card.network().fastLayout());
    }
    freeThreads.acquireUninterruptibly(threads);
    try {
      ProgramMethod method = measured;
      if (method == null || inputPixels >= MethodChooser.WORTH_MEASURING) {
        method = chooser.choose(inputPixels, this::nanosecondsPerTile);
        measured = method;
      }
      return method;
    } catch (EngineException e) {
      throw cannotRun(e);
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
    if (picture.channels() != card.network().inputChannels()) {
      throw new IllegalArgumentException(
          "the model takes %d channels, found %d"
              .formatted(card.network().inputChannels(), picture.channels()));
    }
    int taken = Math.max(1, Math.min(wantedThreads, threads));
    freeThreads.acquireUninterruptibly(taken);
    try {
      JniUtils.setNumThreads(taken); // of this thread, and what later threads begin with
      return compute(picture, method);
    } catch (EngineException e) {
      throw cannotRun(e);
    } finally {
      freeThreads.release(taken);
    }
  }

  private FloatPlanes compute(FloatPlanes picture, ProgramMethod method) {
    int copies = picture.values().length <= SMALL_INPUT ? 2 : 1;
    ByteBuffer input = buffer(picture.values().length * copies * Float.BYTES);
    try (NDManager manager = model.getNDManager().newSubManager()) {
      Shape shape = new Shape(copies, picture.channels(), picture.height(), picture.width());
      NDArray array = manager.create(exactly(input, picture, copies), shape, DataType.FLOAT32);
      NDArray name = manager.create(0);
      name.setName("module_method:" + method.methodName());
      ParameterStore parameters = new ParameterStore(manager, false);
      NDArray result = block.forward(parameters, new NDList(array, name), false).singletonOrThrow();
      Shape size = result.getShape();
      FloatPlanes planes =
          FloatPlanes.zeros((int) size.get(1), (int) size.get(2), (int) size.get(3));
      result.toByteBuffer(true).asFloatBuffer().get(planes.values());
      return planes;
    } finally {
      inputs.add(input);
    }
  }

  /** A buffer of at least this size that nobody uses. */
  private ByteBuffer buffer(int bytes) {
    ByteBuffer free = inputs.poll();
    return free != null && free.capacity() >= bytes ? free : ByteBuffer.allocateDirect(bytes);
  }

  /** The picture so many times, at the start of a buffer. */
  private static ByteBuffer exactly(ByteBuffer buffer, FloatPlanes picture, int copies) {
    int length = picture.values().length;
    ByteBuffer input = buffer.slice(0, length * copies * Float.BYTES);
    FloatBuffer numbers = input.order(ByteOrder.nativeOrder()).asFloatBuffer();
    for (int copy = 0; copy < copies; copy++) {
      numbers.put(picture.values());
    }
    return input;
  }

  private long nanosecondsPerTile(ProgramMethod method) {
    JniUtils.setNumThreads(threads);
    FloatPlanes tile =
        FloatPlanes.zeros(card.network().inputChannels(), MEASURED_SIDE, MEASURED_SIDE);
    for (int i = 0; i < WARM_UP_RUNS; i++) {
      compute(tile, method);
    }
    long start = System.nanoTime();
    compute(tile, method);
    return System.nanoTime() - start;
  }

  private static ModelException cannotRun(EngineException e) {
    return new ModelException(Reason.FAILED, "libtorch cannot run the model: " + firstLine(e), e);
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  /** Frees the model's memory; it cannot run any more. Waits for runs in progress. */
  @Override
  public void close() {
    freeThreads.acquireUninterruptibly(threads);
    try {
      model.close();
    } finally {
      freeThreads.release(threads);
    }
  }
}
