package org.ganvas.training.run;

import ai.djl.ndarray.NDArray;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.ganvas.training.script.StateDict;

/**
 * Owns the layout of a run's checkpoints: one folder each, with the tensors as safetensors and
 * {@code state.json}. A checkpoint is written beside and renamed, so one that has its name is
 * whole, or the disk lied; the newest whose tensors have the recorded SHA-256 is used.
 */
public final class CheckpointStore {
  private static final String PREFIX = "step-";
  private static final String UNFINISHED = "unfinished-";
  private static final String TENSORS = "tensors.safetensors";
  private static final String STATE = "state.json";
  private static final int KEPT = 3;

  private final Path folder;
  private final Gson gson = new Gson();

  /** The numbers of a checkpoint that are no tensors. */
  record State(long step, String tensorsSha256) {}

  /**
   * A checkpoint that was found.
   *
   * @param step steps taken
   * @param tensors by name
   * @param warnings newer checkpoints that are damaged, a sentence each
   */
  public record Found(long step, Map<String, StateDict.Entry> tensors, List<String> warnings) {

    /**
     * Writes the tensors into live ones.
     *
     * @throws IOException if the names or sizes differ
     */
    public void restoreInto(Map<String, NDArray> live) throws IOException {
      if (!live.keySet().equals(tensors.keySet())) {
        throw new IOException(
            "the checkpoint holds other tensors than the plan asks for; it holds %d, asked for %d"
                .formatted(tensors.size(), live.size()));
      }
      live.forEach(
          (name, array) ->
              array.set(FloatBuffer.wrap(Objects.requireNonNull(tensors.get(name)).data())));
    }
  }

  /**
   * @param folder where the checkpoints lie; made when the first one is written
   */
  public CheckpointStore(Path folder) {
    this.folder = folder;
  }

  /** Writes a checkpoint, then removes all but the newest three. */
  public void save(long step, Map<String, NDArray> tensors) throws IOException {
    Files.createDirectories(folder);
    Path target = folder.resolve(PREFIX + "%09d".formatted(step));
    if (Files.exists(target)) {
      return;
    }
    Path unfinished = folder.resolve(UNFINISHED + step);
    delete(unfinished);
    Files.createDirectory(unfinished);
    Path file = unfinished.resolve(TENSORS);
    Safetensors.write(file, tensors);
    Files.writeString(unfinished.resolve(STATE), gson.toJson(new State(step, sha256(file))) + "\n");
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    List<Path> all = newestFirst();
    for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
      delete(old);
    }
  }

  /** The newest checkpoint that is whole. */
  public Optional<Found> newest() throws IOException {
    List<String> warnings = new ArrayList<>();
    for (Path checkpoint : newestFirst()) {
      try {
        State state = gson.fromJson(Files.readString(checkpoint.resolve(STATE)), State.class);
        Path file = checkpoint.resolve(TENSORS);
        if (state == null || !sha256(file).equals(state.tensorsSha256())) {
          throw new IOException("its tensors are not those that were written");
        }
        return Optional.of(new Found(state.step(), Safetensors.read(file), warnings));
      } catch (IOException | JsonParseException e) {
        warnings.add(
            "checkpoint %s is damaged (%s); using the one before it"
                .formatted(checkpoint.getFileName(), e.getMessage()));
      }
    }
    return Optional.empty();
  }

  private List<Path> newestFirst() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> path.getFileName().toString().startsWith(PREFIX))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
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
          public FileVisitResult postVisitDirectory(Path dir, java.io.IOException problem)
              throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
