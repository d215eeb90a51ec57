package org.ganvas.training.network;

import java.io.Serial;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** libtorch refused a program; the message names the statement. */
public final class ProgramRefusedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;
  private static final String HERE = "<--- HERE";

  /**
   * While a program runs the reason comes last, such as {@code RuntimeError: Given groups=1, ...}.
   */
  private static final Predicate<String> ERROR = Pattern.compile("^\\w+Error: ").asPredicate();

  private ProgramRefusedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** libtorch underlines the statement with tildes, and marks that line with an arrow. */
  static ProgramRefusedException of(String program, Exception cause) {
    List<String> lines = Arrays.asList(String.valueOf(cause.getMessage()).strip().split("\n"));
    String statement = "unknown statement";
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).contains(HERE)) {
        statement = lines.get(i - 1).strip();
      }
    }
    String reason =
        lines.stream().map(String::strip).filter(ERROR).findFirst().orElse(lines.get(0));
    return new ProgramRefusedException(
        "libtorch refuses the program %s at `%s`: %s".formatted(program, statement, reason), cause);
  }
}
