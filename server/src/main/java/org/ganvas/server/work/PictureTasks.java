package org.ganvas.server.work;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.ImageFormat;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PictureHeader;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.task.ImageTranslator;
import org.ganvas.inference.task.Progress;
import org.ganvas.inference.task.Upscaler;
import org.ganvas.inference.tile.TileGrid;
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
    if (request instanceof TaskRequest.Generate generate) {
      return prepareGenerate(generate, body, model);
    }
    PictureHeader header = new ImageDecoder(limits.decodeLimits()).header(body);
    OutputFormat format = format(request.output(), header);
    try {
      ResultSize result = result(request, header, model.card());
      limits.checkFormat(format, result, header.layout().hasAlpha());
      ImageEncoder.check(
          result.width(), result.height(), header.layout(), header.bitDepth(), format);
      TileGrid tiles = tiles(request, header, model.card());
      int scale = model.card().network().scale();
      Footprint computing = MemoryEstimate.of(header, body.length, scale, tiles);
      Footprint writing = MemoryEstimate.ofWriting(result, header.layout(), format);
      return new PreparedTask(request, body, model, format, computing.plus(writing));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemKind.BAD_REQUEST, String.valueOf(e.getMessage()), e);
    }
  }

  private ResultSize result(TaskRequest request, PictureHeader header, ModelCard card) {
    double scale = 1;
    if (request instanceof TaskRequest.Upscale upscale) {
      int modelScale = card.network().scale();
      scale = upscale.scale() == null ? modelScale : upscale.scale();
      // A smaller scale is reached by resampling what the model gives, which is computed first.
      limits.checkComputed((long) header.width() * modelScale, (long) header.height() * modelScale);
    } else if (request instanceof TaskRequest.Translate translate && translate.fit() != null) {
      limits.checkFit(translate.fit());
    }
    long width = Math.max(1, Math.round(header.width() * scale));
    long height = Math.max(1, Math.round(header.height() * scale));
    limits.checkOutput(width, height);
    return new ResultSize(Math.toIntExact(width), Math.toIntExact(height));
  }

  /** What the network gets at a time. */
  private static TileGrid tiles(TaskRequest request, PictureHeader header, ModelCard card)
      throws IOException {
    int width = header.width();
    int height = header.height();
    if (request instanceof TaskRequest.Upscale upscale) {
      return Upscaler.tiles(card.network(), upscale.options(Progress.NONE), width, height);
    }
    TaskRequest.Translate translate = (TaskRequest.Translate) request;
    return ImageTranslator.tiles(card, translate.options(Progress.NONE), width, height);
  }

  private PreparedTask prepareGenerate(TaskRequest.Generate request, byte[] body, ModelFile model) {
    LatentSpace space = model.card().latent();
    if (body.length > 0 || space == null) {
      throw new ProblemException(
          ProblemKind.BAD_REQUEST, "pictures are generated of noise; send no body");
    }
    try {
      int count = GenerateRunner.grid(space, request).samples().size();
      long side = model.card().network().scale();
      limits.checkOutput(side * count, side);
      OutputFormat format =
          request.output().format() == null ? OutputFormat.PNG : request.output().format();
      ResultSize result = new ResultSize(Math.toIntExact(side * count), Math.toIntExact(side));
      limits.checkFormat(format, result, false);
      Footprint writing = MemoryEstimate.ofWriting(result, PixelLayout.RGB, format);
      return new PreparedTask(
          request, body, model, format, MemoryEstimate.ofSamples(result.pixels()).plus(writing));
    } catch (IllegalArgumentException e) {
      throw new ProblemException(ProblemKind.BAD_REQUEST, String.valueOf(e.getMessage()), e);
    }
  }

  private static OutputFormat format(TaskRequest.Output output, PictureHeader header) {
    if (output.format() != null) {
      return output.format();
    }
    return header.format() == ImageFormat.JPEG && !header.layout().hasAlpha()
        ? new OutputFormat.Jpeg(output.quality())
        : OutputFormat.PNG;
  }

  /**
   * Does a task.
   *
   * @param file an empty file for the result
   * @return how large the result is
   * @throws IOException if the picture is refused, the model fails, or the file cannot be written
   * @throws CancellationException if the progress said so
   */
  public ResultSize run(PreparedTask task, Progress progress, Path file) throws IOException {
    String kind = task.request().kind().label();
    long start = System.nanoTime();
    try (ModelPool.Lease lease = pool.lease(task.model());
        Stoppable stoppable = new Stoppable(progress)) {
      ResultSize size = lease.runner().run(task, stoppable, file);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      metrics.timer("ganvas.tasks", "task", kind).record(duration);
      metrics.counter("ganvas.pixels", "task", kind).increment((double) size.pixels());
      return size;
    }
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
