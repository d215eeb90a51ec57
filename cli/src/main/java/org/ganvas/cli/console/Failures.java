package org.ganvas.cli.console;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.ganvas.inference.model.ModelException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What went wrong, in one line for the user. */
public final class Failures {
  private static final String DEBUG = "GANVAS_DEBUG";

  private Failures() {}

  /**
   * Tells what ended a command; with GANVAS_DEBUG set, after a stack trace. The name of a model
   * that nobody knows is wrong usage.
   *
   * @return the exit code
   */
  public static int tell(Exception e, CommandLine command) {
    PrintWriter err = command.getErr();
    if (System.getenv(DEBUG) != null) {
      e.printStackTrace(err);
    }
    String name = command.getCommandSpec().qualifiedName();
    Terminal.tell(err, name + ": " + message(e));
    return e instanceof ModelException refusal && refusal.reason() == ModelException.Reason.UNKNOWN
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }

  /** What went wrong. */
  public static String message(Throwable e) {
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
