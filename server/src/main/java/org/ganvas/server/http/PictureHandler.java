package org.ganvas.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.ganvas.inference.task.Progress;
import org.ganvas.server.work.Admission;
import org.ganvas.server.work.PreparedTask;
import org.ganvas.server.work.ScratchFile;
import org.ganvas.server.work.TaskKind;
import org.ganvas.server.work.TaskParameters;
import org.ganvas.server.work.TaskRequest;
import org.ganvas.server.work.UploadGate;

/** {@code POST /v1/upscale} and its like: answers with the picture when it is done. */
final class PictureHandler implements Handler {
  private final TaskKind kind;
  private final Backend backend;
  private final BodyReader bodies;

  PictureHandler(TaskKind kind, Backend backend, BodyReader bodies) {
    this.kind = kind;
    this.backend = backend;
    this.bodies = bodies;
  }

  @Override
  @SuppressWarnings("try") // The upload is there to be counted.
  public void handle(Context ctx) throws IOException {
    TaskRequest request =
        TaskParameters.parse(kind, ctx.queryParamMap(), Acceptance.preferred(ctx));
    backend.workshop().admission().requireRoom();
    try (UploadGate.Upload upload = backend.uploads().open(bodies.expectedLength(ctx));
        ScratchFile result = ScratchFile.in(backend.workshop().scratch())) {
      PreparedTask task = backend.workshop().tasks().prepare(request, bodies.read(ctx));
      compute(task, ClientConnection.of(ctx), result);
      send(task, result, ctx);
    }
  }

  private void compute(PreparedTask task, ClientConnection client, ScratchFile result)
      throws IOException {
    Progress progress =
        new Progress() {
          @Override
          public void advanced(int done, int total) {
            // The answer comes when all is done.
          }

          @Override
          public boolean cancelled() {
            return client.isClosed();
          }
        };
    try (Admission.Place place = backend.workshop().admission().enter()) {
      place.begin(task.footprint(), client::isClosed);
      try (OutputStream out = result.output()) {
        var unused = backend.workshop().tasks().run(task, progress, out);
      }
    }
  }

  private static void send(PreparedTask task, ScratchFile result, Context ctx) throws IOException {
    ctx.res().setContentType(task.format().mediaType());
    ctx.res().setContentLengthLong(result.size());
    try (InputStream in = result.input()) {
      in.transferTo(ctx.res().getOutputStream());
    }
  }
}
