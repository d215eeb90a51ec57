package org.ganvas.inference.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that gets its name only when it is whole; closed before that, it is gone. */
final class PendingFile implements AutoCloseable {
  private final Path target;
  private final Path temporary;

  /** Also when the program is interrupted, nothing stays. */
  private final Thread removal;

  private PendingFile(Path target, Path temporary) throws IOException {
    this.target = target;
    this.temporary = temporary;
    this.removal = new Thread(() -> removeQuietly(temporary), "remove " + temporary);
    try {
      Runtime.getRuntime().addShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The program is ending; close() still removes the file.
    }
    try {
      // Not Files.createTempFile: its files are unreadable for everyone else, also once renamed.
      Files.createFile(temporary);
    } catch (IOException e) {
      forget(removal);
      throw e;
    }
  }

  /** Creates an empty file in the target's folder, so that giving it its name is one step. */
  static PendingFile beside(Path target) throws ImageWriteException {
    Path folder = folder(target);
    try {
      return new PendingFile(target, folder.resolve(".ganvas-" + UUID.randomUUID() + ".tmp"));
    } catch (IOException e) {
      throw ImageWriteException.in(folder, e);
    }
  }

  /** Where to write until it gets its name. */
  Path path() {
    return temporary;
  }

  /** Gives the file its name; whoever wrote it has closed it. */
  void publish(ImageEncoder.IfExists ifExists) throws IOException {
    try {
      persist();
      if (ifExists == ImageEncoder.IfExists.REPLACE) {
        replace();
      } else {
        create();
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      throw ImageWriteException.in(folder(target), e);
    }
  }

  /**
   * Or a power failure could leave the name without the picture, and the next run would skip it.
   */
  private void persist() throws IOException {
    if (temporary.getFileSystem() != FileSystems.getDefault()) {
      return; // an archive is on the disk when it is closed
    }
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private void replace() throws IOException {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A rename replaces what is there; a hard link fails if anything is, in one step. */
  private void create() throws IOException {
    try {
      Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      // File systems without hard links: the check and the rename are two steps there.
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(temporary, target);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(temporary);
    } finally {
      forget(removal);
    }
  }

  private static void forget(Thread removal) {
    try {
      Runtime.getRuntime().removeShutdownHook(removal);
    } catch (IllegalStateException e) {
      // The program is ending, and the removal runs once more: there is nothing left to remove.
    }
  }

  private static void removeQuietly(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // Nobody is left to be told.
    }
  }

  private static Path folder(Path target) {
    Path parent = target.toAbsolutePath().getParent();
    return parent == null ? target.toAbsolutePath() : parent;
  }
}
