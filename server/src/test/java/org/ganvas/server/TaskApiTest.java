package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ganvas.server.PictureApiTest.assertProblem;

import java.awt.image.BufferedImage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.ganvas.server.work.PictureLimits;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Translation and generation, which appear when a model for them is installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskApiTest {
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path data) {
    server = new TestServer(TestServer.settings(data));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aTranslationHasTheSizeOfThePhoto() throws Exception {
    HttpResponse<byte[]> answer =
        server.post("/v1/translate?model=tiny-colorize", TestPictures.jpeg(50, 41));
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
    BufferedImage result = TestPictures.decoded(answer.body());
    assertThat(result.getWidth()).isEqualTo(50);
    assertThat(result.getHeight()).isEqualTo(41);
  }

  @Test
  void tilesThatAreTooSmallForTheModelAreTheClientsMistake() throws Exception {
    HttpResponse<byte[]> answer =
        server.post("/v1/translate?model=tiny-paint&tile=16", TestPictures.png(64, 64));
    assertProblem(answer, 400, "bad-request");
    assertThat(TestServer.text(answer)).contains("at least 20 along a side, found 16");
  }

  @Test
  void whatTheNetworkIsShownMayBeNoLargerThanWhatAResultMayBe(@TempDir Path data) throws Exception {
    ServerSettings usual = TestServer.settings(data);
    PictureLimits small = new PictureLimits(32L << 20, 50_000_000, 65_500, 10_000, 10_000);
    try (TestServer careful =
        new TestServer(
            new ServerSettings(
                usual.exposure(),
                usual.traffic(),
                small,
                usual.capacity(),
                usual.compute(),
                usual.jobs(),
                data))) {
      String path = "/v1/translate?model=tiny-colorize&fit=";
      HttpResponse<byte[]> answer = careful.post(path + 101, TestPictures.png(48, 40));
      assertProblem(answer, 422, "too-large");
      assertThat(TestServer.text(answer))
          .contains("10,000 pixels, found 101x101 = 10,201; choose a smaller fit");
      assertThat(careful.post(path + 100, TestPictures.png(48, 40)).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void withSeveralModelsOneHasToBeNamed() throws Exception {
    HttpResponse<byte[]> answer = server.post("/v1/translate", TestPictures.jpeg(50, 41));
    assertProblem(answer, 404, "unknown-model");
    assertThat(TestServer.text(answer)).contains("tiny-colorize").doesNotContain("tiny-x2");
  }

  @Test
  void theSameSeedGivesTheSamePictures() throws Exception {
    String path = "/v1/generate?model=tiny-digits&count=4&seed=7";
    HttpResponse<byte[]> first = generate(path);
    assertThat(first.statusCode()).as(TestServer.text(first)).isEqualTo(200);
    assertThat(TestPictures.decoded(first.body()).getWidth()).isGreaterThan(8);
    assertThat(generate(path).body()).isEqualTo(first.body());
    assertThat(generate(path + "1").body()).isNotEqualTo(first.body());
  }

  @Test
  void anUnknownLabelIsRefusedWithTheKnownOnes() throws Exception {
    HttpResponse<byte[]> answer = generate("/v1/generate?model=tiny-digits&label=cat");
    assertProblem(answer, 400, "bad-request");
    assertThat(TestServer.text(answer)).contains("labels");
  }

  @Test
  void picturesAreGeneratedAsAJobToo() throws Exception {
    JobClient jobs = new JobClient(server.port());
    HttpResponse<byte[]> answer =
        jobs.send(
            jobs.request("/v1/jobs?task=generate&model=tiny-digits&count=2&format=png")
                .POST(BodyPublishers.noBody()));
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(202);
    String id = JobClient.json(answer).get("id").getAsString();
    var result = jobs.awaitEnd(id, Duration.ofSeconds(60)).getAsJsonObject("result");
    BufferedImage picture = TestPictures.decoded(jobs.result(id).body());
    assertThat(picture.getWidth()).isEqualTo(result.get("width").getAsInt());
    assertThat(picture.getHeight()).isEqualTo(result.get("height").getAsInt());
  }

  private HttpResponse<byte[]> generate(String path) throws Exception {
    return server.send(server.request(path).POST(BodyPublishers.noBody()));
  }
}
