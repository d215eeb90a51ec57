package org.ganvas.server.work;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.ImageFormat;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PictureHeader;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.Progress;
import org.ganvas.server.problem.ProblemException;
import org.ganvas.server.problem.ProblemKind;

/** Checks tasks and does them, with models that stay open. Thread-safe. */
public final class PictureTasks implements AutoCloseable {
  private final InstalledModels models;
  private final PictureLimits limits;
  private final ModelPool pool;
  private final MeterRegistry metrics;

  /**
   * @param modelBytes how large the files of the models that are kept open may be together
   * @param metrics gets the pixels of results and the time they took
   */
  public PictureTasks(
      InstalledModels models,
      PictureLimits limits,
      ComputeChoice choice,
      long modelBytes,
      MeterRegistry metrics) {
    this.models = models;
    this.limits = limits;
    this.metrics = metrics;
    this.pool = new ModelPool(choice, modelBytes);
  }

  /**
   * Finds out whether a task is possible, from the header of the picture only.
   *
   * @param body the picture as it was sent
   * @throws ProblemException if there is no such model, or a limit is exceeded
   * @throws org.ganvas.inference.image.ImageRefusedException if it is no picture, or too large
   */
  public PreparedTask prepare(TaskRequest request, byte[] body) throws IOException {
    ModelFile model = models.choose(request);
    if (request instanceof TaskRequest.Upscale upscale) {
      return prepareUpscale(upscale, body, model);
    }
    throw new ProblemException(
        ProblemKind.UNSUPPORTED,
        "the server does upscale only, found %s".formatted(request.kind().label()));
  }

  private PreparedTask prepareUpscale(TaskRequest.Upscale request, byte[] body, ModelFile model)
      throws IOException {
    PictureHeader header = new ImageDecoder(limits.decodeLimits()).header(body);
    int modelScale = model.card().network().scale();
    double scale = request.scale() == null ? modelScale : request.scale();
    long width = Math.max(1, Math.round(header.width() * scale));
    long height = Math.max(1, Math.round(header.height() * scale));
    limits.checkOutput(width, height);
    // A smaller scale is reached by resampling what the model gives, which has to be computed
    // first.
    limits.checkOutput((long) header.width() * modelScale, (long) header.height() * modelScale);
    OutputFormat format = format(request.output(), header);
    ImageEncoder.check((int) width, (int) height, header.layout(), format);
    long memory = MemoryEstimate.ofTiles(header, modelScale, request.tiles()) + body.length;
    return new PreparedTask(request, body, model, format, (int) width, (int) height, memory);
  }

  private static OutputFormat format(TaskRequest.Output output, PictureHeader header) {
    if (output.format() instanceof OutputFormat.Jpeg) {
      return new OutputFormat.Jpeg(output.quality());
    }
    if (output.format() != null) {
      return output.format();
    }
    return header.format() == ImageFormat.JPEG
        ? new OutputFormat.Jpeg(output.quality())
        : OutputFormat.PNG;
  }

  /**
   * Does a task.
   *
   * @param out gets the file; it is not closed
   * @throws IOException if the picture is refused, the model fails, or the stream does
   * @throws CancellationException if the progress said so
   */
  public void run(PreparedTask task, Progress progress, OutputStream out) throws IOException {
    String kind = task.request().kind().label();
    long start = System.nanoTime();
    try (ModelPool.Lease lease = pool.lease(task.model());
        Stoppable stoppable = new Stoppable(progress)) {
      lease.runner().run(task, stoppable, out);
    }
    Duration duration = Duration.ofNanos(System.nanoTime() - start);
    metrics.timer("ganvas.tasks", "task", kind).record(duration);
    metrics.counter("ganvas.pixels", "task", kind).increment((double) task.width() * task.height());
  }

  /** A task that ends, by whatever failure, computes no further tiles. */
  private static final class Stoppable implements Progress, AutoCloseable {
    private final Progress progress;
    private volatile boolean stopped;

    Stoppable(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void advanced(int done, int total) {
      progress.advanced(done, total);
    }

    @Override
    public boolean cancelled() {
      return stopped || progress.cancelled();
    }

    @Override
    public void close() {
      stopped = true;
    }
  }

  /** Waits for what is in work, and closes the models. */
  @Override
  public void close() {
    pool.close();
  }
}
