package org.ganvas.training.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.ganvas.training.plan.TrainingPlan;

/** Owns the layout of a run's folder. */
public record RunFolder(Path path) {
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  public Path log() {
    return path.resolve("log.jsonl");
  }

  public Path samples() {
    return path.resolve("samples");
  }

  /** The model as the last validation saw it. */
  public Path latestModel(String name) {
    return path.resolve(name + ".pt");
  }

  public CheckpointStore checkpoints() {
    return new CheckpointStore(path.resolve("checkpoints"));
  }

  private Path planFile() {
    return path.resolve("plan.json");
  }

  /** Whether a run was begun here. */
  public boolean isBegun() {
    return Files.exists(planFile());
  }

  /** Writes the plan, over an older one. */
  public void writePlan(TrainingPlan plan) throws IOException {
    Files.createDirectories(path);
    Path unfinished = path.resolve("plan.json.tmp");
    Files.writeString(unfinished, GSON.toJson(plan) + "\n");
    Files.move(
        unfinished,
        planFile(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads the plan.
   *
   * @throws IOException if there is none, or it is no plan
   */
  public TrainingPlan readPlan() throws IOException {
    return readPlan(planFile());
  }

  /** Reads a plan from any file. */
  public static TrainingPlan readPlan(Path file) throws IOException {
    try {
      return GSON.fromJson(Files.readString(file), TrainingPlan.class);
    } catch (JsonParseException e) {
      throw new IOException("%s is not a training plan: %s".formatted(file, e.getMessage()), e);
    }
  }
}
