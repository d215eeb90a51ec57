package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is asked for twice of what it can do, for a short while; {@code
 * -Dganvas.seconds=300} makes it long.
 */
class OverloadTest {
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("ganvas.seconds", "4"));
  private static final String PATH = "/v1/upscale?model=tiny-x4&format=jpg";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WAITING = 2;

  /** What a server takes once and keeps, such as a place to work for each thread, is there then. */
  private static final double WARM_UP_SECONDS = 4;

  /** How often the memory is looked at after that. */
  private static final int PARTS = 5;

  /** All of the heap is resident from the start, so what grows then is memory beyond it. */
  private static final List<String> JAVA =
      List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-Dganvas.waiting=" + WAITING);

  @TempDir private Path data;

  @Test
  void nothingAcceptedIsLostAndMemoryComesBack() throws Exception {
    try (ServerProcess server = new ServerProcess(JAVA, data.toString())) {
      Crowd crowd = new Crowd(new JobClient(server.port()), TestPictures.jpeg(256, 256));
      List<ServerMemory> memory = new ArrayList<>();
      crowd.rush(WARM_UP_SECONDS);
      memory.add(ServerMemory.of(server));
      for (int i = 0; i < PARTS; i++) {
        crowd.rush(SECONDS / PARTS);
        memory.add(ServerMemory.of(server));
      }
      System.out.printf("%.0f s, %s%n", SECONDS, crowd);
      memory.forEach(System.out::println);
      assertThat(crowd.done).isPositive();
      assertThat(crowd.refusalMillis(0.5)).isLessThan(100);
      ServerMemory before = memory.get(0);
      ServerMemory after = memory.get(PARTS);
      assertThat(after.heap() - before.heap()).isLessThan(16L << 20);
      assertThat(after.resident() - before.resident()).isLessThan(100L << 20);
    }
  }

  /** Clients for twice the places that there are, and one that sends jobs. */
  private static final class Crowd {
    private final JobClient client;
    private final byte[] photo;
    private final int clients = 2 * (Runtime.getRuntime().availableProcessors() + WAITING);
    private final long expected;
    private int done;
    private int jobs;
    private final List<Double> refusalMillis = new ArrayList<>();

    Crowd(JobClient client, byte[] photo) throws IOException, InterruptedException {
      this.client = client;
      this.photo = photo;
      this.expected = LoadCheck.sum(answer().body());
    }

    private HttpResponse<byte[]> answer() throws IOException, InterruptedException {
      return client.send(client.request(PATH).POST(BodyPublishers.ofByteArray(photo)));
    }

    void rush(double seconds) throws Exception {
      CompletableFuture<List<String>> accepted =
          CompletableFuture.supplyAsync(() -> accepted(seconds));
      LoadCheck.Load load =
          LoadCheck.load(client.request(PATH).build().uri(), photo, clients, seconds);
      List<LoadCheck.Answer> pictures = load.ofStatus(200);
      List<LoadCheck.Answer> refusals = load.ofStatus(503);
      assertThat(load.answers()).hasSize(pictures.size() + refusals.size());
      assertThat(pictures).extracting(LoadCheck.Answer::sum).containsOnly(expected);
      for (String job : accepted.get()) {
        assertThat(client.awaitEnd(job, PATIENCE).get("state").getAsString())
            .isEqualTo("succeeded");
        assertThat(LoadCheck.sum(client.result(job).body())).isEqualTo(expected);
      }
      done += pictures.size();
      jobs += accepted.get().size();
      refusals.forEach(refusal -> refusalMillis.add(refusal.millis()));
    }

    /** The jobs that were accepted while the server had more to do than it can. */
    private List<String> accepted(double seconds) {
      List<String> accepted = new ArrayList<>();
      long end = System.nanoTime() + (long) (seconds * 1e9);
      try {
        while (System.nanoTime() < end) {
          accepted.add(client.accepted("&model=tiny-x4&format=jpg", photo));
          Thread.sleep((long) (1000 * Math.max(0.3, seconds / 10)));
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return accepted;
    }

    /**
     * How long refusals took.
     *
     * @param part of them that took no longer, 0 to 1
     */
    double refusalMillis(double part) {
      assertThat(refusalMillis).isNotEmpty();
      return refusalMillis.stream()
          .sorted()
          .skip(Math.round(part * (refusalMillis.size() - 1)))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String toString() {
      return "%d clients: %d done, %d refused (median %.0f ms, 99.9%% within %.0f, slowest %.0f), %d jobs accepted and done"
          .formatted(
              clients,
              done,
              refusalMillis.size(),
              refusalMillis(0.5),
              refusalMillis(0.999),
              refusalMillis(1),
              jobs);
    }
  }
}
