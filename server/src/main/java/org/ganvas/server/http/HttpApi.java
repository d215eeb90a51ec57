package org.ganvas.server.http;

import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import io.javalin.http.staticfiles.JavalinStaticResourceHandler;
import io.javalin.http.staticfiles.Location;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.ganvas.server.access.Exposure;
import org.ganvas.server.access.RateLimit;
import org.ganvas.server.work.TaskKind;

/** All routes, and how connections are treated. */
public final class HttpApi {
  private static final String PAGE = "/page";
  private static final int HEADER_BYTES = 16 << 10;

  /** A thread for each request in work or waiting, for each upload, and some for short answers. */
  private static final int SPARE_THREADS = 64;

  private final Exposure exposure;
  private final Traffic traffic;
  private final long maxBodyBytes;
  private final Backend backend;
  private final Operations operations;

  /**
   * @param maxBodyBytes the largest body of a request
   */
  public HttpApi(
      Exposure exposure,
      Traffic traffic,
      long maxBodyBytes,
      Backend backend,
      Operations operations) {
    this.exposure = exposure;
    this.traffic = traffic;
    this.maxBodyBytes = maxBodyBytes;
    this.backend = backend;
    this.operations = operations;
  }

  /** Sets up a Javalin. */
  public void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.http.asyncTimeout = 0;
    config.router.javaLangErrorHandler(ErrorResponses::answer);
    connections(config);
    if (HttpApi.class.getResource(PAGE) != null) {
      // Jetty's takes each file for an alias, and refuses it, if the folder of the installation has
      // a "ü" or the like: a jar's address writes that otherwise than the address of a file in it.
      config.resourceHandler(new JavalinStaticResourceHandler());
      config.staticFiles.add(
          files -> {
            files.directory = PAGE;
            files.location = Location.CLASSPATH;
          });
    }
    ServerMetrics metrics = new ServerMetrics(operations.metrics(), backend);
    Clients clients = new Clients(exposure.behindProxy());
    config.requestLogger.http(new RequestLog(operations.log(), clients, metrics));
    config.routes.before(RequestIds::assign);
    config.routes.before(new SafetyHeaders());
    config.routes.before(new OtherSites(exposure.origins()));
    config.routes.before(
        new AccessGuard(
            operations.keys(),
            new RateLimit(traffic.requestsPerMinute(), traffic.burst()),
            clients,
            exposure));
    ErrorResponses.register(config.routes);
    JobEvents events = new JobEvents(backend.jobs());
    config.events.serverStopping(events::end);
    routes(config.routes, events);
    read(config.routes, "/metrics", metrics::show);
  }

  private void routes(RoutesConfig routes, JobEvents events) {
    int bytesPerSecond = traffic.bytesPerSecond();
    BodyReader bodies = new BodyReader(maxBodyBytes, bytesPerSecond);
    for (TaskKind kind : TaskKind.values()) {
      routes.post("/v1/" + kind.label(), new PictureHandler(kind, backend, bodies, bytesPerSecond));
    }
    JobHandlers jobs = new JobHandlers(backend, bodies, bytesPerSecond);
    routes.post("/v1/jobs", jobs::submit);
    read(routes, "/v1/jobs/{id}", jobs::show);
    routes.delete("/v1/jobs/{id}", jobs::cancel);
    read(routes, "/v1/jobs/{id}/result", jobs::result);
    read(routes, "/v1/jobs/{id}/events", events);
    read(routes, "/v1/models", new ModelHandler(backend.models()));
    HealthHandlers health = new HealthHandlers(operations.ready());
    read(routes, "/v2/health/live", health::live);
    read(routes, "/v2/health/ready", health::ready);
  }

  /** HEAD is answered as GET is; Javalin by itself says 200 to it, whatever GET would say. */
  private static void read(RoutesConfig routes, String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void connections(JavalinConfig config) {
    QueuedThreadPool threads = new QueuedThreadPool(traffic.uploadsAtOnce() + SPARE_THREADS);
    threads.setName("http");
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(HttpApi::discreet);
    config.jetty.modifyServer(
        server -> {
          server.setErrorHandler(new ConnectionErrors(operations.log()));
          server.addBean(new NetworkConnectionLimit(traffic.connections(), server));
        });
    config.jetty.addConnector(this::connector);
  }

  private static void discreet(HttpConfiguration http) {
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    // Otherwise a key is taken for the one before it on its connection if only their case differs.
    http.setHeaderCacheCaseSensitive(true);
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost(exposure.host());
    connector.setPort(exposure.port());
    connector.setIdleTimeout(traffic.idleSeconds() * 1000L);
    return connector;
  }
}
