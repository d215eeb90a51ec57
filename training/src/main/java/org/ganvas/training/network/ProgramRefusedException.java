package org.ganvas.training.network;

import java.io.Serial;
import java.util.Arrays;
import java.util.List;

/** libtorch refused a program; the message names the statement. */
public final class ProgramRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
  private static final String HERE = "<--- HERE";

  private ProgramRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** libtorch underlines the statement with tildes, and marks that line with an arrow. */
  static ProgramRefusedException of(String program, Exception cause) {
    List<String> lines = Arrays.asList(String.valueOf(cause.getMessage()).split("\n"));
    String statement = "unknown statement";
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).contains(HERE)) {
        statement = lines.get(i - 1).strip();
      }
    }
    String reason =
        lines.stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .filter(line -> !line.startsWith("The following operation failed"))
            .filter(line -> !line.startsWith("Traceback"))
            .findFirst()
            .orElse("no reason given");
    return new ProgramRefusedException(
        "libtorch refuses the program %s at `%s`: %s".formatted(program, statement, reason), cause);
  }
}
