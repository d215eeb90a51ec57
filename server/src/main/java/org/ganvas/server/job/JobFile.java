package org.ganvas.server.job;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The SQLite file of a server, which no other server has at the same time. */
final class JobFile implements AutoCloseable {
  /** Transactions are short, and one is let in after the other. */
  private static final int PATIENCE_MILLIS = 4_000;

  /** What the log of changes is cut to when it was longer, in bytes. */
  private static final int LOG_BYTES = 64 << 20;

  private final Path file;
  private final FileChannel lock;

  private JobFile(Path file, FileChannel lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Makes the file this process's own until it is closed or the process ends.
   *
   * @throws IOException if another server has it, or the folder cannot be written to
   */
  static JobFile lock(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve("jobs.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isFirst(lock)) {
      lock.close();
      throw new IOException(
          "the jobs lie in a file that no other server uses, found one that uses %s; end the other server, or give another --data, or a --database for both"
              .formatted(folder));
    }
    Path file = folder.resolve("jobs.sqlite");
    createForThisUser(file);
    return new JobFile(file, lock);
  }

  /** Others' pictures lie in it. SQLite gives the files beside it the same permissions. */
  private static void createForThisUser(Path file) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix && !Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }

  private static boolean isFirst(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // a server in this process
    }
  }

  DataSource source() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setJournalSizeLimit(LOG_BYTES);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(PATIENCE_MILLIS);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The process holds it until its end.
    }
  }
}
