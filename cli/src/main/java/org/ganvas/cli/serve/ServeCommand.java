package org.ganvas.cli.serve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.ganvas.cli.option.ComputeOptions;
import org.ganvas.cli.option.ModelsOption;
import org.ganvas.server.ImageServer;
import org.ganvas.server.ServerSettings;
import org.ganvas.server.ShutdownHook;
import org.ganvas.server.access.ApiKeys;
import org.ganvas.server.access.Exposure;
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
          "Address to listen on; one that others can reach needs --api-keys or --insecure."
              + " Default: 127.0.0.1.")
  private String host = Exposure.DEFAULT.host();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      description = "Port to listen on; 0 for any. Default: 8080.")
  private int port = Exposure.DEFAULT.port();

  @Option(
      names = "--api-keys",
      paramLabel = "FILE",
      description = "Keys that clients need, a line NAME SHA256 each; see --new-key.")
  private @Nullable Path apiKeys;

  @Option(
      names = "--new-key",
      paramLabel = "NAME",
      description = "Print a new key and its line for the file of keys, and end.")
  private @Nullable String newKey;

  @Option(names = "--insecure", description = "Let strangers in without a key.")
  private boolean insecure;

  @Option(
      names = "--cors",
      paramLabel = "ORIGIN",
      split = ",",
      description = "Web sites whose pages may use the API. Default: none.")
  private List<String> origins = List.of();

  @Option(
      names = "--behind-proxy",
      description = "Believe the last address in X-Forwarded-For, which a proxy in front adds.")
  private boolean behindProxy;

  @Mixin private ModelsOption models = new ModelsOption();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A folder for what the server keeps. Default: ~/.ganvas/server.")
  private Path data = Path.of(System.getProperty("user.home", "."), ".ganvas", "server");

  @Mixin private ComputeOptions compute = new ComputeOptions();
  @Mixin private JobOptions jobs = new JobOptions();
  @Mixin private ServerLimitOptions limits = new ServerLimitOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (newKey != null) {
      return printNewKey(newKey);
    }
    ServerSettings settings = checked(this::settings);
    ImageServer server = ImageServer.start(settings, models.catalogue(), System.out);
    ShutdownHook.install(server);
    PrintWriter err = spec.commandLine().getErr();
    err.println("ganvas serve: open " + settings.exposure().url(server.port()));
    err.flush();
    new CountDownLatch(1).await(); // until the process is told to end
    return ExitCode.OK;
  }

  private ServerSettings settings() {
    return new ServerSettings(
        new Exposure(host, port, apiKeys, insecure, origins, behindProxy),
        limits.traffic(),
        limits.pictures(),
        limits.capacity(),
        compute.choice(),
        jobs.settings(),
        data);
  }

  /** A value of options; what it refuses is wrong usage. */
  private <T> T checked(Supplier<T> value) {
    try {
      return value.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int printNewKey(String name) {
    ApiKeys.NewKey key = ApiKeys.create();
    String line = checked(() -> key.line(name));
    PrintWriter out = spec.commandLine().getOut();
    out.println("key for the client, shown only now: " + key.key());
    out.println("line for the file of keys:          " + line);
    out.flush();
    return ExitCode.OK;
  }
}
