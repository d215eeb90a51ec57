package org.ganvas.inference.task;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.ganvas.inference.image.BicubicRows;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.Orientation;
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
import org.ganvas.inference.model.TranslationRule;
import org.ganvas.inference.model.TranslationRule.Output;
import org.ganvas.inference.tile.Rectangle;
import org.ganvas.inference.tile.TileGrid;
import org.ganvas.inference.tile.TileStitcher;

/**
 * Translates pictures into pictures of the same size with an image-to-image model.
 *
 * <pre>{@code
 * try (ImageTranslator translator = ImageTranslator.open("colorize")) {
 *   translator.translate(Path.of("photo.jpg"), Path.of("photo-colorize.png"));
 * }
 * }</pre>
 *
 * <p>Any size: a picture is filled up by reflection to what the network takes, and cut back. Alpha
 * stays alpha, 16 bits stay 16 bits; whether the result is grey or in colour says the model.
 * Pictures of up to 4 megapixels (fewer on a machine with little memory) are given to the network
 * whole, larger ones in tiles. Where the network normalizes by the statistics of the whole picture,
 * tiles take those of the picture, reduced to a longer side of 1024 pixels.
 *
 * <p>Thread-safe: pictures of several threads are computed in turns. The model is loaded in the
 * background from the moment of opening; a picture waits for it.
 *
 * <p>What a program should know that embeds it stands at {@link org.ganvas.inference.task its
 * package}.
 */
public final class ImageTranslator implements AutoCloseable {
  /** The longer side of the picture that statistics are taken of. */
  private static final int STATISTICS_SIDE = 1024;

  private final PictureNetwork network;
  private final TranslationRule rule;

  private ImageTranslator(PictureNetwork network) {
    this.network = network;
    this.rule = network.card().translationRule();
  }

  /**
   * Opens a model of the standard catalogue, to compute in the fastest way on this machine.
   *
   * @param nameOrPath a name such as {@code colorize}, or the path of a {@code .pt} file
   * @throws ModelException if it is unknown, damaged, or not for translation
   */
  public static ImageTranslator open(String nameOrPath) throws ModelException {
    return open(ModelCatalogue.standard().find(nameOrPath), ComputeChoice.AUTO);
  }

  /**
   * Opens a model.
   *
   * @throws ModelException if it is not for translation from and to 1 or 3 channels at scale 1
   */
  public static ImageTranslator open(ModelFile file, ComputeChoice choice) throws ModelException {
    PictureNetwork.requireTask(file, Task.TRANSLATION);
    NetworkFacts facts = file.card().network();
    boolean needsColors = file.card().translationRule().output() == Output.KEEP_LUMINANCE;
    if (!isPicture(facts.inputChannels())
        || !isPicture(facts.outputChannels())
        || (needsColors && facts.outputChannels() != 3)
        || facts.scale() != 1) {
      throw new ModelException(
          ModelException.Reason.UNSUITABLE,
          "%s: a translation is from 1 or 3 channels to 1 or 3%s, at scale 1, found %d to %d at scale %d; see ganvas models"
              .formatted(
                  file.path(),
                  needsColors ? " (3 where the luminance is kept)" : "",
                  facts.inputChannels(),
                  facts.outputChannels(),
                  facts.scale()));
    }
    return new ImageTranslator(new PictureNetwork(file, choice));
  }

  private static boolean isPicture(int channels) {
    return channels == 1 || channels == 3;
  }

  /** What the model says about itself. */
  public ModelCard card() {
    return network.card();
  }

  /** Translates a file with all defaults; the ending of {@code output} chooses the format. */
  public PictureResult translate(Path input, Path output) throws IOException {
    return translate(input, output, TranslateOptions.DEFAULT, FileOptions.DEFAULT);
  }

  /**
   * Translates a file. Metadata is carried over; the result appears under its name only when it is
   * whole.
   *
   * @throws ImageRefusedException if the input cannot be read, or the format cannot hold the
   *     result, or the network needs pictures whole and this one is too large for that
   * @throws ModelException if the model cannot be loaded or run
   * @throws FileAlreadyExistsException if the output exists and may not be replaced
   * @throws IOException if the output cannot be written, or the model gives no numbers
   * @throws IllegalArgumentException if such tiles are not possible with this model
   * @throws CancellationException if {@link Progress#cancelled} said so
   */
  public PictureResult translate(
      Path input, Path output, TranslateOptions options, FileOptions files) throws IOException {
    return new Translation(options).run(input, output, files, options.progress());
  }

  /** Translates a picture with all defaults. */
  public Picture translate(Picture picture) throws IOException {
    return translate(picture, TranslateOptions.DEFAULT);
  }

  /**
   * Translates a picture; the result is held whole.
   *
   * @throws ModelException if the model cannot be loaded or run
   * @throws ImageRefusedException if the network needs pictures whole and this one is too large
   * @throws IOException if the model gives no numbers
   * @throws IllegalArgumentException if such tiles are not possible with this model
   * @throws CancellationException if {@link Progress#cancelled} said so
   */
  public Picture translate(Picture picture, TranslateOptions options) throws IOException {
    return Picture.of(rows(picture, options));
  }

  /**
   * The tiles in which a network gets a picture of this size, squeezed to what it works on: what
   * the memory depends on that it takes.
   *
   * @throws ImageRefusedException if the network needs pictures whole and this one is too large
   * @throws IllegalArgumentException if no such tiles are possible with this network
   */
  public static TileGrid tiles(ModelCard card, TranslateOptions options, int width, int height)
      throws ImageRefusedException {
    Size seen = seenSize(card.translationRule(), options, new Size(width, height));
    return tiles(card.network()).grid(options, seen.width, seen.height);
  }

  private static TranslationTiles tiles(NetworkFacts facts) {
    return new TranslationTiles(facts, WholePictures.mostPixels(), TileWorkers.COUNT);
  }

  /** The size in which the network sees a picture. */
  private static Size seenSize(TranslationRule rule, TranslateOptions options, Size own) {
    Integer fit = options.fit();
    if (fit != null) {
      return new Size(fit, fit);
    }
    Integer side = rule.workingSide();
    return side == null ? own : own.within(side);
  }

  /**
   * The translated picture, computed as its rows are read, a row of tiles at a time: what goes
   * wrong then, the rows throw.
   *
   * @throws ModelException if the model cannot be loaded
   * @throws ImageRefusedException if the network needs pictures whole and this one is too large
   * @throws IllegalArgumentException if such tiles are not possible with this model
   */
  public PictureRows rows(Picture picture, TranslateOptions options) throws IOException {
    return new Translation(options).rows(picture, options.progress());
  }

  /** What is done to a picture. */
  private final class Translation implements PictureTask {
    private final TranslateOptions options;
    private final NetworkFacts facts = card().network();

    Translation(TranslateOptions options) {
      this.options = options;
    }

    @Override
    public Outline outline(Picture picture) {
      return new Outline(picture.width(), picture.height(), layout(picture.layout().hasAlpha()));
    }

    private PixelLayout layout(boolean alpha) {
      return PixelLayout.of(facts.outputChannels() == 1, alpha);
    }

    @Override
    public ProgramMethod method(Picture picture) throws ModelException {
      Size seen = seenSize(picture);
      return network.methodFor((long) seen.width * seen.height);
    }

    @Override
    public PictureRows rows(Picture picture, ProgramMethod method, Progress progress)
        throws IOException {
      Size size = seenSize(picture);
      boolean resampled = size.width != picture.width() || size.height != picture.height();
      boolean recolored = rule.output() == Output.KEEP_LUMINANCE;
      boolean alpha = picture.layout().hasAlpha();
      // What is changed further is kept in 16 bits until then, so that it is rounded once.
      int bitDepth = resampled || recolored ? 16 : picture.bitDepth();
      Picture visible = alpha ? TransparentColors.replacedByNearest(picture) : picture;
      // What gives colours has learned from grey pictures: those of a yellowed print mislead it.
      PictureRows known = recolored ? new GreyRows(visible) : new ColorRows(visible);
      Picture seen = visible;
      if (resampled) {
        seen = reduced(known, size);
      } else if (recolored) {
        seen = Picture.of(known);
      }
      PictureRows rows = computed(seen, bitDepth, method, progress);
      if (resampled) {
        rows = new BicubicRows(rows, picture.width(), picture.height());
      }
      if (recolored) {
        rows = new LuminanceRows(rows, picture);
      }
      if (alpha) {
        rows = new AlphaRows(rows, picture);
      }
      return rows.bitDepth() == picture.bitDepth() ? rows : new EightBitRows(rows);
    }

    private Size seenSize(Picture picture) {
      return ImageTranslator.seenSize(rule, options, new Size(picture.width(), picture.height()));
    }

    private PictureRows computed(
        Picture seen, int bitDepth, ProgramMethod method, Progress progress) throws IOException {
      TileGrid grid = tiles(facts).grid(options, seen.width(), seen.height());
      TileStitcher.Shape shape =
          new TileStitcher.Shape(seen.width(), seen.height(), 1, layout(false), bitDepth);
      // Reduced, it is quickly seen mirrored as well, and the mean of both is nearer to the truth.
      SelfEnsemble ensemble =
          rule.workingSide() == null ? SelfEnsemble.NONE : SelfEnsemble.MIRRORED;
      Map<Orientation, float[]> statistics =
          grid.size() == 1 || facts.statistics() == null
              ? Map.of()
              : statistics(seen, method, ensemble);
      int atOnce = tiles(facts).atOnce(grid);
      PictureNetwork.Computation how = new PictureNetwork.Computation(method, statistics, ensemble);
      return network.rows(seen, new PictureNetwork.Run(grid, atOnce, shape, how), progress);
    }

    private Map<Orientation, float[]> statistics(
        Picture seen, ProgramMethod method, SelfEnsemble ensemble) throws IOException {
      Size own = new Size(seen.width(), seen.height());
      Size size = own.within(STATISTICS_SIDE);
      Picture whole = size.equals(own) ? seen : reduced(new ColorRows(seen), size);
      Rectangle area =
          new Rectangle(
              0, 0, tiles(facts).filledUp(whole.width()), tiles(facts).filledUp(whole.height()));
      FloatPlanes input = new NetworkInput(whole, facts.inputChannels()).read(area);
      return network.statistics(input, method, ensemble);
    }
  }

  private static Picture reduced(PictureRows rows, Size size) throws IOException {
    return Picture.of(new BicubicRows(rows, size.width, size.height));
  }

  private record Size(int width, int height) {
    /** This size, or the largest of the same shape whose longer side is no longer than that. */
    Size within(int side) {
      int longer = Math.max(width, height);
      return longer <= side ? this : new Size(scaled(width, side), scaled(height, side));
    }

    private int scaled(int length, int side) {
      return Math.max(1, Math.round((float) length * side / Math.max(width, height)));
    }
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
