package org.ganvas.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/**
 * What a command printed and returned.
 *
 * @param exitCode 0, 1 or 2
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int exitCode, String out, String err) {
  /** The models of the tests: {@code tiny-x2} and {@code tiny-x4}. */
  static final Path MODELS = Path.of("..", "inference", "src", "test", "resources", "models");

  static CommandRun of(Object command, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(command)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** {@code upscale} with the tests' models, in float32. */
  static CommandRun upscale(Object... arguments) {
    Object[] all = new Object[arguments.length + 4];
    all[0] = "--models";
    all[1] = MODELS;
    all[2] = "--precision";
    all[3] = "float32";
    System.arraycopy(arguments, 0, all, 4, arguments.length);
    return of(new UpscaleCommand(), all);
  }
}
