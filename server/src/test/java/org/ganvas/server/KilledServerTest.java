package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that are killed and ended, as processes. {@code -Dganvas.kills=50 -Dganvas.jobs=100}
 * makes the long check of what is a short one by default.
 */
class KilledServerTest {
  private static final int KILLS = Integer.getInteger("ganvas.kills", 2);
  private static final int JOBS = Integer.getInteger("ganvas.jobs", 12);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path data;

  @Test
  void afterAnyNumberOfKillsEachAcceptedJobHasReachedExactlyOneEnd() throws Exception {
    Random random = new Random(7);
    List<String> ids = new ArrayList<>();
    Map<String, String> ends = new HashMap<>();
    for (int round = 0; round < KILLS; round++) {
      try (ServerProcess server = new ServerProcess(data.toString())) {
        JobClient jobs = new JobClient(server.port());
        checkEnds(jobs, ids, ends);
        for (int i = 0; i < (JOBS + KILLS - 1) / KILLS; i++) {
          ids.add(jobs.accepted("", TestPictures.jpeg(200 + random.nextInt(400), 300)));
        }
        Thread.sleep(random.nextInt(1500));
        for (String id : ids) {
          checkEnd(jobs, id, ends); // an end that was seen stays, also when seen just before
        }
        server.kill();
      }
    }
    Path left = Files.createFile(data.resolve("scratch").resolve("result-left.tmp"));
    try (ServerProcess server = new ServerProcess(data.toString())) {
      assertThat(left).as("what a killed server left").doesNotExist();
      JobClient jobs = new JobClient(server.port());
      for (String id : ids) {
        JsonObject job = jobs.awaitEnd(id, PATIENCE);
        assertThat(job.get("state").getAsString()).isIn("succeeded", "failed");
      }
      checkEnds(jobs, ids, ends);
      assertThat(ends).hasSize(ids.size());
      long succeeded = ends.values().stream().filter("succeeded"::equals).count();
      System.out.printf(
          "%d kills, %d jobs: %d succeeded, %d given up%n",
          KILLS, ids.size(), succeeded, ids.size() - succeeded);
    }
  }

  /** An end stays the same end, and whoever has a result has all of it. */
  private static void checkEnds(JobClient jobs, List<String> ids, Map<String, String> ends)
      throws Exception {
    for (String id : ids) {
      checkEnd(jobs, id, ends);
      HttpResponse<byte[]> result = jobs.result(id);
      if (result.statusCode() == 200) {
        assertThat(TestPictures.decoded(result.body()).getHeight()).isEqualTo(1200);
      } else {
        assertThat(result.statusCode()).isEqualTo(404);
      }
    }
  }

  private static void checkEnd(JobClient jobs, String id, Map<String, String> ends)
      throws Exception {
    String state = jobs.state(id);
    if (ends.containsKey(id)) {
      assertThat(state).isEqualTo(ends.get(id));
    } else if (JobClient.hasEnded(state)) {
      ends.put(id, state);
    }
  }

  @Test
  void aServerThatIsToldToEndFinishesWhatItDoesAndExitsWithZero() throws Exception {
    try (ServerProcess server = new ServerProcess(data.toString())) {
      JobClient client = new JobClient(server.port());
      client.send(client.request("/v1/upscale").POST(BodyPublishers.ofByteArray(small())));
      String running = client.accepted("", TestPictures.jpeg(1000, 1000));
      client.awaitState(running, "running", PATIENCE);
      List<String> waiting = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        waiting.add(client.accepted("", TestPictures.jpeg(1500, 1500)));
      }
      byte[] large = TestPictures.jpeg(1500, 1500);
      CompletableFuture<HttpResponse<byte[]>> request =
          CompletableFuture.supplyAsync(() -> slow(client, large));
      awaitRequest(client);
      CompletableFuture<Integer> exit = CompletableFuture.supplyAsync(() -> terminate(server));
      assertThat(becomesUnready(client)).isTrue();
      assertThat(request.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
      try (ServerProcess next = new ServerProcess(data.toString())) {
        JobClient again = new JobClient(next.port());
        assertThat(again.state(running)).isEqualTo("succeeded");
        assertThat(again.state(waiting.get(29))).isIn("queued", "running");
      }
    }
  }

  private static boolean becomesUnready(JobClient client) throws Exception {
    for (int i = 0; i < 100; i++) {
      try {
        if (client.send(client.request("/v2/health/ready")).statusCode() == 503) {
          return true;
        }
      } catch (HttpTimeoutException e) {
        throw e;
      } catch (java.io.IOException e) {
        return false; // it was gone before it was seen unready
      }
      Thread.sleep(10);
    }
    return false;
  }

  private static byte[] small() throws Exception {
    return TestPictures.png(8, 8);
  }

  /** Until one request has its place besides the one job that is done at a time. */
  private static void awaitRequest(JobClient client) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (client.metric("ganvas_pictures_running") + client.metric("ganvas_pictures_waiting")
        < 2) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  private static HttpResponse<byte[]> slow(JobClient client, byte[] photo) {
    try {
      return client.send(client.request("/v1/upscale").POST(BodyPublishers.ofByteArray(photo)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int terminate(ServerProcess server) {
    try {
      return server.terminate();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
