package org.ganvas.server;

import io.javalin.Javalin;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.server.access.ApiKeys;
import org.ganvas.server.http.Backend;
import org.ganvas.server.http.HttpApi;
import org.ganvas.server.http.Operations;
import org.ganvas.server.work.Admission;
import org.ganvas.server.work.InstalledModels;
import org.ganvas.server.work.PictureTasks;
import org.ganvas.server.work.UploadGate;

/** The server: from {@link #start} until {@link #close} it answers requests. */
public final class ImageServer implements AutoCloseable {
  /** How long pictures in work may go on after the server was told to end. */
  private static final long PATIENCE_SECONDS = 30;

  private final Admission admission;
  private final PictureTasks tasks;
  private final Javalin http;
  private volatile boolean closing;

  private ImageServer(ServerSettings settings, ModelCatalogue catalogue, PrintStream log)
      throws IOException {
    Path keyFile = settings.exposure().apiKeys();
    ApiKeys keys = keyFile == null ? null : ApiKeys.read(keyFile);
    InstalledModels models = new InstalledModels(catalogue);
    admission = new Admission(settings.capacity());
    tasks =
        new PictureTasks(
            models, settings.pictures(), settings.compute(), settings.capacity().modelBytes());
    UploadGate uploads =
        new UploadGate(settings.traffic().uploadsAtOnce(), settings.capacity().bodyBytes());
    Path scratch = Files.createDirectories(settings.data().resolve("scratch"));
    HttpApi api =
        new HttpApi(
            settings.exposure(),
            settings.traffic(),
            settings.pictures().maxBodyBytes(),
            new Backend(models, tasks, admission, uploads, scratch),
            new Operations(keys, () -> !closing, log));
    http = Javalin.create(api::configure);
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
    server.http.start();
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return http.port();
  }

  /**
   * Ends in order: takes no further requests, finishes those it has, for half a minute at most, and
   * stops listening.
   */
  @Override
  public void close() {
    closing = true;
    admission.close();
    try {
      admission.awaitIdle(PATIENCE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.stop();
    tasks.close();
  }
}
