package org.ganvas.server;

import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.server.access.ApiKeys;
import org.ganvas.server.access.Exposure;
import org.ganvas.server.http.Backend;
import org.ganvas.server.http.HttpApi;
import org.ganvas.server.http.Operations;
import org.ganvas.server.job.JobQueue;
import org.ganvas.server.work.Admission;
import org.ganvas.server.work.Capacity;
import org.ganvas.server.work.InstalledModels;
import org.ganvas.server.work.PictureTasks;
import org.ganvas.server.work.ScratchFile;
import org.ganvas.server.work.UploadGate;
import org.ganvas.server.work.Workshop;

/** The server: from {@link #start} until {@link #close} it answers requests. */
public final class ImageServer implements AutoCloseable {
  /** How long pictures in work may go on after the server was told to end. */
  private static final long PATIENCE_SECONDS = 30;

  private final Admission admission;
  private final UploadGate uploads;
  private final PictureTasks tasks;
  private final JobQueue jobs;
  private final Javalin http;
  private volatile boolean closing;

  private ImageServer(ServerSettings settings, ModelCatalogue catalogue, PrintStream log)
      throws IOException {
    Path keyFile = settings.exposure().apiKeys();
    ApiKeys keys = keyFile == null ? null : ApiKeys.read(keyFile);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    InstalledModels models = new InstalledModels(catalogue);
    Capacity capacity = settings.capacity();
    admission = new Admission(capacity);
    tasks =
        new PictureTasks(
            models, settings.pictures(), settings.compute(), capacity.modelBytes(), metrics);
    Path scratch = Files.createDirectories(settings.data().resolve("scratch"));
    Workshop workshop = new Workshop(tasks, admission, scratch);
    jobs = new JobQueue(settings.jobs(), settings.data(), workshop, PATIENCE_SECONDS);
    // Without a database of all servers the folder is now this one's alone.
    ScratchFile.clear(scratch, settings.jobs().database() != null);
    uploads = new UploadGate(settings.traffic().uploadsAtOnce(), capacity.bodyBytes());
    HttpApi api =
        new HttpApi(
            settings.exposure(),
            settings.traffic(),
            settings.pictures().maxBodyBytes(),
            new Backend(models, workshop, uploads, jobs),
            new Operations(keys, this::isReady, log, metrics));
    http = Javalin.create(api::configure);
  }

  private boolean isReady() {
    return !closing && jobs.waiting().isPresent();
  }

  /**
   * Starts a server.
   *
   * @param log gets one line of JSON for each request
   * @throws IOException if the keys cannot be read, or the folder for data cannot be written to
   */
  public static ImageServer start(
      ServerSettings settings, ModelCatalogue catalogue, PrintStream log) throws IOException {
    ImageServer server = new ImageServer(settings, catalogue, log);
    try {
      server.http.start();
      server.jobs.start();
    } catch (JavalinException e) {
      server.close();
      Exposure exposure = settings.exposure();
      throw new IOException(
          "a server listens at an address of this machine, on a port that is free, found %s (%s); choose another --port or --host"
              .formatted(exposure.url(exposure.port()), reason(e)),
          e);
    } catch (SQLException e) {
      server.close();
      throw new IOException("the server cannot start: " + reason(e), e);
    }
    return server;
  }

  private static String reason(Throwable e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** The port it listens on. */
  public int port() {
    return http.port();
  }

  /**
   * All routes, such as "GET /v1/models", for those who compare them with their description; HEAD
   * is not described beside GET.
   */
  Set<String> routes() {
    return http.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(
            endpoint -> endpoint.method.isHttpMethod() && !endpoint.method.equals(HandlerType.HEAD))
        .map(endpoint -> endpoint.method + " " + endpoint.path)
        .collect(Collectors.toSet());
  }

  /**
   * Ends in order: takes no further requests, finishes those it has, for half a minute at most, and
   * stops listening.
   */
  @Override
  public void close() {
    closing = true;
    admission.close();
    // Jobs and requests are finished at the same time, so that both have all of it.
    CompletableFuture<Void> jobsEnded = CompletableFuture.runAsync(jobs::stop);
    try {
      uploads.awaitIdle(PATIENCE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    jobsEnded.join();
    http.stop();
    jobs.close();
    tasks.close();
  }
}
