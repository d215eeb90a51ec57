package org.ganvas.server.work;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file for a result until it has been sent or stored; closed, it is gone. */
public final class ScratchFile implements AutoCloseable {
  private final Path path;

  private ScratchFile(Path path) {
    this.path = path;
  }

  /** Creates an empty file, readable for this user only. */
  public static ScratchFile in(Path folder) throws IOException {
    return new ScratchFile(Files.createTempFile(folder, "result-", ".tmp"));
  }

  /** To write the result; to be closed by the caller. */
  public OutputStream output() throws IOException {
    return Files.newOutputStream(path);
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
