package org.ganvas.server.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.ganvas.inference.image.OutputFormat;
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
  private final int bytesPerSecond;

  /**
   * @param bytesPerSecond how fast answers have to be taken
   */
  PictureHandler(TaskKind kind, Backend backend, BodyReader bodies, int bytesPerSecond) {
    this.kind = kind;
    this.backend = backend;
    this.bodies = bodies;
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public void handle(Context ctx) throws IOException {
    TaskRequest request =
        TaskParameters.parse(kind, ctx.queryParamMap(), Acceptance.preferred(ctx));
    backend.workshop().admission().requireRoom();
    try (UploadGate.Upload upload = backend.uploads().open(bodies.expectedLength(ctx));
        ScratchFile result = ScratchFile.in(backend.workshop().scratch())) {
      OutputFormat format = make(request, ctx, result);
      upload.dropBody();
      send(format, result, ctx);
    }
  }

  /** Nothing holds the body any longer when this returns. */
  private OutputFormat make(TaskRequest request, Context ctx, ScratchFile result)
      throws IOException {
    PreparedTask task = backend.workshop().tasks().prepare(request, bodies.read(ctx));
    compute(task, ClientConnection.of(ctx), result);
    return task.format();
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
      var unused = backend.workshop().tasks().run(task, progress, result.path());
    }
  }

  private void send(OutputFormat format, ScratchFile result, Context ctx) throws IOException {
    ctx.res().setContentType(format.mediaType());
    ctx.res().setContentLengthLong(result.size());
    try (InputStream in = result.input();
        OutputStream out = PacedAnswer.to(ctx, bytesPerSecond)) {
      in.transferTo(out);
    }
  }
}
