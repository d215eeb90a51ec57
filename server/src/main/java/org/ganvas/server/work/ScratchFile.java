package org.ganvas.server.work;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.ganvas.inference.image.ImageWriteException;

/** A file for a result until it has been sent or stored; closed, it is gone. */
public final class ScratchFile implements AutoCloseable {
  private static final String PREFIX = "result-";

  /** After which a file is none that another server still uses. */
  private static final Duration LONGEST_USE = Duration.ofDays(1);

  private final Path path;

  private ScratchFile(Path path) {
    this.path = path;
  }

  /**
   * Throws away what a process left behind in a folder when it was killed.
   *
   * @param shared whether other servers may be using files there
   */
  public static void clear(Path folder, boolean shared) throws IOException {
    FileTime old = FileTime.from(Instant.now().minus(shared ? LONGEST_USE : Duration.ZERO));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).compareTo(old) < 0) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /**
   * Creates an empty file, readable for this user only.
   *
   * @throws ImageWriteException if there is no room for one
   */
  public static ScratchFile in(Path folder) throws ImageWriteException {
    try {
      return new ScratchFile(Files.createTempFile(folder, PREFIX, ".tmp"));
    } catch (IOException e) {
      throw new ImageWriteException("no file for a result can be created", e);
    }
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
