package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
      URI uri = server.request("/v1/upscale?model=tiny-x4&format=jpg").build().uri();
      byte[] photo = TestPictures.jpeg(256, 256);
      LoadCheck.load(uri, photo, 2, 1);
      long before = usedHeap();
      List<LoadCheck.Answer> answers = LoadCheck.load(uri, photo, 8, SECONDS);
      long after = usedHeap();
      long done = answers.stream().filter(answer -> answer.status() == 200).count();
      double slowestRefusal =
          answers.stream()
              .filter(answer -> answer.status() == 503)
              .mapToDouble(LoadCheck.Answer::millis)
              .max()
              .orElse(0);
      assertThat(answers).extracting(LoadCheck.Answer::status).containsOnly(200, 503);
      assertThat(done).isPositive();
      assertThat(server.metric("ganvas_pictures_running")).isEqualTo("0.0");
      assertThat(server.metric("ganvas_pictures_memory_bytes")).isEqualTo("0.0");
      assertThat(after - before).isLessThan(40L << 20);
      System.out.printf(
          "%.0f s, 8 clients for 4 places: %d done, %d refused, slowest refusal %.0f ms,"
              + " heap %d MB before, %d MB after%n",
          SECONDS, done, answers.size() - done, slowestRefusal, before >> 20, after >> 20);
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

  private static long usedHeap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
