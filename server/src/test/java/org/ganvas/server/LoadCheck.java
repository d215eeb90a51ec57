package org.ganvas.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * Measures a server: requests a second and how long they take, for several numbers of clients that
 * each send one request after the other.
 *
 * <pre>LoadCheck URL SIDE SECONDS CLIENTS…</pre>
 *
 * such as {@code http://127.0.0.1:8080/v1/upscale?format=jpg 256 30 1 4 16}.
 */
final class LoadCheck {
  /** A client that hurries back without end would be no load of pictures but of refusals. */
  private static final long PAUSE_MILLIS = 250;

  private LoadCheck() {}

  /**
   * What a client has seen.
   *
   * @param sum of the answer's bytes, which tells whether two are the same
   */
  record Answer(int status, double millis, long sum) {}

  /**
   * What all clients have seen.
   *
   * @param seconds from the first request to the last answer
   */
  record Load(List<Answer> answers, double seconds) {
    List<Answer> ofStatus(int status) {
      return answers.stream().filter(answer -> answer.status == status).toList();
    }
  }

  public static void main(String[] arguments) throws Exception {
    URI uri = URI.create(arguments[0]);
    int side = Integer.parseInt(arguments[1]);
    double seconds = Double.parseDouble(arguments[2]);
    byte[] photo = TestPictures.jpeg(side, side);
    load(uri, photo, 1, seconds / 4); // to warm up
    System.out.println("clients  requests/s  p50 ms  p99 ms  statuses");
    for (String clients : Arrays.asList(arguments).subList(3, arguments.length)) {
      int count = Integer.parseInt(clients);
      System.out.println(report(count, load(uri, photo, count, seconds)));
    }
  }

  /**
   * Lets so many clients send for so long, and waits for their last answers. Each sends its next
   * request when the last one was answered; if that was refused, a while later.
   */
  static Load load(URI uri, byte[] photo, int clients, double seconds) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      long start = System.nanoTime();
      long end = start + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
      List<Future<List<Answer>>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        running.add(threads.submit(() -> client(uri, photo, end)));
      }
      List<Answer> all = new ArrayList<>();
      for (Future<List<Answer>> client : running) {
        all.addAll(client.get());
      }
      return new Load(all, (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Answer> client(URI uri, byte[] photo, long end)
      throws IOException, InterruptedException {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofByteArray(photo)).build();
    List<Answer> answers = new ArrayList<>();
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      double millis = (System.nanoTime() - start) / 1e6;
      answers.add(new Answer(response.statusCode(), millis, sum(response.body())));
      if (response.statusCode() != 200) {
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return answers;
  }

  static long sum(byte[] bytes) {
    CRC32 sum = new CRC32();
    sum.update(bytes);
    return sum.getValue();
  }

  private static String report(int clients, Load load) {
    double[] millis = load.ofStatus(200).stream().mapToDouble(Answer::millis).sorted().toArray();
    Map<Integer, Integer> statuses = new TreeMap<>();
    load.answers.forEach(answer -> statuses.merge(answer.status(), 1, Integer::sum));
    return "%7d  %10.2f  %6.0f  %6.0f  %s"
        .formatted(
            clients, millis.length / load.seconds, at(millis, 0.5), at(millis, 0.99), statuses);
  }

  private static double at(double[] sorted, double part) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
  }
}
