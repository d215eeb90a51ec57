package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures with wrong bytes; {@code -Dganvas.mutations=10000} makes them many. */
class MutatedPicturesTest {
  private static final int MUTATIONS = Integer.getInteger("ganvas.mutations", 150);

  @TempDir private Path data;

  private TestServer server() {
    return new TestServer(
        new ServerSettings(
            TestServer.LOCAL,
            ServerMain.UNLIMITED,
            PictureLimits.DEFAULT,
            Capacity.ofThisMachine(),
            ComputeChoice.AUTO,
            JobSettings.DEFAULT,
            data));
  }

  @Test
  void mutatedPicturesNeverMakeTheServerFail() throws Exception {
    List<byte[]> seeds =
        List.of(
            TestPictures.jpeg(24, 18),
            TestPictures.png(24, 18),
            TestPictures.encoded(24, 18, "gif"),
            TestPictures.encoded(24, 18, "bmp"),
            TestPictures.encoded(24, 18, "tiff"),
            TestPictures.encoded(24, 18, "webp"));
    Random random = new Random(42);
    int[] byClass = new int[6];
    try (TestServer server = server()) {
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
