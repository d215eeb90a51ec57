package org.ganvas.server.http;

import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.ganvas.server.problem.Problem;
import org.jspecify.annotations.Nullable;

/** Figures of the server, for Prometheus. */
final class ServerMetrics {
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String REFUSAL = ServerMetrics.class.getName();

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(30),
    Duration.ofMillis(100),
    Duration.ofMillis(300),
    Duration.ofSeconds(1),
    Duration.ofSeconds(3),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofSeconds(100)
  };

  private final PrometheusMeterRegistry registry;

  /**
   * @param registry may have figures of others as well
   */
  ServerMetrics(PrometheusMeterRegistry registry, Backend backend) {
    this.registry = registry;
    var admission = backend.workshop().admission();
    Gauge.builder("ganvas.pictures.waiting", () -> admission.load().waiting())
        .description("Pictures that wait for their turn")
        .register(registry);
    Gauge.builder("ganvas.pictures.running", () -> admission.load().running())
        .description("Pictures in work")
        .register(registry);
    Gauge.builder("ganvas.pictures.memory", () -> admission.load().memory().heapBytes())
        .description("Heap that the pictures in work are estimated to take")
        .baseUnit("bytes")
        .register(registry);
    Gauge.builder("ganvas.jobs.queued", () -> backend.jobs().waiting().orElse(-1L))
        .description("Jobs that wait, of all servers that share the database; -1 if it is away")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
  }

  /** Notes why a request is refused, for {@link #count}. */
  static void refused(Context ctx, Problem problem) {
    ctx.attribute(REFUSAL, problem.kind().type());
  }

  /** Counts a request that has been answered. */
  void count(Context ctx, double seconds) {
    Endpoint endpoint = ctx.endpoints().matchedHttpEndpoint();
    @Nullable String refusal = ctx.attribute(REFUSAL);
    Timer.builder("ganvas.http.requests")
        .description("Answered requests")
        .tag("route", endpoint == null ? "none" : endpoint.path)
        .tag("method", endpoint == null ? "none" : ctx.req().getMethod())
        .tag("status", Integer.toString(ctx.statusCode()))
        .serviceLevelObjectives(BUCKETS)
        .register(registry)
        .record(Duration.ofNanos((long) (seconds * 1e9)));
    if (refusal != null) {
      registry.counter("ganvas.http.rejected", "type", refusal).increment();
    }
  }

  void show(Context ctx) {
    ctx.contentType(MEDIA_TYPE).result(registry.scrape(MEDIA_TYPE));
  }
}
