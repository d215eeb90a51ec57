package org.ganvas.training.network;

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
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A TorchScript archive in libtorch's memory: methods by name, from tensors to tensors. */
public final class LoadedProgram implements AutoCloseable {
  private final String name;
  // Held, for a model that nothing references is finalized and takes its block along.
  private final Model model;
  private final Block block;
  private final ParameterStore store;

  private LoadedProgram(String name, Model model) {
    this.name = name;
    this.model = model;
    this.block = model.getBlock();
    this.store = new ParameterStore(model.getNDManager(), false);
    // Or else the first pass in training would, and have gradients computed for weights that are
    // held constant by then.
    block.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1));
    // A loaded program is not in training, but DJL believes that it is, and would leave it so until
    // it was called otherwise: no dropout in a network that only learns.
    JniUtils.enableTrainingMode((PtSymbolBlock) block);
  }

  /** Writes an archive. */
  @FunctionalInterface
  public interface Archive {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Loads a program.
   *
   * @throws ProgramRefusedException if libtorch does not accept it, naming the statement
   */
  public static LoadedProgram load(String name, Device device, Archive archive) throws IOException {
    Path file = Files.createTempFile("ganvas", ".pt");
    Model model = Model.newInstance(name, device, "PyTorch");
    boolean loaded = false;
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        archive.write(out);
      }
      model.load(
          file.getParent(),
          file.getFileName().toString(),
          Map.of("trainParam", "true", "mapLocation", "true"));
      LoadedProgram program = new LoadedProgram(name, model);
      loaded = true;
      return program;
    } catch (EngineException | MalformedModelException e) {
      throw ProgramRefusedException.of(name, e);
    } finally {
      if (!loaded) {
        model.close();
      }
      Files.delete(file);
    }
  }

  public NDManager manager() {
    return model.getNDManager();
  }

  /** The weights by name; live. */
  Map<String, NDArray> weights() {
    Map<String, NDArray> weights = new LinkedHashMap<>();
    for (Pair<String, Parameter> pair : block.getParameters()) {
      weights.put(pair.getValue().getName(), pair.getValue().getArray());
    }
    return weights;
  }

  /** Makes the weights constants. */
  void freeze() {
    block.freezeParameters(true);
  }

  /**
   * Calls a method.
   *
   * @param inputs tensors without names
   * @param training whether normalization and dropout behave as in training, and a gradient
   *     collector sees what is computed
   * @return with the manager of the first input
   * @throws ProgramRefusedException if a statement cannot be run
   */
  public NDList call(String method, NDList inputs, boolean training) {
    try (NDArray name = model.getNDManager().create(0)) {
      name.setName("module_method:" + method);
      inputs.add(name);
      // Or else libtorch compiles the program anew after its first runs, and whenever weights
      // become constant or cease to be: results differ in the last bits, so that a run that was
      // continued differs from one that was not, and memory grows. It holds for this thread.
      JniUtils.setGraphExecutorOptimize(false);
      // Results belong to the manager of the first input.
      return block.forward(store, inputs, training);
    } catch (EngineException e) {
      throw ProgramRefusedException.of(this.name, e);
    } finally {
      JniUtils.setGraphExecutorOptimize(true);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
