package org.ganvas.training.network;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
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
  private final LoadedProgram loaded;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final Map<String, NDArray> buffers = new LinkedHashMap<>();
  private @Nullable Consumer<? super NetworkPass> watcher;

  private LoadedNetwork(Program program, LoadedProgram loaded) {
    this.program = program;
    this.loaded = loaded;
    weights.putAll(loaded.weights());
    List<String> bufferNames =
        program.parameters().stream().filter(p -> !p.trained()).map(Parameter::name).toList();
    if (!bufferNames.isEmpty()) {
      Iterator<NDArray> live = loaded.call(Program.BUFFERS_METHOD, new NDList(), false).iterator();
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
    return new LoadedNetwork(
        program,
        LoadedProgram.load(
            program.name(),
            device,
            out -> TorchScriptArchive.write(out, program, state, Map.of())));
  }

  public Program program() {
    return program;
  }

  public NDManager manager() {
    return loaded.manager();
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
   * The gradient by each picture of what a discriminator says of it, the mean over the places that
   * it judges; can be differentiated itself. See {@link Script#returnsJudgement}.
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
    return loaded.call(method.methodName() + entry, new NDList(x), training);
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

  /** Makes the weights constants: no gradients are computed for them, only through them. */
  public void freeze() {
    loaded.freeze();
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
    loaded.close();
  }
}
