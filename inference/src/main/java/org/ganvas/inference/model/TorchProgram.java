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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The program of a model file in libtorch: tensors in, a tensor out. Thread-safe. */
final class TorchProgram implements AutoCloseable {
  private final Model model;
  private final Block block;

  /** Used again and again: memory outside the heap would wait for a collection. */
  private final Queue<ByteBuffer> buffers = new ConcurrentLinkedQueue<>();

  private volatile boolean closed;

  private TorchProgram(Model model) {
    this.model = model;
    this.block = model.getBlock();
  }

  /**
   * Loads the program of a model file.
   *
   * @throws ModelException if libtorch refuses it
   */
  static TorchProgram load(ModelFile file, Device device) throws ModelException {
    Model model = Model.newInstance(file.card().name(), device, TorchDevice.ENGINE);
    try {
      // Not its folder: if there is nothing visible in it but one more, DJL looks into that.
      String name = file.path().getFileName().toString();
      model.load(file.path().toAbsolutePath(), name, Map.of("mapLocation", "true"));
      // DJL does so at the first run, where threads may race.
      JniUtils.enableInferenceMode((PtSymbolBlock) model.getBlock());
      return new TorchProgram(model);
    } catch (IOException | MalformedModelException | EngineException e) {
      model.close();
      throw ModelFile.damaged(file.path(), "libtorch refuses it: " + firstLine(e), e);
    }
  }

  /**
   * Calls a method of the program.
   *
   * @throws EngineException if libtorch fails
   * @throws IllegalStateException if it was closed
   */
  Tensor call(String method, Tensor... arguments) {
    if (closed) {
      throw GeneratorModel.closed();
    }
    List<ByteBuffer> taken = new ArrayList<>();
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList list = new NDList();
      for (Tensor argument : arguments) {
        ByteBuffer buffer = buffer(argument.values().length * Float.BYTES);
        taken.add(buffer);
        ByteBuffer exactly = buffer.slice(0, argument.values().length * Float.BYTES);
        exactly.order(ByteOrder.nativeOrder()).asFloatBuffer().put(argument.values());
        list.add(manager.create(exactly, new Shape(argument.shape()), DataType.FLOAT32));
      }
      NDArray name = manager.create(0);
      name.setName("module_method:" + method);
      list.add(name);
      ParameterStore parameters = new ParameterStore(manager, false);
      NDArray result = block.forward(parameters, list, false).singletonOrThrow();
      float[] values = new float[Math.toIntExact(result.size())];
      result.toByteBuffer(true).asFloatBuffer().get(values);
      return new Tensor(values, result.getShape().getShape());
    } finally {
      buffers.addAll(taken);
    }
  }

  /** A buffer of at least this size that nobody uses. */
  private ByteBuffer buffer(int bytes) {
    ByteBuffer free = buffers.poll();
    return free != null && free.capacity() >= bytes ? free : ByteBuffer.allocateDirect(bytes);
  }

  /** What libtorch says, without its own stack trace. */
  static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage()).strip();
    return message.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  @Override
  public void close() {
    closed = true;
    model.close();
  }
}
