package org.ganvas.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest.Builder;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The OpenAPI file says what the server does: no route more, none less, and the answers' shapes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {
  private static final String ADDRESS = "https://ganvas.invalid/openapi.json";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  /** Files of the page rather than routes. */
  private static final Set<String> FILES = Set.of("GET /", "GET /docs", "GET /v1/openapi.json");

  private TestServer server;
  private String text;
  private JsonNode api;
  private JsonSchemaFactory schemas;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    server = new TestServer(TestServer.settings(data));
    text = TestServer.text(server.get("/v1/openapi.json"));
    api = new ObjectMapper().readTree(text);
    schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of(ADDRESS, text))));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void theFileIsValidOpenApi31() {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(text, null, options);
    assertThat(parsed.getMessages()).isEmpty();
    assertThat(parsed.isOpenapi31()).isTrue();
    assertThat(parsed.getOpenAPI().getPaths()).hasSameSizeAs(api.get("paths"));
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryOperationHasANameOfItsOwn() {
    assertThat(api.findValuesAsText("$ref"))
        .isNotEmpty()
        .allMatch(reference -> api.at(reference.substring(1)).isObject());
    assertThat(api.findValuesAsText("operationId"))
        .doesNotHaveDuplicates()
        .hasSameSizeAs(described());
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    Set<String> expected = new TreeSet<>(server.server().routes());
    expected.addAll(FILES);
    assertThat(described()).isEqualTo(expected);
  }

  @Test
  void theParametersOfEachTaskAreThoseThatTheServerKnows() throws Exception {
    for (String path : Set.of("/v1/upscale", "/v1/translate", "/v1/generate")) {
      Set<String> declared = new TreeSet<>();
      for (JsonNode parameter : api.get("paths").get(path).get("post").get("parameters")) {
        declared.add(at(parameter.get("$ref").asText()).get("name").asText());
      }
      HttpResponse<byte[]> refused = post(path + "?nonsense=1", new byte[0]);
      assertThat(TestServer.text(refused))
          .contains("takes the parameters " + String.join(", ", declared) + ", found another");
    }
  }

  @ParameterizedTest
  @CsvSource({"upscale, tiny-x4", "translate, tiny-paint", "generate, tiny-digits"})
  void theRangesOfNumbersAreThoseThatTheServerTakes(String task, String model) throws Exception {
    byte[] body = task.equals("generate") ? new byte[0] : TestPictures.jpeg(16, 12);
    for (JsonNode reference : api.at("/paths/~1v1~1" + task + "/post/parameters")) {
      JsonNode parameter = at(reference.get("$ref").asText());
      String name = parameter.get("name").asText();
      // A margin may ask for larger tiles.
      String margin = name.equals("tile") ? "&tile-pad=0" : "";
      String query = "/v1/" + task + "?model=" + model + margin + "&%s=%s";
      for (JsonNode least : parameter.findValues("minimum")) {
        HttpResponse<byte[]> taken = post(query.formatted(name, least), body);
        assertThat(taken.statusCode()).as(name + TestServer.text(taken)).isEqualTo(200);
        HttpResponse<byte[]> refused = post(query.formatted(name, least.asInt() - 1), body);
        assertThat(refused.statusCode()).as(name + " below " + least).isEqualTo(400);
      }
      for (JsonNode most : parameter.findValues("maximum")) {
        HttpResponse<byte[]> refused = post(query.formatted(name, most.asInt() + 1), body);
        assertThat(refused.statusCode()).as(name + " above " + most).isEqualTo(400);
      }
    }
  }

  @Test
  void thePicturesThatAreAnsweredAreOfADeclaredType() throws Exception {
    byte[] photo = TestPictures.jpeg(16, 12);
    for (String format : new String[] {"png", "jpg", "tif", "webp"}) {
      assertConforms(
          "POST", "/v1/upscale", post("/v1/upscale?model=tiny-x4&format=" + format, photo));
    }
    assertConforms("POST", "/v1/upscale", post("/v1/upscale?model=nobody", photo));
    assertConforms("POST", "/v1/upscale", post("/v1/upscale", new byte[] {1, 2, 3}));
    assertConforms("POST", "/v1/translate", post("/v1/translate", photo));
    assertConforms("POST", "/v1/generate", post("/v1/generate", new byte[0]));
  }

  @Test
  void aJobIsAnsweredAsDeclaredFromBeginningToEnd() throws Exception {
    HttpResponse<byte[]> accepted =
        post("/v1/jobs?task=upscale&model=tiny-x4", TestPictures.jpeg(16, 12));
    assertThat(accepted.statusCode()).isEqualTo(202);
    assertConforms("POST", "/v1/jobs", accepted);
    String job = accepted.headers().firstValue("Location").orElseThrow();
    HttpResponse<byte[]> events =
        server.send(server.request(job + "/events").header("Accept", "text/event-stream"));
    assertConforms("GET", "/v1/jobs/{id}/events", events);
    assertThat(TestServer.text(events).lines().filter(line -> line.startsWith("data:")))
        .isNotEmpty()
        .allSatisfy(line -> assertIs("/components/schemas/Job", line.substring("data:".length())))
        .last()
        .satisfies(line -> assertThat(line).contains("\"succeeded\""));
    assertConforms("GET", "/v1/jobs/{id}", server.get(job));
    assertConforms("GET", "/v1/jobs/{id}/result", server.get(job + "/result"));
    assertConforms("DELETE", "/v1/jobs/{id}", server.send(server.request(job).DELETE()));
    HttpResponse<byte[]> removed = server.get(job + "/result");
    assertThat(removed.statusCode()).isEqualTo(410);
    assertConforms("GET", "/v1/jobs/{id}/result", removed);
    assertConforms("GET", "/v1/jobs/{id}", server.get("/v1/jobs/nobody"));
  }

  @Test
  void everythingElseThatIsReadIsOfADeclaredType() throws Exception {
    for (String path :
        Set.of(
            "/v1/models",
            "/v2/health/live",
            "/v2/health/ready",
            "/metrics",
            "/v1/openapi.json",
            "/docs",
            "/")) {
      HttpResponse<byte[]> answer = server.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      assertConforms("GET", path, answer);
    }
  }

  private HttpResponse<byte[]> post(String path, byte[] body) throws Exception {
    Builder request = server.request(path).POST(BodyPublishers.ofByteArray(body));
    return server.send(request);
  }

  private Set<String> described() {
    Set<String> operations = new TreeSet<>();
    api.get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    return operations;
  }

  /** Asserts that status, type and body of an answer are as the file declares them. */
  private void assertConforms(String method, String path, HttpResponse<byte[]> answer)
      throws IOException {
    String where = method + " " + path + ": " + answer.statusCode();
    JsonNode operation = api.get("paths").get(path).get(method.toLowerCase(Locale.ROOT));
    JsonNode responses = operation.get("responses");
    JsonNode declared = responses.get(Integer.toString(answer.statusCode()));
    if (declared == null) {
      assertThat(answer.statusCode()).as(where).isGreaterThanOrEqualTo(400);
      declared = responses.get("default");
    }
    JsonNode response = declared.has("$ref") ? at(declared.get("$ref").asText()) : declared;
    String type = answer.headers().firstValue("Content-Type").orElseThrow().split(";")[0];
    assertThat(response.get("content").has(type)).as(where + " " + type).isTrue();
    response
        .path("headers")
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (response.get("headers").get(name).path("required").asBoolean()) {
                assertThat(answer.headers().firstValue(name)).as(where + " " + name).isPresent();
              }
            });
    JsonNode schema = response.get("content").get(type).path("schema");
    if (type.endsWith("json")) {
      String body = TestServer.text(answer);
      if (schema.path("type").asText().equals("array")) {
        JsonNode items = new ObjectMapper().readTree(body);
        assertThat(items).as(where).isNotEmpty();
        items.forEach(
            item -> assertIs(schema.at("/items/$ref").asText().substring(1), item.toString()));
      } else if (schema.has("$ref")) {
        assertIs(schema.get("$ref").asText().substring(1), body);
      }
    }
  }

  private JsonNode at(String reference) {
    return api.at(reference.substring(1));
  }

  private void assertIs(String pointer, String json) {
    JsonSchema schema = schemas.getSchema(SchemaLocation.of(ADDRESS + "#" + pointer));
    try {
      JsonNode node = new ObjectMapper().readTree(json);
      assertThat(schema.validate(node)).as(pointer + ": " + json).isEmpty();
      assertThat(node.fieldNames())
          .toIterable()
          .as(pointer + " has no field that is not declared")
          .allMatch(field -> api.at(pointer).get("properties").has(field));
    } catch (IOException e) {
      throw new AssertionError(json, e);
    }
  }
}
