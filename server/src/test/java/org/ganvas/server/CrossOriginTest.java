package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.server.access.ApiKeys;
import org.ganvas.server.access.Exposure;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages of other web sites get to see. */
class CrossOriginTest {
  private static final String FRIEND = "https://example.org";

  @TempDir private Path data;

  @Test
  void thePageOfAFriendCanReadWhyItIsRefused() throws Exception {
    ApiKeys.NewKey key = ApiKeys.create();
    Path keys = Files.writeString(data.resolve("keys"), key.line("anna"));
    Exposure exposure = new Exposure("127.0.0.1", 0, keys, false, List.of(FRIEND), false);
    try (TestServer server = server(exposure, new Traffic(1, 2, 64, 4096, 15, 100))) {
      assertReadable(get(server, "no key"), 401);
      assertReadable(get(server, key.key()), 200);
      assertReadable(get(server, key.key()), 200);
      HttpResponse<byte[]> tooMany = get(server, key.key());
      assertReadable(tooMany, 429);
      assertThat(tooMany.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
          .contains("Retry-After");
    }
  }

  private static void assertReadable(HttpResponse<byte[]> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(FRIEND);
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
  }

  private static HttpResponse<byte[]> get(TestServer server, String key) throws Exception {
    return server.send(
        server.request("/v1/models").headers("Origin", FRIEND, "Authorization", "Bearer " + key));
  }

  private TestServer server(Exposure exposure, Traffic traffic) {
    return new TestServer(
        new ServerSettings(
            exposure,
            traffic,
            PictureLimits.DEFAULT,
            Capacity.ofThisMachine(),
            ComputeChoice.AUTO,
            JobSettings.DEFAULT,
            data));
  }
}
