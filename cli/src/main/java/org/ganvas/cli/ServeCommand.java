package org.ganvas.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.ganvas.server.ImageServer;
import org.ganvas.server.ServerSettings;
import org.ganvas.server.access.ApiKeys;
import org.ganvas.server.access.Exposure;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ganvas serve}: the page and the HTTP API. */
@Command(
    name = "serve",
    description = "Serves a page for photos and an HTTP API.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:ended by SIGTERM or Ctrl-C", "1:it failed", "2:wrong usage"})
public final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address to listen on; another than the default needs --api-keys or --insecure."
              + " Default: 127.0.0.1.")
  private String host = Exposure.DEFAULT.host();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      description = "Port to listen on. Default: 8080.")
  private int port = Exposure.DEFAULT.port();

  @Option(
      names = "--api-keys",
      paramLabel = "FILE",
      description = "Keys that clients need; see --new-key.")
  private @Nullable Path apiKeys;

  @Option(
      names = "--new-key",
      paramLabel = "NAME",
      description = "Print a new key and its line for the file of keys, and end.")
  private @Nullable String newKey;

  @Option(names = "--insecure", description = "Let strangers in without a key.")
  private boolean insecure;

  @Mixin private ComputeOptions compute = new ComputeOptions();

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "A folder of models to look in first.")
  private @Nullable Path models;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder for what the server keeps. Default: ~/.ganvas/server.")
  private Path data = Path.of(System.getProperty("user.home", "."), ".ganvas", "server");

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (newKey != null) {
      return printNewKey(newKey);
    }
    ServerSettings settings = settings();
    CountDownLatch ended = new CountDownLatch(1);
    ImageServer server = ImageServer.start(settings, ModelsCommand.catalogue(models), System.out);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "end"));
    err.println("ganvas serve: http://%s:%d".formatted(host, server.port()));
    ended.await();
    return ExitCode.OK;
  }

  /** A process that is told to end ends with 143 by itself, which looks like a failure. */
  private static void end(ImageServer server) {
    server.close();
    System.out.flush();
    Runtime.getRuntime().halt(ExitCode.OK);
  }

  private ServerSettings settings() {
    try {
      Exposure exposure = new Exposure(host, port, apiKeys, insecure, List.of(), false);
      return new ServerSettings(
          exposure,
          Traffic.DEFAULT,
          PictureLimits.DEFAULT,
          Capacity.ofThisMachine(),
          compute.choice(),
          JobSettings.DEFAULT,
          data);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int printNewKey(String name) {
    ApiKeys.NewKey key = ApiKeys.create();
    PrintWriter out = spec.commandLine().getOut();
    out.println("key, for the client; it is shown only now: " + key.key());
    out.println("line for the file of keys: " + name + " " + key.sha256());
    return ExitCode.OK;
  }
}
