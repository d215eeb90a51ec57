package org.ganvas.inference.task;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.LatentSpace;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelCatalogue;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.inference.model.Task;

/**
 * Makes pictures of noise, or of noise and a label, with a generator.
 *
 * <pre>{@code
 * try (ImageSampler sampler = ImageSampler.open("digits")) {
 *   SampleGrid grid = SampleGrid.ofSeeds(sampler.latentSpace(), List.of("3"), 7, 64);
 *   Picture all = PictureGrid.of(sampler.sample(grid, Progress.NONE), grid.columns());
 * }
 * }</pre>
 *
 * <p>A seed gives the same latent vector everywhere ({@link Latent#ofSeed}), and the same picture
 * however many are made with it. The network computes in float32 unless told otherwise; on another
 * kind of processor its last bits may differ, which changes a sample by a step of 255 at the most.
 *
 * <p>Thread-safe. The model is loaded in the background from the moment of opening; the first
 * pictures wait for it.
 *
 * <p>What a program should know that embeds it stands at {@link org.ganvas.inference.task its
 * package}.
 */
public final class ImageSampler implements AutoCloseable {
  /** Always so many at once, whatever is asked for: libtorch computes other numbers otherwise. */
  private static final int BATCH = 16;

  private final ModelCard card;
  private final LatentSpace space;
  private final LoadingModel model;

  private ImageSampler(ModelCard card, LatentSpace space, LoadingModel model) {
    this.card = card;
    this.space = space;
    this.model = model;
  }

  /**
   * Opens a model of the standard catalogue.
   *
   * @param nameOrPath a name such as {@code digits}, or the path of a {@code .pt} file
   * @throws ModelException if it is unknown, damaged, or not for generation
   */
  public static ImageSampler open(String nameOrPath) throws ModelException {
    return open(ModelCatalogue.standard().find(nameOrPath), ComputeChoice.AUTO);
  }

  /**
   * Opens a model.
   *
   * @param choice without a precision: float32
   * @throws ModelException if it is not for generation, or its card says not what of
   */
  public static ImageSampler open(ModelFile file, ComputeChoice choice) throws ModelException {
    PictureNetwork.requireTask(file, Task.GENERATION);
    LatentSpace space = file.card().latent();
    int inputs = file.card().network().inputChannels();
    if (space == null || space.channels() != inputs) {
      throw new ModelException(
          ModelException.Reason.UNSUITABLE,
          "%s: a generator's card tells its latent space, of as many numbers and labels as the network has inputs, found %s for %d; export it again"
              .formatted(file.path(), space, inputs));
    }
    Precision precision = Objects.requireNonNullElse(choice.precision(), Precision.FLOAT32);
    ComputeChoice exact = new ComputeChoice(choice.device(), precision);
    return new ImageSampler(file.card(), space, LoadingModel.start(file, exact));
  }

  /** What the model says about itself. */
  public ModelCard card() {
    return card;
  }

  /** What the model makes pictures of. */
  public LatentSpace latentSpace() {
    return space;
  }

  /**
   * How the model computes.
   *
   * @throws ModelException if it cannot be loaded
   */
  public ProgramMethod method() throws ModelException {
    return model.get().methodFor(0);
  }

  /**
   * Makes pictures.
   *
   * @param progress is told how many of the batches of pictures are done
   * @return a picture for each sample of the grid, in its order; grey or RGB in 8 bits, all of the
   *     same size
   * @throws ModelException if the model cannot be loaded or run
   * @throws IOException if the model gives no numbers
   * @throws IllegalArgumentException if a sample is of another latent space, or its label is none
   *     of the model's
   * @throws CancellationException if {@link Progress#cancelled} said so
   */
  public List<Picture> sample(SampleGrid grid, Progress progress) throws IOException {
    List<float[]> vectors = grid.samples().stream().map(this::vector).toList();
    GeneratorModel generator = model.get();
    ProgramMethod method = method();
    TileCount count = new TileCount(progress, (vectors.size() - 1) / BATCH + 1);
    List<Picture> pictures = new ArrayList<>();
    for (int from = 0; from < vectors.size(); from += BATCH) {
      count.begin();
      List<float[]> wanted = vectors.subList(from, Math.min(from + BATCH, vectors.size()));
      for (FloatPlanes planes :
          generator.generate(filledUp(wanted), method).subList(0, wanted.size())) {
        pictures.add(picture(planes));
      }
      count.end();
    }
    return pictures;
  }

  private List<float[]> filledUp(List<float[]> vectors) {
    List<float[]> batch = new ArrayList<>(vectors);
    while (batch.size() < BATCH) {
      batch.add(new float[space.channels()]);
    }
    return batch;
  }

  /** The latent vector, then a channel for each label. */
  private float[] vector(Sample sample) {
    if (sample.latent().values().length != space.size()) {
      throw new IllegalArgumentException(
          "this model makes pictures of %d numbers, found %d"
              .formatted(space.size(), sample.latent().values().length));
    }
    float[] vector = Arrays.copyOf(sample.latent().values(), space.channels());
    int label = sample.label() == null ? -1 : space.labels().indexOf(sample.label());
    if (label < 0 != space.labels().isEmpty()) {
      throw new IllegalArgumentException(
          "this model makes pictures of the labels %s, found %s"
              .formatted(space.labels(), sample.label()));
    }
    if (label >= 0) {
      vector[space.size() + label] = 1;
    }
    return vector;
  }

  private static Picture picture(FloatPlanes planes) throws IOException {
    int channels = planes.channels();
    int pixels = planes.width() * planes.height();
    if (channels != 1 && channels != 3) {
      throw new IOException(
          "the model must give 1 or 3 planes, found %d; its card does not describe it"
              .formatted(channels));
    }
    short[] samples = new short[channels * pixels];
    for (int i = 0; i < samples.length; i++) {
      float value = planes.values()[i % channels * pixels + i / channels];
      if (Float.isNaN(value)) {
        throw new IOException("the model must give numbers, found NaN; try --precision float32");
      }
      samples[i] = (short) (int) (Math.max(0, Math.min(value, 1)) * 255 + 0.5f);
    }
    PixelLayout layout = PixelLayout.of(channels == 1, false);
    return new Picture(planes.width(), planes.height(), layout, 8, samples);
  }

  /**
   * Waits until the model is loaded, and frees it; to ask for pictures after that is an {@link
   * IllegalStateException}.
   */
  @Override
  public void close() {
    model.close();
  }
}
