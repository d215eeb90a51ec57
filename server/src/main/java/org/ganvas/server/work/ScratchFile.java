package org.ganvas.server.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** A file for a result until it has been sent or stored; closed, it is gone. */
public final class ScratchFile implements AutoCloseable {
  private static final String PREFIX = "result-";
  private static final Duration LEFT_BEHIND = Duration.ofDays(1);

  private final Path path;

  private ScratchFile(Path path) {
    this.path = path;
  }

  /**
   * Makes sure that there is a folder for such files, and throws away those in it that a process
   * left behind when it was killed. Another one may be using the rest.
   */
  public static Path prepare(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileTime old = FileTime.from(Instant.now().minus(LEFT_BEHIND));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
    return folder;
  }

  /** Creates an empty file, readable for this user only. */
  public static ScratchFile in(Path folder) throws IOException {
    return new ScratchFile(Files.createTempFile(folder, PREFIX, ".tmp"));
  }

  /** Where the result is written to. */
  public Path path() {
    return path;
  }

  /** To read the result; to be closed by the caller. */
  public InputStream input() throws IOException {
    return Files.newInputStream(path);
  }

  public long size() throws IOException {
    return Files.size(path);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
