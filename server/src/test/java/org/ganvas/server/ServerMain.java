package org.ganvas.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own, whose clients may hurry: {@code ServerMain DATA [DATABASE]};
 * prints its port. {@code -Dganvas.waiting=N} lets so many requests wait.
 */
final class ServerMain {
  static final Traffic UNLIMITED = new Traffic(1_000_000, 1_000_000, 64, 4096, 15, 1000);

  private ServerMain() {}

  public static void main(String[] arguments) throws Exception {
    ServerSettings settings =
        settings(Path.of(arguments[0]), arguments.length > 1 ? arguments[1] : null);
    ImageServer server =
        ImageServer.start(settings, new ModelCatalogue(List.of(TestServer.MODELS)), System.err);
    ShutdownHook.install(server);
    System.out.println("port " + server.port());
    Thread.sleep(Long.MAX_VALUE);
  }

  private static ServerSettings settings(Path data, @Nullable String database) {
    return new ServerSettings(
        TestServer.LOCAL,
        UNLIMITED,
        PictureLimits.DEFAULT,
        capacity(),
        ComputeChoice.AUTO,
        new JobSettings(
            database, 1, 10_000, 1L << 33, Duration.ofHours(24), Duration.ofMillis(500)),
        data);
  }

  private static Capacity capacity() {
    Capacity all = Capacity.ofThisMachine();
    return new Capacity(
        all.atOnce(),
        Integer.getInteger("ganvas.waiting", all.waiting()),
        all.heapBytes(),
        all.nativeBytes(),
        all.modelBytes());
  }
}
