package org.ganvas.server;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.task.FileOptions;
import org.ganvas.inference.task.UpscaleOptions;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.server.http.Traffic;
import org.ganvas.server.job.JobSettings;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.PictureLimits;

/**
 * Measures what the server costs: the same photo, with the same model and precision, in the same
 * warm process, in turns by the library, from file to file as the command line has it, and by
 * {@code POST /v1/upscale}.
 *
 * <pre>ServerCost MODEL.pt PRECISION PHOTO PAIRS</pre>
 *
 * such as {@code models/photo-x4.pt bfloat16 photo.jpg 15}; results are JPEGs.
 */
final class ServerCost {
  private static final int WARM_UP = 2;
  private static final OutputFormat FORMAT = OutputFormat.JPEG;

  private ServerCost() {}

  public static void main(String[] arguments) throws Exception {
    Path model = Path.of(arguments[0]).toAbsolutePath();
    Precision precision = Precision.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    Path photo = Path.of(arguments[2]);
    int pairs = Integer.parseInt(arguments[3]);
    ComputeChoice choice = new ComputeChoice(DeviceChoice.AUTO, precision);
    ModelCatalogue catalogue = new ModelCatalogue(List.of(model.getParent()));
    Path folder = Files.createTempDirectory("server-cost");
    try (ImageServer server =
            ImageServer.start(
                settings(choice, folder),
                catalogue,
                new PrintStream(PrintStream.nullOutputStream()));
        Upscaler upscaler = Upscaler.open(catalogue.find(model.toString()), choice)) {
      String name = model.getFileName().toString().replaceFirst("\\.pt$", "");
      URI uri =
          URI.create(
              "http://127.0.0.1:%d/v1/upscale?model=%s&format=jpg".formatted(server.port(), name));
      HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      Path result = folder.resolve("result.jpg");
      measure(() -> upscale(upscaler, photo, result), () -> post(client, uri, photo), pairs);
    }
  }

  private static ServerSettings settings(ComputeChoice choice, Path folder) {
    return new ServerSettings(
        TestServer.LOCAL,
        Traffic.DEFAULT,
        PictureLimits.DEFAULT,
        Capacity.ofThisMachine(),
        choice,
        JobSettings.DEFAULT,
        folder);
  }

  private interface Way {
    void go() throws IOException, InterruptedException;
  }

  private static void upscale(Upscaler upscaler, Path photo, Path result) throws IOException {
    FileOptions files = new FileOptions(DecodeLimits.DEFAULT, FORMAT, IfExists.REPLACE);
    upscaler.upscale(photo, result, UpscaleOptions.DEFAULT, files);
  }

  private static void post(HttpClient client, URI uri, Path photo)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .POST(BodyPublishers.ofByteArray(Files.readAllBytes(photo)))
            .build();
    HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException(TestServer.text(answer));
    }
  }

  private static void measure(Way library, Way server, int pairs)
      throws IOException, InterruptedException {
    List<Double> libraryMillis = new ArrayList<>();
    List<Double> serverMillis = new ArrayList<>();
    for (int i = -WARM_UP; i < pairs; i++) {
      // Who goes first has the colder caches.
      boolean libraryFirst = i % 2 == 0;
      double first = millis(libraryFirst ? library : server);
      double second = millis(libraryFirst ? server : library);
      if (i >= 0) {
        libraryMillis.add(libraryFirst ? first : second);
        serverMillis.add(libraryFirst ? second : first);
      }
    }
    System.out.println("library  " + summary(libraryMillis));
    System.out.println("server   " + summary(serverMillis));
    System.out.printf(
        "the server costs %.1f%%, in the median of %d%n",
        100 * (median(serverMillis) / median(libraryMillis) - 1), pairs);
  }

  private static double millis(Way way) throws IOException, InterruptedException {
    long start = System.nanoTime();
    way.go();
    return (System.nanoTime() - start) / 1e6;
  }

  private static String summary(List<Double> millis) {
    List<Double> sorted = millis.stream().sorted().toList();
    return "%.0f ms (%.0f to %.0f)"
        .formatted(median(millis), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
