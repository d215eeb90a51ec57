package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of one source file, as somebody writes it who embeds the library, in a Java of its own.
 *
 * @param folder where it is written and run
 * @param classPath what it is compiled and run with
 */
record JavaProgram(Path folder, String classPath) {
  /** With the library. */
  static JavaProgram withLibrary(Path folder) {
    return new JavaProgram(folder, System.getProperty("java.class.path"));
  }

  /** Compiles and runs it, as of the installation in its folder; it has to end with code 0. */
  void run(String source, String... arguments) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("Program.java"), source);
    Path output = folder.resolve("output.txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dganvas.home=" + folder,
                "Program.java"));
    command.addAll(List.of(arguments));
    ProcessBuilder java = new ProcessBuilder(command);
    java.environment().put("CLASSPATH", classPath);
    java.environment().put("OPT_OUT_TRACKING", "true");
    Process process =
        java.directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}
