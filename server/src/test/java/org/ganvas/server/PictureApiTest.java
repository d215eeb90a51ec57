package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PictureApiTest {
  private static final String BOUNDARY = "xyzzy";

  private Path data;
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path folder) {
    data = folder;
    server = new TestServer(TestServer.settings(data));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aJpegBecomesAJpegFourTimesAsWide() throws Exception {
    HttpResponse<byte[]> answer = server.post("/v1/upscale", TestPictures.jpeg(40, 30));
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
    BufferedImage result = TestPictures.decoded(answer.body());
    assertThat(result.getWidth()).isEqualTo(160);
    assertThat(result.getHeight()).isEqualTo(120);
  }

  @Test
  void aPartOfAFormIsTakenWithAndWithoutAName() throws Exception {
    for (String name : new String[] {"; name=\"file\"; filename=\"../../x.exe\"", ""}) {
      HttpResponse<byte[]> answer = postForm(name, TestPictures.png(8, 8));
      assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
    }
  }

  @Test
  void aFormWithSeveralPicturesIsRefused() throws Exception {
    String second = "; name=\"file\"\r\n\r\nabc\r\n--" + BOUNDARY;
    HttpResponse<byte[]> answer =
        postForm(
            second + "\r\nContent-Disposition: form-data; name=\"file\"", TestPictures.png(8, 8));
    assertProblem(answer, 400, "bad-request");
    assertThat(TestServer.text(answer)).contains("found several");
  }

  @Test
  void acceptAndFormatChooseWhatIsWritten() throws Exception {
    byte[] picture = TestPictures.png(8, 8);
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(picture);
    HttpResponse<byte[]> accepted =
        server.send(server.request("/v1/upscale").header("Accept", "image/jpeg").POST(body));
    assertThat(accepted.headers().firstValue("Content-Type")).contains("image/jpeg");
    HttpResponse<byte[]> asked = server.post("/v1/upscale?format=jpg", picture);
    assertThat(asked.headers().firstValue("Content-Type")).contains("image/jpeg");
    HttpResponse<byte[]> refused =
        server.send(server.request("/v1/upscale").header("Accept", "text/html").POST(body));
    assertProblem(refused, 406, "not-acceptable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image/tiff|image/tiff",
        "image/webp|image/webp",
        "image/avif, image/webp;q=0.9, image/jpeg;q=0.8|image/webp",
        "image/jpeg;q=0.2, image/tiff;q=0.7, image/webp;q=0.4|image/tiff",
        "image/webp;q=0, image/png;q=0.1|image/png",
        "text/html, image/*;q=0.5|image/png",
        "image/WebP|image/webp",
        "text/html, IMAGE/*;q=0.5|image/png",
        "*/*|image/png"
      })
  void theClientsFavouriteAmongTheWrittenFormatsIsTaken(String accept, String type)
      throws Exception {
    byte[] picture = TestPictures.png(9, 7);
    HttpResponse<byte[]> answer =
        server.send(
            server
                .request("/v1/upscale?model=tiny-x2")
                .header("Accept", accept)
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture)));
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains(type);
    BufferedImage decoded = TestPictures.decoded(answer.body());
    assertThat(decoded.getWidth()).isEqualTo(18);
    assertThat(decoded.getHeight()).isEqualTo(14);
  }

  @Test
  void aTiffHasThePixelsOfThePng() throws Exception {
    byte[] picture = TestPictures.png(33, 21);
    BufferedImage tiff =
        TestPictures.decoded(server.post("/v1/upscale?model=tiny-x2&format=tiff", picture).body());
    BufferedImage png =
        TestPictures.decoded(server.post("/v1/upscale?model=tiny-x2&format=png", picture).body());
    assertThat(tiff.getRGB(0, 0, 66, 42, null, 0, 66))
        .isEqualTo(png.getRGB(0, 0, 66, 42, null, 0, 66));
  }

  @Test
  void aWebpThatWouldBeTooLongIsRefusedFromTheHeader() throws Exception {
    HttpResponse<byte[]> answer =
        server.post("/v1/upscale?scale=2&format=webp", TestPictures.pngHeader(8_200, 100));
    assertProblem(answer, 422, "too-large");
    assertThat(TestServer.text(answer)).contains("16,383");
  }

  @Test
  void aTooLargeHeaderIsRefusedAtOnce() throws Exception {
    long start = System.nanoTime();
    HttpResponse<byte[]> answer =
        server.post("/v1/upscale", TestPictures.pngHeader(10_000, 10_000));
    assertProblem(answer, 422, "too-large");
    assertThat(TestServer.text(answer)).contains("50,000,000");
    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    HttpResponse<byte[]> side = server.post("/v1/upscale", TestPictures.pngHeader(70_000, 2));
    assertThat(TestServer.text(side)).contains("65,500");
    HttpResponse<byte[]> output =
        server.post("/v1/upscale?scale=4", TestPictures.pngHeader(6_000, 5_000));
    assertProblem(output, 422, "too-large");
    assertThat(TestServer.text(output)).contains("400,000,000");
  }

  @Test
  void aTooLargeBodyIsRefusedAlsoInAPartWithoutAName() throws Exception {
    byte[] large = new byte[33 << 20];
    assertProblem(server.post("/v1/upscale", large), 413, "body-too-large");
    assertProblem(postForm("", large), 413, "body-too-large");
    HttpRequest.BodyPublisher ofUnknownLength =
        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large));
    assertProblem(
        server.send(server.request("/v1/upscale").POST(ofUnknownLength)), 413, "body-too-large");
  }

  @Test
  void whatIsNoPictureIsRefusedWithAListOfWhatIs() throws Exception {
    byte[] text = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8);
    HttpResponse<byte[]> answer = server.post("/v1/upscale", text);
    assertProblem(answer, 415, "not-a-picture");
    assertThat(TestServer.text(answer)).contains("JPEG, PNG, TIFF, WebP, BMP or GIF");
    assertProblem(server.post("/v1/upscale", new byte[0]), 415, "not-a-picture");
  }

  @Test
  void aPictureThatIsCutOffIsRefused() throws Exception {
    byte[] whole = TestPictures.jpeg(64, 64);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertProblem(server.post("/v1/upscale", half), 422, "damaged");
  }

  @Test
  void anUnknownModelIsRefusedWithTheKnownOnes() throws Exception {
    for (String name : new String[] {"nothing", "../../etc/passwd", "%2Ftmp%2Fx.pt"}) {
      HttpResponse<byte[]> answer =
          server.post("/v1/upscale?model=" + name, TestPictures.png(4, 4));
      assertProblem(answer, 404, "unknown-model");
      assertThat(TestServer.text(answer)).contains("tiny-x2, tiny-x4").doesNotContain("resources");
    }
  }

  @Test
  void wrongParametersAreRefused() throws Exception {
    for (String query :
        new String[] {
          "scale=0.5",
          "scale=NaN",
          "scale=0x1p1",
          "scale=2d",
          "scale=%202",
          "quality=101",
          "tile=3",
          "colour=1",
          "format=gif",
          "scale=2&scale=3",
          "metadata=maybe"
        }) {
      assertProblem(
          server.post("/v1/upscale?" + query, TestPictures.png(4, 4)), 400, "bad-request");
    }
  }

  @Test
  void aParameterThatCannotBeDecodedIsNotCalledARepeatedOne() throws Exception {
    // In its raw form, since Java's client knows that this is no URL.
    String request =
        "POST /v1/upscale?model=%ZZ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n";
    assertThat(server.answerTo(request + "Connection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("a parameter is percent-encoded UTF-8, found model otherwise");
  }

  @Test
  void whatIsNotThereIsAProblemToo() throws Exception {
    assertProblem(server.get("/v1/nothing"), 404, "not-found");
    HttpResponse<byte[]> wrong = server.get("/v1/upscale");
    assertProblem(wrong, 405, "method-not-allowed");
    assertThat(wrong.headers().firstValue("Allow")).contains("POST");
    HttpResponse<byte[]> put =
        server.send(
            server
                .request("/v1/jobs/1")
                .header("Accept", "text/html")
                .PUT(BodyPublishers.noBody()));
    assertThat(put.headers().firstValue("Allow")).contains("GET, DELETE, HEAD");
  }

  @Test
  void answersHaveSafetyHeadersAndAnId() throws Exception {
    HttpResponse<byte[]> answer = server.get("/v1/models");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("script-src 'self'")
        .doesNotContain("unsafe-inline");
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    assertThat(answer.headers().firstValue("Server")).isEmpty();
    String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
    assertThat(server.log()).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void installedModelsAreListed() throws Exception {
    HttpResponse<byte[]> answer = server.get("/v1/models");
    for (var entry : JsonParser.parseString(TestServer.text(answer)).getAsJsonArray()) {
      JsonObject model = entry.getAsJsonObject();
      if (model.get("name").getAsString().equals("tiny-x2")) {
        assertThat(model.get("task").getAsString()).isEqualTo("upscale");
        assertThat(model.get("scale").getAsInt()).isEqualTo(2);
        return;
      }
    }
    throw new AssertionError(TestServer.text(answer));
  }

  @Test
  void theUsualModelIsTheOneThatIsTakenUnasked() throws Exception {
    HttpResponse<byte[]> answer = server.get("/v1/models");
    List<String> usual = new ArrayList<>();
    for (var entry : JsonParser.parseString(TestServer.text(answer)).getAsJsonArray()) {
      JsonObject model = entry.getAsJsonObject();
      if (model.get("usual").getAsBoolean()) {
        usual.add(model.get("name").getAsString());
      }
    }
    assertThat(usual).containsExactly("tiny-x4");
    HttpResponse<byte[]> enlarged = server.post("/v1/upscale", TestPictures.png(8, 6));
    assertThat(TestPictures.decoded(enlarged.body()).getWidth()).isEqualTo(32);
  }

  @Test
  void noTemporaryFileStays() throws Exception {
    server.post("/v1/upscale", TestPictures.png(8, 8));
    // The client may have its answer before the server has put the file away.
    for (int i = 0; i < 100 && scratchFiles() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(scratchFiles()).isZero();
  }

  private long scratchFiles() throws IOException {
    try (var files = Files.list(data.resolve("scratch"))) {
      return files.count();
    }
  }

  private HttpResponse<byte[]> postForm(String name, byte[] content)
      throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data" + name + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.writeBytes(content);
    body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return server.send(
        server
            .request("/v1/upscale")
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
  }

  static void assertProblem(HttpResponse<byte[]> answer, int status, String type) {
    assertThat(answer.statusCode()).as(TestServer.text(answer)).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonObject problem = JsonParser.parseString(TestServer.text(answer)).getAsJsonObject();
    assertThat(problem.get("status").getAsInt()).isEqualTo(status);
    assertThat(problem.get("type").getAsString()).isEqualTo("urn:ganvas:problem:" + type);
    assertThat(problem.get("detail").getAsString()).isNotBlank().doesNotContain("\tat ");
    assertThat(problem.get("instance").getAsString()).startsWith("urn:ganvas:request:");
  }
}
