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
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.script.Parameter;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.Script;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.script.TorchScriptArchive;
import org.jspecify.annotations.Nullable;

/** A program in libtorch's memory, with the live tensors of its parameters. */
public final class LoadedNetwork implements AutoCloseable {
  private final Program program;
  // Held, for a model that nothing references is finalized and takes its block along.
  private final Model model;
  private final Block block;
  private final ParameterStore store;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final Map<String, NDArray> buffers = new LinkedHashMap<>();
  private @Nullable Consumer<? super NetworkPass> watcher;

  private LoadedNetwork(Program program, Model model) {
    this.program = program;
    this.model = model;
    this.block = model.getBlock();
    this.store = new ParameterStore(model.getNDManager(), false);
    // Or else the first pass in training would, and have gradients computed for weights that are
    // held constant by then.
    block.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1));
    for (Pair<String, ai.djl.nn.Parameter> pair : block.getParameters()) {
      weights.put(pair.getValue().getName(), pair.getValue().getArray());
    }
    List<String> bufferNames =
        program.parameters().stream().filter(p -> !p.trained()).map(Parameter::name).toList();
    if (!bufferNames.isEmpty()) {
      Iterator<NDArray> live = call(Program.BUFFERS_METHOD, new NDList(), false).iterator();
      for (String name : bufferNames) {
        NDArray buffer = live.next();
        buffers.put(name, buffer);
      }
    }
  }

  /**
   * Loads a program.
   *
   * @throws ProgramRefusedException if libtorch does not accept it, naming the statement
   * @throws IllegalArgumentException if the weights do not fit the program
   */
  public static LoadedNetwork load(Program program, StateDict state, Device device)
      throws IOException {
    state.requireFits(program);
    Path file = Files.createTempFile("ganvas", ".pt");
    Model model = Model.newInstance(program.name(), device, "PyTorch");
    boolean loaded = false;
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        TorchScriptArchive.write(out, program, state, Map.of());
      }
      model.load(
          file.getParent(),
          file.getFileName().toString(),
          Map.of("trainParam", "true", "mapLocation", "true"));
      LoadedNetwork network = new LoadedNetwork(program, model);
      loaded = true;
      return network;
    } catch (EngineException | MalformedModelException e) {
      throw ProgramRefusedException.of(program.name(), e);
    } finally {
      if (!loaded) {
        model.close();
      }
      Files.delete(file);
    }
  }

  public Program program() {
    return program;
  }

  public NDManager manager() {
    return model.getNDManager();
  }

  /**
   * Runs the network; within a gradient collector the result can be differentiated.
   *
   * @param x float32 (N, C, H, W)
   * @param training whether normalization and dropout behave as in training
   * @return float32, with {@code x}'s manager
   * @throws ProgramRefusedException if a statement of the program cannot be run on {@code x}
   */
  public NDArray forward(NDArray x, ProgramMethod method, boolean training) {
    return pass("", x, method, training).singletonOrThrow();
  }

  /**
   * As {@link #forward}, of a program that gives several tensors.
   *
   * @return float32, with {@code x}'s manager, in the program's order
   */
  public NDList forwardAll(NDArray x, ProgramMethod method, boolean training) {
    return pass("", x, method, training);
  }

  /**
   * The gradient of the sum of the output by the input, which can be differentiated itself; of a
   * discriminator, see {@link Script#returnsJudgement}.
   *
   * @param x float32 (N, C, H, W)
   * @return of the same shape
   */
  public NDArray inputGradient(NDArray x, ProgramMethod method) {
    return pass(Program.INPUT_GRADIENT, x, method, true).singletonOrThrow();
  }

  /**
   * What is behind every leaky rectifier; of a discriminator, see {@link Script#returnsJudgement}.
   *
   * @param x float32 (N, C, H, W)
   * @return float32, with {@code x}'s manager, in the program's order
   */
  public NDList innerLayers(NDArray x, ProgramMethod method) {
    return pass(Program.INNER_LAYERS, x, method, true);
  }

  /**
   * Runs the network as a pass that was seen by {@link #watch} did.
   *
   * @param x of that pass's shape
   */
  public NDList repeat(NetworkPass seen, NDArray x, ProgramMethod method) {
    return pass(seen.entry(), x, method, seen.training());
  }

  /** Has every pass told to {@code watcher} from now on, before it is made; null: no more. */
  public void watch(@Nullable Consumer<? super NetworkPass> watcher) {
    this.watcher = watcher;
  }

  private NDList pass(String entry, NDArray x, ProgramMethod method, boolean training) {
    if (watcher != null) {
      boolean recorded = JniUtils.isGradMode();
      watcher.accept(
          new NetworkPass(
              entry,
              x.getShape(),
              training,
              recorded && isDifferentiable(x),
              recorded && weights.values().stream().anyMatch(NDArray::hasGradient)));
    }
    return call(method.methodName() + entry, new NDList(x), training);
  }

  /**
   * Whether gradients flow to a tensor. DJL knows of none that flow through: hasGradient() is true
   * of those alone whose gradient is kept. But only of these others libtorch refuses to have it
   * switched off.
   */
  private static boolean isDifferentiable(NDArray x) {
    if (x.hasGradient()) {
      return true;
    }
    try {
      x.setRequiresGradient(false);
      return false;
    } catch (EngineException e) {
      return true;
    }
  }

  private NDList call(String method, NDList inputs, boolean training) {
    try (NDArray name = model.getNDManager().create(0)) {
      name.setName("module_method:" + method);
      inputs.add(name);
      // Or else libtorch compiles the program anew after its first runs, and whenever weights
      // become
      // constant or cease to be: results differ in the last bits, so that a run that was continued
      // differs from one that was not, and memory grows. It holds for this thread.
      JniUtils.setGraphExecutorOptimize(false);
      // Results belong to the manager of the first input.
      return block.forward(store, inputs, training);
    } catch (EngineException e) {
      throw ProgramRefusedException.of(program.name(), e);
    } finally {
      JniUtils.setGraphExecutorOptimize(true);
    }
  }

  /** Makes the weights constants: no gradients are computed for them, only through them. */
  public void freeze() {
    block.freezeParameters(true);
  }

  /** What is trained, by name; live. */
  public Map<String, NDArray> weights() {
    return weights;
  }

  /** What is kept but not trained, such as running means, by name; live. */
  public Map<String, NDArray> buffers() {
    return buffers;
  }

  /** A copy of every tensor. */
  public StateDict stateDict() {
    StateDict state = new StateDict();
    for (Parameter parameter : program.parameters()) {
      NDArray live =
          Objects.requireNonNull(
              (parameter.trained() ? weights : buffers).get(parameter.name()), parameter.name());
      state.put(parameter.name(), new StateDict.Entry(parameter.shape(), live.toFloatArray()));
    }
    return state;
  }

  @Override
  public void close() {
    model.close();
  }
}
