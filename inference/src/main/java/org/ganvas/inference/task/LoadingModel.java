package org.ganvas.inference.task;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelException.Reason;
import org.ganvas.inference.model.ModelFile;

/**
 * A model that a thread of its own loads, since loading libtorch takes as long as decoding a large
 * photo, and both can be done at once.
 */
final class LoadingModel implements AutoCloseable {
  private final CompletableFuture<GeneratorModel> model = new CompletableFuture<>();
  private volatile boolean closed;

  private LoadingModel() {}

  static LoadingModel start(ModelFile file, ComputeChoice choice) {
    LoadingModel loading = new LoadingModel();
    Thread thread = new Thread(() -> loading.load(file, choice), "model-loader");
    thread.setDaemon(true);
    thread.start();
    return loading;
  }

  private void load(ModelFile file, ComputeChoice choice) {
    // A Java machine that ends while libtorch is being loaded crashes, and may even hang.
    Thread hook = new Thread(this::await, "await-model");
    remember(hook);
    try {
      model.complete(GeneratorModel.load(file, choice));
    } catch (Throwable e) { // whatever it is, the waiting thread must hear of it
      model.completeExceptionally(e);
    } finally {
      forget(hook);
    }
  }

  private void await() {
    model.handle((loaded, failure) -> loaded).join();
  }

  private static void remember(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending. Whatever loads a model then, as the end of a training does, has a
      // hook of its own that waits for it.
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending, and the hook has nothing to wait for any more.
    }
  }

  /**
   * Waits for the model.
   *
   * @throws IllegalStateException if it was closed
   */
  GeneratorModel get() throws ModelException {
    if (closed) {
      throw GeneratorModel.closed();
    }
    try {
      return model.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelException refusal) {
        throw new ModelException(refusal.reason(), refusal.getMessage(), refusal);
      }
      throw new ModelException(Reason.UNSUITABLE, "libtorch cannot be loaded: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Reason.FAILED, "interrupted while the model was loaded", e);
    }
  }

  /** Waits until the model is loaded, and frees it. */
  @Override
  public void close() {
    closed = true;
    model
        .handle((loaded, failure) -> loaded)
        .thenAccept(
            loaded -> {
              if (loaded != null) {
                loaded.close();
              }
            })
        .join();
  }
}
