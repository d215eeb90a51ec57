package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, which can be killed. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  /**
   * @param arguments of {@link ServerMain}; the first one is a folder
   */
  ServerProcess(String... arguments) throws IOException {
    this(List.of("-Xmx512m"), arguments);
  }

  /**
   * @param options of Java, which may name another class path
   * @param arguments of {@link ServerMain}; the first one is a folder
   */
  ServerProcess(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.addAll(options);
    command.add(ServerMain.class.getName());
    command.addAll(List.of(arguments));
    Path log = Path.of(arguments[0]).resolve("server.log");
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    assertThat(line).as(() -> read(log)).isNotNull().startsWith("port ");
    port = Integer.parseInt(line.substring("port ".length()));
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** As {@code kill}; gives the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    kill();
  }
}
