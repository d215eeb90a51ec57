package org.ganvas.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command printed and returned.
 *
 * @param exitCode 0, 1 or 2
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int exitCode, String out, String err) {
  /** The models of the tests: {@code tiny-x2} and {@code tiny-x4}. */
  public static final Path MODELS =
      Path.of("..", "inference", "src", "test", "resources", "models");

  /** Runs {@code ganvas} with these arguments. */
  public static CommandRun of(Object... arguments) {
    String[] words = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Ganvas.commandLine(words)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** {@code upscale} with the tests' models, in float32. */
  public static CommandRun upscale(Object... arguments) {
    Stream<Object> fixed = Stream.of("upscale", "--models", MODELS, "--precision", "float32");
    return of(Stream.concat(fixed, Stream.of(arguments)).toArray());
  }
}
