package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ganvas.server.PictureApiTest.assertProblem;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ganvas.server.access.ApiKeys;
import org.ganvas.server.access.Exposure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  @TempDir private Path data;

  @Test
  void anotherAddressNeedsKeysOrTheUsersWord() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Exposure("0.0.0.0", 0, null, false, List.of(), false))
        .withMessageContaining("--api-keys")
        .withMessageContaining("--insecure");
    new Exposure("0.0.0.0", 0, null, true, List.of(), false);
    new Exposure("0.0.0.0", 0, Path.of("keys"), false, List.of(), false);
    new Exposure("::1", 0, null, false, List.of(), false);
  }

  @Test
  void anAddressOfIpv6HasBracketsInTheUrl() {
    assertThat(new Exposure("::1", 0, null, false, List.of(), false).url(8080))
        .isEqualTo("http://[::1]:8080");
    assertThat(Exposure.DEFAULT.url(8080)).isEqualTo("http://127.0.0.1:8080");
  }

  @Test
  void withKeysOnlyTheirHoldersGetIn() throws Exception {
    ApiKeys.NewKey anna = ApiKeys.create();
    ApiKeys.NewKey bert = ApiKeys.create();
    Path file = data.resolve("keys");
    Files.writeString(
        file, "# ours\n\nanna " + anna.sha256() + "\nbert " + bert.sha256().toUpperCase() + "\n");
    assertThat(Files.readString(file)).doesNotContain(anna.key());
    Exposure exposure = new Exposure("127.0.0.1", 0, file, false, List.of(), false);
    try (TestServer server = server(exposure)) {
      HttpResponse<byte[]> refused = server.get("/v1/models");
      assertProblem(refused, 401, "key-needed");
      assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      assertProblem(server.get("/metrics"), 401, "key-needed");
      assertProblem(server.get("/metrics/"), 401, "key-needed");
      assertProblem(get(server, "/v1/models", anna.key() + "x"), 401, "key-needed");
      assertThat(get(server, "/v1/models", anna.key()).statusCode()).isEqualTo(200);
      String anyCase = "bEARER " + anna.key();
      assertThat(
              server
                  .send(server.request("/v1/models").header("Authorization", anyCase))
                  .statusCode())
          .isEqualTo(200);
      assertProblem(get(server, "/v1/models", otherCase(anna.key())), 401, "key-needed");
      assertThat(server.get("/v2/health/ready").statusCode()).isEqualTo(200);
      HttpResponse<byte[]> accepted =
          server.send(
              server
                  .request("/v1/jobs?task=upscale")
                  .header("Authorization", "Bearer " + anna.key())
                  .POST(BodyPublishers.ofByteArray(TestPictures.png(4, 4))));
      String job = accepted.headers().firstValue("Location").orElseThrow();
      assertThat(get(server, job, anna.key()).statusCode()).isEqualTo(200);
      assertProblem(get(server, job, bert.key()), 404, "unknown-job");
      assertThat(server.log()).contains("key anna").doesNotContain(anna.key());
    }
  }

  @Test
  void aFileOfKeysOfAnotherFormIsRefused() throws Exception {
    Path file = Files.writeString(data.resolve("keys"), "anna secret\n");
    assertThatThrownBy(() -> ApiKeys.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aNameMayHaveAnOldKeyAndANewOne() throws Exception {
    ApiKeys.NewKey old = ApiKeys.create();
    ApiKeys.NewKey next = ApiKeys.create();
    String lines = "anna " + old.sha256() + "\nanna " + next.sha256() + "\n";
    ApiKeys keys = ApiKeys.read(Files.writeString(data.resolve("keys"), lines));
    assertThat(keys.nameOf(old.key())).contains("anna");
    assertThat(keys.nameOf(next.key())).contains("anna");
  }

  @Test
  void pagesOfOtherSitesAreKeptOutUnlessAllowed() throws Exception {
    Exposure exposure =
        new Exposure("127.0.0.1", 0, null, false, List.of("https://friend.example"), false);
    try (TestServer server = server(exposure)) {
      HttpResponse<byte[]> foe = fromSite(server, "https://foe.example");
      assertProblem(foe, 403, "forbidden");
      assertThat(foe.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      HttpResponse<byte[]> friend = fromSite(server, "https://friend.example");
      assertThat(friend.statusCode()).as(TestServer.text(friend)).isEqualTo(200);
      assertThat(friend.headers().firstValue("Access-Control-Allow-Origin"))
          .contains("https://friend.example");
      // Where the server is reached by plain HTTP, a browser says only where the page is from.
      assertProblem(fromPage(server, "http://foe.example"), 403, "forbidden");
      assertProblem(fromPage(server, "null"), 403, "forbidden");
      String own = "http://127.0.0.1:" + server.port();
      HttpResponse<byte[]> page = fromPage(server, own);
      assertThat(page.statusCode()).as(TestServer.text(page)).isEqualTo(200);
    }
  }

  @Test
  void aBrowserThatAsksForThePageOfAFriendIsToldThatItMayAsk() throws Exception {
    Exposure exposure =
        new Exposure("127.0.0.1", 0, null, false, List.of("https://friend.example"), false);
    try (TestServer server = server(exposure)) {
      for (String path : List.of("/v1/upscale", "/v1/jobs", "/v1/jobs/7", "/v1/models")) {
        HttpResponse<byte[]> friend = preflight(server, path, "https://friend.example");
        // Of another status a browser makes an error, whatever the headers allow.
        assertThat(friend.statusCode()).as(path).isEqualTo(204);
        assertThat(friend.headers().firstValue("Access-Control-Allow-Origin"))
            .contains("https://friend.example");
        assertThat(friend.headers().firstValue("Access-Control-Allow-Headers"))
            .contains("authorization,content-type");
        HttpResponse<byte[]> foe = preflight(server, path, "https://foe.example");
        assertProblem(foe, 405, "method-not-allowed");
        assertThat(foe.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      }
    }
  }

  @Test
  void aPageCannotLetItsOwnNamePointToAServerThatIsForThisMachineOnly() throws Exception {
    try (TestServer server = server(TestServer.LOCAL)) {
      String refused = toHost(server, "evil.example:" + server.port());
      assertThat(refused)
          .startsWith("HTTP/1.1 403")
          .contains("urn:ganvas:problem:forbidden")
          .contains("found evil.example:" + server.port());
      assertThat(toHost(server, "localhost.evil.example")).startsWith("HTTP/1.1 403");
      for (String name : List.of("localhost", "LocalHost:8080", "127.0.0.1:1", "[::1]:8080")) {
        assertThat(toHost(server, name)).as(name).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void aServerThatIsForOthersTooHasWhicheverNameTheyKnow() throws Exception {
    Exposure insecure = new Exposure("127.0.0.1", 0, null, true, List.of(), false);
    Exposure behindProxy = new Exposure("127.0.0.1", 0, null, false, List.of(), true);
    for (Exposure exposure : List.of(insecure, behindProxy)) {
      try (TestServer server = server(exposure)) {
        assertThat(toHost(server, "pictures.example.org")).startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void theAddressThatAServerIsGivenIsOneOfItsNames() {
    Exposure v4 = new Exposure("127.0.0.2", 8080, null, false, List.of(), false);
    assertThat(v4.answersTo("127.0.0.2:8080")).isTrue();
    Exposure v6 = new Exposure("0:0:0:0:0:0:0:1", 8080, null, false, List.of(), false);
    assertThat(v6.answersTo("[0:0:0:0:0:0:0:1]")).isTrue();
    assertThat(v6.answersTo("evil.example")).isFalse();
  }

  /** What a page of this host gets as an answer; Java's client does not let anybody choose it. */
  private static String toHost(TestServer server, String host) throws IOException {
    return server.answerTo(
        "GET /v1/models HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\n".formatted(host, host)
            + "Connection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "",
        "example.org",
        "https://example.org/",
        "https://Example.org",
        "https://*.example.org",
        "https://example.org:443",
        "http://example.org:80"
      })
  void anOriginThatNoBrowserSendsIsRefusedWhenTheServerStarts(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Exposure("127.0.0.1", 0, null, false, List.of(origin), false))
        .withMessageContaining("--cors")
        .withMessageContaining("found '" + origin + "'");
  }

  @Test
  void anOriginIsASchemeAHostAndAPortThatIsNotTheUsualOne() {
    List<String> origins =
        List.of(
            "https://example.org",
            "http://localhost:5173",
            "https://example.org:80",
            "http://[::1]:8081",
            "capacitor://localhost");
    assertThat(new Exposure("127.0.0.1", 0, null, false, origins, false).origins())
        .isEqualTo(origins);
  }

  @Test
  void theLogAndTheAnswerKeepQuietAboutWhereAPhotoWasTaken() throws Exception {
    byte[] photo = withExif(TestPictures.jpeg(16, 16));
    try (TestServer server = server(TestServer.LOCAL)) {
      HttpResponse<byte[]> dropped = server.post("/v1/upscale?model=tiny-x2", photo);
      assertThat(ascii(dropped.body())).doesNotContain("Exif").doesNotContain("SecretCamera");
      HttpResponse<byte[]> kept = server.post("/v1/upscale?model=tiny-x2&metadata=keep", photo);
      assertThat(ascii(kept.body())).contains("Exif").contains("SecretCamera");
      assertThat(server.log()).contains("/v1/upscale").doesNotContain("Secret").doesNotContain("?");
    }
  }

  /** The same photo with an EXIF block that names the camera. */
  private static byte[] withExif(byte[] jpeg) {
    String maker = "SecretCamera\0";
    ByteArrayOutputStream exif = new ByteArrayOutputStream();
    exif.writeBytes("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII));
    exif.writeBytes(new byte[] {0, 0, 0, 8, 0, 1});
    exif.writeBytes(new byte[] {1, 0x0F, 0, 2, 0, 0, 0, (byte) maker.length(), 0, 0, 0, 26});
    exif.writeBytes(new byte[] {0, 0, 0, 0});
    exif.writeBytes(maker.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, (byte) (exif.size() + 2)});
    out.writeBytes(exif.toByteArray());
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static HttpResponse<byte[]> fromSite(TestServer server, String origin)
      throws IOException, InterruptedException {
    return from(server, "Origin", origin, "Sec-Fetch-Site", "cross-site");
  }

  private static HttpResponse<byte[]> fromPage(TestServer server, String origin)
      throws IOException, InterruptedException {
    return from(server, "Origin", origin);
  }

  private static HttpResponse<byte[]> from(TestServer server, String... headers)
      throws IOException, InterruptedException {
    return server.send(
        server
            .request("/v1/upscale")
            .headers(headers)
            .POST(BodyPublishers.ofByteArray(TestPictures.png(4, 4))));
  }

  private static HttpResponse<byte[]> preflight(TestServer server, String path, String origin)
      throws IOException, InterruptedException {
    return server.send(
        server
            .request(path)
            .headers("Origin", origin, "Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .method("OPTIONS", BodyPublishers.noBody()));
  }

  private static String otherCase(String key) {
    return key.substring(0, 7) + key.substring(7).toUpperCase(Locale.ROOT);
  }

  private static HttpResponse<byte[]> get(TestServer server, String path, String key)
      throws IOException, InterruptedException {
    return server.send(server.request(path).header("Authorization", "Bearer " + key));
  }

  private TestServer server(Exposure exposure) {
    return new TestServer(TestServer.settings(data, exposure));
  }
}
