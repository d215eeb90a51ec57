package org.ganvas.inference.task;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.ganvas.inference.image.BicubicRows;
import org.ganvas.inference.image.DecodedPhoto;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.Task;
import org.ganvas.inference.tile.TileComputer;
import org.ganvas.inference.tile.TileGrid;
import org.ganvas.inference.tile.TileStitcher;

/**
 * Enlarges pictures with a super-resolution model.
 *
 * <pre>{@code
 * try (Upscaler upscaler = Upscaler.open("photo-x4")) {
 *   upscaler.upscale(Path.of("photo.jpg"), Path.of("photo-x4.png"));
 * }
 * }</pre>
 *
 * <p>Grey stays grey, alpha stays alpha, 16 bits stay 16 bits. Thread-safe: pictures of several
 * threads are computed in turns, some tiles of each. The model is loaded in the background from the
 * moment of opening; a picture waits for it.
 */
public final class Upscaler implements AutoCloseable {
  private static final int CHANNELS = 3;

  private final ModelCard card;
  private final LoadingModel model;
  private final TileWorkers workers = new TileWorkers();

  private Upscaler(ModelCard card, LoadingModel model) {
    this.card = card;
    this.model = model;
  }

  /**
   * Opens a model of the standard catalogue, to compute in the fastest way on this machine.
   *
   * @param nameOrPath a name such as {@code photo-x4}, or the path of a {@code .pt} file
   * @throws ModelException if it is unknown, damaged, or not for super-resolution
   */
  public static Upscaler open(String nameOrPath) throws ModelException {
    return open(ModelCatalogue.standard().find(nameOrPath), ComputeChoice.AUTO);
  }

  /**
   * Opens a model.
   *
   * @throws ModelException if it is not for super-resolution of RGB pictures
   */
  public static Upscaler open(ModelFile file, ComputeChoice choice) throws ModelException {
    NetworkFacts network = file.card().network();
    if (file.card().task() != Task.SUPER_RESOLUTION
        || network.inputChannels() != CHANNELS
        || network.outputChannels() != CHANNELS) {
      throw new ModelException(
          ModelException.Reason.UNSUITABLE,
          ("%s: upscaling takes a model for SUPER_RESOLUTION from 3 to 3 channels,"
                  + " found %s from %d to %d; see ganvas models")
              .formatted(
                  file.path(),
                  file.card().task(),
                  network.inputChannels(),
                  network.outputChannels()));
    }
    return new Upscaler(file.card(), LoadingModel.start(file, choice));
  }

  /** What the model says about itself. */
  public ModelCard card() {
    return card;
  }

  /** Enlarges a file with all defaults; the ending of {@code output} chooses PNG or JPEG. */
  public Upscaled upscale(Path input, Path output) throws IOException {
    return upscale(input, output, UpscaleOptions.DEFAULT, FileOptions.DEFAULT);
  }

  /**
   * Enlarges a file. Metadata is carried over; the result appears under its name only when it is
   * whole.
   *
   * @throws ImageRefusedException if the input cannot be read, or the format cannot hold the result
   * @throws ModelException if the model cannot be loaded or run
   * @throws FileAlreadyExistsException if the output exists and may not be replaced
   * @throws IOException if the output cannot be written
   * @throws CancellationException if {@link Progress#cancelled} said so
   */
  public Upscaled upscale(Path input, Path output, UpscaleOptions options, FileOptions files)
      throws IOException {
    OutputFormat format = files.format() == null ? OutputNames.format(output) : files.format();
    if (files.ifExists() == ImageEncoder.IfExists.FAIL
        && Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(output.toString());
    }
    DecodedPhoto photo = new ImageDecoder(files.limits()).decode(input);
    Picture picture = photo.picture();
    Size size = size(picture, options);
    ImageEncoder.check(size.width, size.height, picture.layout(), format);
    ProgramMethod method = method(picture);
    try (Abandonable progress = new Abandonable(options.progress())) {
      PictureRows rows = rows(picture, options.withProgress(progress), method);
      new ImageEncoder().write(rows, photo.metadata(), format, output, files.ifExists());
    }
    return new Upscaled(size.width, size.height, method, photo.warnings());
  }

  /** Enlarges a picture with all defaults. */
  public Picture upscale(Picture picture) throws IOException {
    return upscale(picture, UpscaleOptions.DEFAULT);
  }

  /**
   * Enlarges a picture; the result is held whole.
   *
   * @throws ModelException if the model cannot be loaded or run
   * @throws CancellationException if {@link Progress#cancelled} said so
   */
  public Picture upscale(Picture picture, UpscaleOptions options) throws IOException {
    PictureRows rows = rows(picture, options);
    int length = Math.multiplyExact(rows.width(), rows.layout().channels());
    short[] samples = new short[Math.multiplyExact(length, rows.height())];
    short[] row = new short[length];
    for (int y = 0; y < rows.height(); y++) {
      rows.readRow(y, row);
      System.arraycopy(row, 0, samples, y * length, length);
    }
    return new Picture(rows.width(), rows.height(), rows.layout(), rows.bitDepth(), samples);
  }

  /**
   * The enlarged picture, computed as its rows are read, a row of tiles at a time.
   *
   * @throws ModelException if the model cannot be loaded
   */
  public PictureRows rows(Picture picture, UpscaleOptions options) throws ModelException {
    return rows(picture, options, method(picture));
  }

  private PictureRows rows(Picture picture, UpscaleOptions options, ProgramMethod method)
      throws ModelException {
    NetworkFacts network = card.network();
    Size size = size(picture, options);
    int width = Math.multiplyExact(picture.width(), network.scale());
    int height = Math.multiplyExact(picture.height(), network.scale());
    boolean resampled = size.width != width || size.height != height;
    boolean alpha = picture.layout().hasAlpha();
    // What is resampled is kept in 16 bits until then, so that it is rounded once.
    int bitDepth = resampled ? 16 : picture.bitDepth();
    PixelLayout colors = picture.layout().colorChannels() == 1 ? PixelLayout.GRAY : PixelLayout.RGB;
    TileGrid grid = TilePlan.grid(network, options, picture.width(), picture.height());
    Picture visible = alpha ? TransparentColors.replacedByNearest(picture) : picture;
    PictureRows rows =
        new TileStitcher(
            grid,
            new TileStitcher.Shape(width, height, network.scale(), colors, bitDepth),
            computer(visible, method, options.progress(), grid.size()),
            workers.executor());
    if (alpha) {
      rows = new AlphaRows(rows, picture);
    }
    if (resampled) {
      rows = new BicubicRows(rows, size.width, size.height);
    }
    return rows.bitDepth() == picture.bitDepth() ? rows : new EightBitRows(rows);
  }

  private TileComputer computer(Picture picture, ProgramMethod method, Progress progress, int tiles)
      throws ModelException {
    GeneratorModel generator = model.get();
    NetworkInput input = new NetworkInput(picture);
    int threads = workers.threadsPerTile(generator.threads(), tiles);
    TileCount count = new TileCount(progress, tiles);
    return source -> {
      count.begin();
      FloatPlanes result = generator.run(input.read(source), method, threads);
      count.end();
      return result;
    };
  }

  private ProgramMethod method(Picture picture) throws ModelException {
    return model.get().methodFor((long) picture.width() * picture.height());
  }

  private record Size(int width, int height) {}

  private Size size(Picture picture, UpscaleOptions options) {
    double scale = options.scale() == null ? card.network().scale() : options.scale();
    return new Size(scaled(picture.width(), scale), scaled(picture.height(), scale));
  }

  private static int scaled(int side, double scale) {
    return Math.toIntExact(Math.max(1, Math.round(side * scale)));
  }

  /** Waits until the model is loaded and no tile is being computed, and frees it. */
  @Override
  public void close() {
    workers.close();
    model.close();
  }
}
