package org.ganvas.server.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelFile;

/**
 * Keeps models open from one request to the next. When those that are open are too large together,
 * those that nobody uses are closed, the one that was used longest ago first.
 */
final class ModelPool implements AutoCloseable {
  private final ComputeChoice choice;
  private final long largest;
  private final Map<Version, OpenModel> open = new HashMap<>();

  /** A file that is replaced is another model. */
  private record Version(ModelFile file, FileTime modified, long bytes) {}

  private static final class OpenModel {
    private final TaskRunner runner;
    private int users;
    private long lastUsed;

    OpenModel(TaskRunner runner) {
      this.runner = runner;
    }
  }

  /**
   * @param largest how large the files of the open models may be together, in bytes
   */
  ModelPool(ComputeChoice choice, long largest) {
    this.choice = choice;
    this.largest = largest;
  }

  /** A model that stays open until this is closed. */
  final class Lease implements AutoCloseable {
    private final OpenModel model;

    private Lease(OpenModel model) {
      this.model = model;
    }

    TaskRunner runner() {
      return model.runner;
    }

    @Override
    public void close() {
      synchronized (ModelPool.this) {
        model.users--;
        model.lastUsed = System.nanoTime();
        closeSurplus();
      }
    }
  }

  /**
   * Opens a model, or takes one that is open.
   *
   * @throws IOException if the file cannot be read or is damaged
   */
  synchronized Lease lease(ModelFile file) throws IOException {
    Version version =
        new Version(file, Files.getLastModifiedTime(file.path()), Files.size(file.path()));
    OpenModel model = open.get(version);
    if (model == null) {
      file.verify();
      model = new OpenModel(TaskRunner.open(file, choice));
      open.put(version, model);
    }
    model.users++;
    closeSurplus();
    return new Lease(model);
  }

  private void closeSurplus() {
    while (open.keySet().stream().mapToLong(Version::bytes).sum() > largest) {
      Optional<Map.Entry<Version, OpenModel>> idle =
          open.entrySet().stream()
              .filter(entry -> entry.getValue().users == 0)
              .min(Comparator.comparingLong(entry -> entry.getValue().lastUsed));
      if (idle.isEmpty()) {
        return;
      }
      open.remove(idle.get().getKey());
      idle.get().getValue().runner.close();
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(model -> model.runner.close());
    open.clear();
  }
}
