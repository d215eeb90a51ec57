package org.ganvas.training.run;

import static org.ganvas.training.plan.SettingRule.given;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ganvas.training.gan.LiveNumber;
import org.ganvas.training.script.Sha256;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.weights.Safetensors;
import org.jspecify.annotations.Nullable;

/**
 * Owns the layout of a run's checkpoints: one folder each, with the tensors as safetensors and
 * {@code state.json}. A checkpoint is written beside and renamed, so one that has its name is
 * whole, or the disk lied; the newest whose tensors and state have the recorded SHA-256 is used.
 * The newest three are kept, {@code step-…}, and the one that a validation found best, {@code
 * best-…}.
 */
final class CheckpointStore {
  private static final String PREFIX = "step-";
  private static final String BEST = "best-";
  private static final String UNFINISHED = "unfinished-";
  private static final String TENSORS = "tensors.safetensors";
  private static final String STATE = "state.json";
  private static final int KEPT = 3;

  private final Path folder;
  private final Gson gson = new Gson();

  /**
   * What a checkpoint's {@code state.json} holds.
   *
   * @param step steps taken
   * @param tensorsSha256 of the tensors' file
   * @param numbers the numbers that are no tensors, by name
   * @param quality the validation's figure, if it was saved for that
   * @param sha256 of all this as JSON, without this; null in those of before it was recorded
   */
  record State(
      long step,
      String tensorsSha256,
      Map<String, Double> numbers,
      @Nullable Double quality,
      @Nullable String sha256) {

    State signed(Gson gson) {
      return with(Sha256.of(gson.toJson(with(null)).getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether it is what was written. */
    boolean isWhole(Gson gson) {
      return given(numbers) && (sha256 == null || sha256.equals(signed(gson).sha256));
    }

    private State with(@Nullable String otherSha256) {
      return new State(step, tensorsSha256, numbers, quality, otherSha256);
    }
  }

  /**
   * @param folder where the checkpoints lie; made when the first one is written
   */
  CheckpointStore(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a checkpoint, then removes all but the newest three. One of that step that is whole
   * stays as it is.
   *
   * @throws IOException if it cannot be written; those before it are untouched
   * @throws DivergedException if a tensor holds a number that is not finite
   */
  void save(long step, Map<String, NDArray> tensors, Map<String, LiveNumber> numbers)
      throws IOException {
    write(PREFIX, step, new Content(tensors, numbers, null));
    keepNewest();
  }

  /**
   * Writes a checkpoint beside those that come and go, if none of a higher or the same quality is
   * kept so; it takes the place of the one before it.
   *
   * @param quality higher is better
   * @return whether it is the best one
   * @throws IOException if it cannot be written; those before it are untouched
   * @throws DivergedException if a tensor holds a number that is not finite
   */
  boolean saveIfBest(
      long step, Map<String, NDArray> tensors, Map<String, LiveNumber> numbers, double quality)
      throws IOException {
    Optional<Path> kept = entries(BEST).stream().findFirst();
    if (kept.isPresent() && problem(kept.get()).isEmpty()) {
      Double best = state(kept.get()).quality();
      if (best != null && best >= quality) {
        return false;
      }
    }
    write(BEST, step, new Content(tensors, numbers, quality));
    for (Path other : entries(BEST)) {
      if (!other.equals(folder.resolve(name(BEST, step)))) {
        delete(other);
      }
    }
    return true;
  }

  /** What is written. */
  private record Content(
      Map<String, NDArray> tensors, Map<String, LiveNumber> numbers, @Nullable Double quality) {}

  private static String name(String prefix, long step) {
    return String.format(Locale.ROOT, "%s%09d", prefix, step);
  }

  private void write(String prefix, long step, Content content) throws IOException {
    Path target = folder.resolve(name(prefix, step));
    if (Files.exists(target)) {
      if (problem(target).isEmpty()) {
        return;
      }
      delete(target); // Damaged, and the run has come by here again.
    }
    DivergedException.checkTensors(step, content.tensors);
    Files.createDirectories(folder);
    for (Path left : entries(UNFINISHED)) {
      delete(left);
    }
    Path unfinished = folder.resolve(UNFINISHED + step);
    Files.createDirectory(unfinished);
    try {
      Path file = unfinished.resolve(TENSORS);
      Safetensors.write(file, content.tensors);
      Map<String, Double> numbers = new TreeMap<>();
      content.numbers.forEach((name, number) -> numbers.put(name, number.get()));
      State state = new State(step, Sha256.of(file), numbers, content.quality, null);
      Files.writeString(unfinished.resolve(STATE), gson.toJson(state.signed(gson)) + "\n");
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new IOException(
          "the checkpoint of step %d needs room in %s, found: %s; those before it are whole, so make"
                  .formatted(step, folder, e.getMessage())
              + " room and continue with --resume",
          e);
    } finally {
      // Of one that could not be written, on a full disk say, nothing stays behind.
      delete(unfinished);
    }
  }

  private void keepNewest() throws IOException {
    List<Path> all = entries(PREFIX);
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      delete(old);
    }
  }

  /**
   * The newest checkpoint that is whole; empty if there is none of any kind.
   *
   * @throws IOException if all that there are are damaged
   */
  Optional<FoundCheckpoint> newest() throws IOException {
    List<Path> all = new ArrayList<>(entries(PREFIX));
    all.addAll(entries(BEST));
    all.sort(Comparator.comparing(CheckpointStore::digits).reversed());
    return firstWhole(all);
  }

  /**
   * The best checkpoint; empty if no validation has chosen one.
   *
   * @throws IOException if it is damaged
   */
  Optional<FoundCheckpoint> best() throws IOException {
    return firstWhole(entries(BEST));
  }

  private static String digits(Path checkpoint) {
    String name = checkpoint.getFileName().toString();
    return name.substring(name.indexOf('-') + 1);
  }

  private Optional<FoundCheckpoint> firstWhole(List<Path> checkpoints) throws IOException {
    List<String> warnings = new ArrayList<>();
    for (Path checkpoint : checkpoints) {
      Optional<String> problem = problem(checkpoint);
      if (problem.isEmpty()) {
        Map<String, StateDict.Entry> tensors = Safetensors.read(checkpoint.resolve(TENSORS));
        State state = state(checkpoint);
        return Optional.of(new FoundCheckpoint(state.step(), tensors, state.numbers(), warnings));
      }
      warnings.add(
          "checkpoint %s is damaged (%s); using the one before it"
              .formatted(checkpoint.getFileName(), problem.get()));
    }
    if (!warnings.isEmpty()) {
      throw new IOException(
          "a run continues from a checkpoint that is whole, found %d damaged in %s; delete them to"
                  .formatted(warnings.size(), folder)
              + " begin anew");
    }
    return Optional.empty();
  }

  /** What is wrong with a checkpoint, if anything is. */
  private Optional<String> problem(Path checkpoint) {
    try {
      boolean whole =
          Sha256.of(checkpoint.resolve(TENSORS)).equals(state(checkpoint).tensorsSha256());
      return whole ? Optional.empty() : Optional.of("its tensors are not those that were written");
    } catch (NoSuchFileException e) {
      return Optional.of("it lacks " + Path.of(e.getFile()).getFileName());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private State state(Path checkpoint) throws IOException {
    try {
      State state = gson.fromJson(Files.readString(checkpoint.resolve(STATE)), State.class);
      if (state != null && state.isWhole(gson)) {
        return state;
      }
    } catch (JsonParseException | IllegalArgumentException e) {
      // As empty as an empty file; the other is of numbers that JSON has no form for.
    }
    throw new IOException(STATE + " is not the state that was written");
  }

  /** Those whose name begins so, the newest first. */
  private List<Path> entries(String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith(prefix))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException problem)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
