package org.ganvas.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** What went wrong, in one line for the user. */
final class Failures {
  private Failures() {}

  static String message(Throwable e) {
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + " may not be read or written; change its permissions";
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist; check the path";
    }
    if (e instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " exists already; give --overwrite to replace it";
    }
    if (e instanceof FileSystemException failed) {
      // Of a file that cannot be renamed, the name that it should have got.
      String file = Objects.requireNonNullElse(failed.getOtherFile(), failed.getFile());
      String name = failed.getClass().getSimpleName();
      return "%s: %s".formatted(file, Objects.requireNonNullElse(failed.getReason(), name));
    }
    if (e instanceof UncheckedIOException wrapped) {
      return message(Objects.requireNonNull(wrapped.getCause()));
    }
    if (e instanceof OutOfMemoryError) {
      return "there is not enough memory; use smaller tiles (-t 128), or give Java more (-Xmx)";
    }
    String message = e.getMessage();
    String name = e.getClass().getSimpleName();
    return message == null ? name : message.lines().findFirst().orElse(name);
  }
}
