package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only shows after a while, for a short while; {@code -Dganvas.seconds=300} and {@code
 * -Dganvas.mutations=10000} make it long.
 */
class EnduranceTest {
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("ganvas.seconds", "3"));
  private static final int MUTATIONS = Integer.getInteger("ganvas.mutations", 150);
  private static final Traffic UNLIMITED = new Traffic(1_000_000, 1_000_000, 64, 4096, 15, 1000);

  private static final String PATH = "/v1/upscale?model=tiny-x4&format=jpg";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path data;

  private TestServer server(Capacity capacity) {
    return new TestServer(
        new ServerSettings(
            TestServer.LOCAL,
            UNLIMITED,
            PictureLimits.DEFAULT,
            capacity,
            ComputeChoice.AUTO,
            JobSettings.DEFAULT,
            data));
  }

  @Test
  void atTwiceTheCapacityNothingAcceptedIsLostAndMemoryComesBack() throws Exception {
    try (TestServer server = server(new Capacity(2, 2, 512L << 20, 4L << 30, 1L << 30))) {
      URI uri = server.request(PATH).build().uri();
      byte[] photo = TestPictures.jpeg(256, 256);
      JobClient client = new JobClient(server.port());
      // What a server under load takes once and keeps, such as the database's cache, is there
      // from now on.
      double warmUp = Math.min(60, SECONDS / 2);
      CompletableFuture<List<String>> first =
          CompletableFuture.supplyAsync(() -> accepted(client, photo, warmUp));
      LoadCheck.load(uri, photo, 8, warmUp);
      for (String job : first.get()) {
        client.awaitEnd(job, PATIENCE);
      }
      Memory before = Memory.now();
      CompletableFuture<List<String>> jobs =
          CompletableFuture.supplyAsync(() -> accepted(client, photo, SECONDS));
      LoadCheck.Load load = LoadCheck.load(uri, photo, 8, SECONDS);
      List<LoadCheck.Answer> done = load.ofStatus(200);
      List<LoadCheck.Answer> refused = load.ofStatus(503);
      assertThat(load.answers()).hasSize(done.size() + refused.size());
      assertThat(done).isNotEmpty();
      assertThat(refused).isNotEmpty();
      long whole = LoadCheck.sum(server.post(PATH, photo).body());
      assertThat(done).extracting(LoadCheck.Answer::sum).containsOnly(whole);
      for (String job : jobs.get()) {
        assertThat(client.awaitEnd(job, PATIENCE).get("state").getAsString())
            .isEqualTo("succeeded");
        assertThat(LoadCheck.sum(client.result(job).body())).isEqualTo(whole);
      }
      assertThat(server.metric("ganvas_pictures_running")).isEqualTo("0.0");
      assertThat(server.metric("ganvas_pictures_memory_bytes")).isEqualTo("0.0");
      Memory after = Memory.now();
      double slowest = refused.stream().mapToDouble(LoadCheck.Answer::millis).max().orElse(0);
      System.out.printf(
          "%.0f s, 8 clients for 4 places: %d done, %d refused, slowest refusal %.0f ms,"
              + " %d jobs accepted and done; before: %s, after: %s%n",
          SECONDS, done.size(), refused.size(), slowest, jobs.get().size(), before, after);
      assertThat(after.heap - before.heap).isLessThan(40L << 20);
      assertThat(after.resident - before.resident).isLessThan(100L << 20);
    }
  }

  /** The jobs that were accepted while the server had more to do than it can. */
  private static List<String> accepted(JobClient client, byte[] photo, double seconds) {
    List<String> accepted = new ArrayList<>();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    try {
      while (System.nanoTime() < end) {
        accepted.add(client.accepted("&model=tiny-x4", photo));
        Thread.sleep((long) (1000 * Math.max(0.3, seconds / 50)));
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return accepted;
  }

  /**
   * Memory in bytes.
   *
   * @param heap that is in use after a collection
   * @param resident of the whole process; 0 where that is not known
   */
  private record Memory(long heap, long resident) {
    static Memory now() throws IOException, InterruptedException {
      for (int i = 0; i < 3; i++) {
        System.gc();
        Thread.sleep(50);
      }
      Runtime runtime = Runtime.getRuntime();
      return new Memory(runtime.totalMemory() - runtime.freeMemory(), residentBytes());
    }

    private static long residentBytes() throws IOException {
      Path status = Path.of("/proc/self/status");
      if (!Files.exists(status)) {
        return 0;
      }
      String line =
          Files.readAllLines(status).stream()
              .filter(candidate -> candidate.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }

    @Override
    public String toString() {
      return "%d MB of heap, %d MB resident".formatted(heap >> 20, resident >> 20);
    }
  }

  @Test
  void mutatedPicturesNeverMakeTheServerFail() throws Exception {
    List<byte[]> seeds =
        List.of(
            TestPictures.jpeg(24, 18),
            TestPictures.png(24, 18),
            TestPictures.encoded(24, 18, "gif"),
            TestPictures.encoded(24, 18, "bmp"),
            TestPictures.encoded(24, 18, "tiff"));
    Random random = new Random(42);
    int[] byClass = new int[6];
    try (TestServer server = server(Capacity.ofThisMachine())) {
      for (int i = 0; i < MUTATIONS; i++) {
        byte[] mutated = mutated(seeds.get(i % seeds.size()), random);
        HttpResponse<byte[]> answer = server.post("/v1/upscale?model=tiny-x2", mutated);
        assertThat(answer.statusCode())
            .as(() -> "mutation: " + TestServer.text(answer))
            .isLessThan(500);
        byClass[answer.statusCode() / 100]++;
      }
      assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
    }
    System.out.printf(
        "%d mutated pictures: %d read, %d refused, no 5xx%n", MUTATIONS, byClass[2], byClass[4]);
  }

  private static byte[] mutated(byte[] picture, Random random) {
    byte[] mutated = picture.clone();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      // Headers are what decides most, so they are hit more often.
      int range = random.nextBoolean() ? Math.min(64, mutated.length) : mutated.length;
      mutated[random.nextInt(range)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(mutated, 1 + random.nextInt(mutated.length))
        : mutated;
  }
}
