package org.ganvas.training.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.ganvas.training.plan.PlanChange;
import org.ganvas.training.plan.PlanDraft;
import org.ganvas.training.plan.TrainingPlan;
import org.ganvas.training.recipe.Recipes;
import org.ganvas.training.report.RunReport;

/**
 * Owns the layout of a run's folder.
 *
 * @param path of the folder; made when something is written
 */
public record RunFolder(Path path) {

  Path log() {
    return path.resolve("log.jsonl");
  }

  Path samples() {
    return path.resolve("samples");
  }

  /** The model as the last validation saw it. */
  Path latestModel(String name) {
    return path.resolve(name + ".pt");
  }

  CheckpointStore checkpoints() {
    return new CheckpointStore(path.resolve("checkpoints"));
  }

  private Path planFile() {
    return path.resolve("plan.json");
  }

  /** Whether a run was begun here. */
  public boolean isBegun() {
    return Files.exists(planFile());
  }

  /**
   * Keeps other processes from training in this folder until it is closed.
   *
   * @throws IOException if one does already
   */
  public FileChannel lock() throws IOException {
    Files.createDirectories(path);
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process; the same answer.
    }
    channel.close();
    throw new IOException(
        "one process at a time trains in a folder, found another in %s; wait for it or stop it"
            .formatted(path));
  }

  /**
   * What a plan has otherwise than that of the run so far; nothing before one was begun.
   *
   * @throws IOException if what is there is no plan
   */
  public List<PlanChange> changes(TrainingPlan plan) throws IOException {
    return isBegun() ? PlanChange.between(draft().finish(), plan) : List.of();
  }

  /** Writes the plan, over an older one. */
  public void writePlan(TrainingPlan plan) throws IOException {
    write(planFile(), PlanDraft.json(plan));
  }

  /**
   * Writes the report of what is in the folder, over an older one.
   *
   * @return the page's file
   * @throws IOException if no run was begun here, or a file cannot be read or written
   */
  public Path writeReport() throws IOException {
    Path report = path.resolve("report.html");
    write(report, RunReport.html(planFile(), log(), samples()));
    return report;
  }

  private void write(Path file, String text) throws IOException {
    Files.createDirectories(path);
    Path unfinished = path.resolve(file.getFileName() + ".tmp");
    Files.writeString(unfinished, text);
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * The plan of the run, to be continued or changed.
   *
   * @throws IOException if there is none, or it is no plan
   */
  public PlanDraft draft() throws IOException {
    if (!isBegun()) {
      throw new IOException(
          "a run's folder has a plan.json, found none in %s; name the folder of a run, runs/NAME"
              .formatted(path));
    }
    try {
      String json = Files.readString(planFile());
      JsonObject plan = JsonParser.parseString(json).getAsJsonObject();
      return Recipes.named(plan.get("method").getAsString()).draft().over(json);
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException
        | NullPointerException e) {
      throw new IOException(
          "%s is not a training plan: %s".formatted(planFile(), e.getMessage()), e);
    }
  }
}
