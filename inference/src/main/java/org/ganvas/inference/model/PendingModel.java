package org.ganvas.inference.model;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;

/** A model's file before it has its name, which it gets only when it is whole and was tried. */
public final class PendingModel {
  private PendingModel() {}

  /**
   * Writes a file, and tries it if it likes.
   *
   * @param <T> what it has found out
   */
  @FunctionalInterface
  public interface Writer<T> {
    /**
     * Writes it.
     *
     * @param file does not exist yet, and is not left to exist if this throws
     */
    T write(Path file) throws IOException;
  }

  /**
   * Has a file written beside its place, and puts it there in one step.
   *
   * @param target is replaced if it exists; its folder is made
   * @return what the writer gives
   * @throws IOException if it cannot be written, or the writer throws one
   */
  public static <T> T publish(Path target, Writer<T> writer) throws IOException {
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent(), "a root is no file");
    makeFolder(folder);
    // Not Files.createTempFile: its files are unreadable for everyone else, also once renamed.
    Path unfinished = folder.resolve("ganvas-" + UUID.randomUUID() + ".tmp");
    try {
      T result = writer.write(unfinished);
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return result;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Java says of a file in a folder's place that it exists already, as if it were the model. */
  private static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          "a model is written into a folder, found a file at %s; name another place"
              .formatted(e.getFile()),
          e);
    }
  }
}
