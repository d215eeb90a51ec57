package org.ganvas.server.http;

import io.javalin.http.Context;
import java.util.function.BooleanSupplier;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;

/** Whether the server lives, and whether it takes requests. */
final class HealthHandlers {
  private static final int RETRY_SECONDS = 5;

  private final BooleanSupplier ready;

  HealthHandlers(BooleanSupplier ready) {
    this.ready = ready;
  }

  void live(Context ctx) {
    ctx.contentType("application/json").result("{\"status\":\"live\"}");
  }

  void ready(Context ctx) {
    if (!ready.getAsBoolean()) {
      throw ProblemException.retryLater(
          ProblemKind.CLOSING,
          "the server is shutting down or cannot reach its database; ask another one",
          RETRY_SECONDS);
    }
    ctx.contentType("application/json").result("{\"status\":\"ready\"}");
  }
}
