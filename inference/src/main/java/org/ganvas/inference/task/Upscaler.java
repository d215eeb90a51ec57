package org.ganvas.inference.task;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.ganvas.inference.image.BicubicRows;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.NetworkFacts;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.Task;
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
 *
 * <p>What a program should know that embeds it stands at {@link org.ganvas.inference.task its
 * package}.
 */
public final class Upscaler implements AutoCloseable {
  private static final int CHANNELS = 3;

  private final PictureNetwork network;

  private Upscaler(PictureNetwork network) {
    this.network = network;
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
    PictureNetwork.requireTask(file, Task.SUPER_RESOLUTION);
    NetworkFacts facts = file.card().network();
    if (facts.inputChannels() != CHANNELS || facts.outputChannels() != CHANNELS) {
      throw new ModelException(
          ModelException.Reason.UNSUITABLE,
          "%s: upscaling takes a model from 3 to 3 channels, found %d to %d; see ganvas models"
              .formatted(file.path(), facts.inputChannels(), facts.outputChannels()));
    }
    return new Upscaler(new PictureNetwork(file, choice));
  }

  /** What the model says about itself. */
  public ModelCard card() {
    return network.card();
  }

  /** Enlarges a file with all defaults; the ending of {@code output} chooses the format. */
  public PictureResult upscale(Path input, Path output) throws IOException {
    return upscale(input, output, UpscaleOptions.DEFAULT, FileOptions.DEFAULT);
  }

  /**
   * Enlarges a file. Metadata is carried over; the result appears under its name only when it is
   * whole.
   *
   * @throws ImageRefusedException if the input cannot be read, or the format cannot hold the result
   * @throws ModelException if the model cannot be loaded or run
   * @throws FileAlreadyExistsException if the output exists and may not be replaced
   * @throws IOException if the output cannot be written, or the model gives no numbers
   * @throws IllegalArgumentException if such tiles are not possible with this model
   * @throws CancellationException if {@link Progress#cancelled} said so
   */
  public PictureResult upscale(Path input, Path output, UpscaleOptions options, FileOptions files)
      throws IOException {
    return new Enlargement(options).run(input, output, files, options.progress());
  }

  /** Enlarges a picture with all defaults. */
  public Picture upscale(Picture picture) throws IOException {
    return upscale(picture, UpscaleOptions.DEFAULT);
  }

  /**
   * Enlarges a picture; the result is held whole.
   *
   * @throws ModelException if the model cannot be loaded or run
   * @throws ImageRefusedException if the result has 2^31 samples or more: take its {@link #rows},
   *     or write a file
   * @throws IOException if the model gives no numbers
   * @throws IllegalArgumentException if such tiles are not possible with this model
   * @throws CancellationException if {@link Progress#cancelled} said so
   */
  public Picture upscale(Picture picture, UpscaleOptions options) throws IOException {
    return Picture.of(rows(picture, options));
  }

  /**
   * The tiles in which a network gets a picture of this size: what the memory depends on that it
   * takes.
   *
   * @throws IllegalArgumentException if no such tiles are possible with this network
   */
  public static TileGrid tiles(
      NetworkFacts network, UpscaleOptions options, int width, int height) {
    return new TilePlan(network, options.tiles(), options.margin(), TileWorkers.COUNT)
        .grid(width, height);
  }

  /**
   * The enlarged picture, computed as its rows are read, a row of tiles at a time: what goes wrong
   * then, the rows throw.
   *
   * @throws ModelException if the model cannot be loaded
   * @throws IllegalArgumentException if such tiles are not possible with this model
   */
  public PictureRows rows(Picture picture, UpscaleOptions options) throws IOException {
    return new Enlargement(options).rows(picture, options.progress());
  }

  /** What is done to a picture. */
  private final class Enlargement implements PictureTask {
    private final UpscaleOptions options;

    Enlargement(UpscaleOptions options) {
      this.options = options;
    }

    @Override
    public Outline outline(Picture picture) {
      double scale = options.scale() == null ? card().network().scale() : options.scale();
      return new Outline(
          scaled(picture.width(), scale), scaled(picture.height(), scale), picture.layout());
    }

    @Override
    public ProgramMethod method(Picture picture) throws ModelException {
      TileGrid grid = tiles(card().network(), options, picture.width(), picture.height());
      return network.methodFor(grid, options.isExact());
    }

    @Override
    public PictureRows rows(Picture picture, ProgramMethod method, Progress progress)
        throws ModelException {
      NetworkFacts facts = card().network();
      Outline wanted = outline(picture);
      int width = Math.multiplyExact(picture.width(), facts.scale());
      int height = Math.multiplyExact(picture.height(), facts.scale());
      boolean resampled = wanted.width() != width || wanted.height() != height;
      boolean alpha = picture.layout().hasAlpha();
      // What is resampled is kept in 16 bits until then, so that it is rounded once.
      int bitDepth = resampled ? 16 : picture.bitDepth();
      PixelLayout colors = PixelLayout.of(picture.layout().colorChannels() == 1, false);
      TileGrid grid = tiles(facts, options, picture.width(), picture.height());
      TileStitcher.Shape shape =
          new TileStitcher.Shape(width, height, facts.scale(), colors, bitDepth);
      SelfEnsemble ensemble = options.selfEnsemble() ? SelfEnsemble.ALL : SelfEnsemble.NONE;
      PictureNetwork.Computation how = new PictureNetwork.Computation(method, Map.of(), ensemble);
      PictureRows rows =
          network.rows(
              alpha ? TransparentColors.replacedByNearest(picture) : picture,
              new PictureNetwork.Run(grid, TileWorkers.COUNT, shape, how),
              progress);
      if (alpha) {
        rows = new AlphaRows(rows, picture);
      }
      if (resampled) {
        rows = new BicubicRows(rows, wanted.width(), wanted.height());
      }
      return rows.bitDepth() == picture.bitDepth() ? rows : new EightBitRows(rows);
    }
  }

  private static int scaled(int side, double scale) {
    return Math.toIntExact(Math.max(1, Math.round(side * scale)));
  }

  /**
   * Waits until the model is loaded and no tile is being computed, and frees it. A picture that is
   * not done by then fails with {@link IllegalStateException}, and so does a later one.
   */
  @Override
  public void close() {
    network.close();
  }
}
