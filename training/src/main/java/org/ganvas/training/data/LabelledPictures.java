package org.ganvas.training.data;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ganvas.training.data.PhotoFolder.Skipped;

/**
 * Squares of pictures of one kind, as DCGAN takes them (Radford et al. 2016), with their labels.
 * Each picture's shorter side is resized to the side of the square, which is its middle. Sample i
 * is a pure function of the files, the settings, the seed and i.
 *
 * <p>A batch has the tensor {@link #REAL} (N, C, side, side), 0 to 1 in steps of 1/255, and if
 * there are labels, {@link #LABEL} (N, labels): 1 for the picture's label, 0 for the others.
 * Thread-safe.
 */
public final class LabelledPictures implements BatchSource {
  /** Name of the tensor of the pictures. */
  public static final String REAL = "real";

  /** Name of the tensor of their labels. */
  public static final String LABEL = "label";

  /**
   * What is cut out.
   *
   * @param side of a picture in pixels, such as 32, 64 or 128
   * @param channels 3 for RGB, or 1 for grey (BT.601's luma)
   * @param mirror whether half of the pictures, chosen at random, are mirrored left to right
   * @param batchSize pictures per batch, at least 1
   * @param seed of the random choices
   */
  public record Settings(int side, int channels, boolean mirror, int batchSize, long seed) {
    public Settings {
      if (side < 1 || batchSize < 1) {
        throw new IllegalArgumentException(
            "side and batch size are at least 1, found %d and %d".formatted(side, batchSize));
      }
      if (channels != 1 && channels != 3) {
        throw new IllegalArgumentException("pictures have 1 or 3 channels, found " + channels);
      }
    }
  }

  private record Labelled(RgbPhoto picture, int label) {}

  private final PictureSet pictures;
  private final Settings settings;
  private final Framing framing;
  private final RandomDraw<Integer, Labelled> draw;

  /** Squares of these pictures. */
  public LabelledPictures(PictureSet pictures, Settings settings) {
    this.pictures = pictures;
    this.settings = settings;
    this.framing = new Framing(settings.side, settings.side, settings.mirror);
    this.draw =
        new RandomDraw<>(
            IntStream.range(0, pictures.size()).boxed().toList(),
            index -> 1,
            index -> new Labelled(pictures.picture(index), pictures.label(index)),
            pictures::file);
  }

  /** The names of the labels, in the order of the tensor {@link #LABEL}; may be empty. */
  public List<String> labels() {
    return pictures.labels();
  }

  /**
   * The samples {@code step * batchSize} to {@code (step + 1) * batchSize - 1}.
   *
   * @throws IOException if a file can no longer be read, or none can be decoded
   */
  @Override
  public Batch batch(long step) throws IOException {
    int count = settings.batchSize;
    float[] real = new float[count * length()];
    float[] labels = new float[count * labels().size()];
    for (int i = 0; i < count; i++) {
      SampleRandom random = new SampleRandom(settings.seed, step * count + i);
      Labelled drawn = draw.next(random);
      RgbPhoto sized = framing.sized(drawn.picture);
      boolean mirrored = random.below(2) == 1 && settings.mirror;
      write(mirrored ? middle(sized).mirrored() : middle(sized), real, i * length());
      mark(drawn.label, labels, i);
    }
    return batch(count, real, labels);
  }

  /**
   * Pictures in their order, not mirrored: for measuring.
   *
   * @param from the number of the first
   * @param to the number after the last
   * @throws IOException if one cannot be read
   */
  public Batch inOrder(int from, int to) throws IOException {
    float[] real = new float[(to - from) * length()];
    float[] labels = new float[(to - from) * labels().size()];
    for (int i = 0; i < to - from; i++) {
      write(middle(framing.sized(pictures.picture(from + i))), real, i * length());
      mark(pictures.label(from + i), labels, i);
    }
    return batch(to - from, real, labels);
  }

  /** How many pictures there are. */
  public int size() {
    return pictures.size();
  }

  private int length() {
    return settings.channels * settings.side * settings.side;
  }

  private RgbPhoto middle(RgbPhoto sized) {
    int side = settings.side;
    return sized.square((sized.width() - side) / 2, (sized.height() - side) / 2, side);
  }

  private void write(RgbPhoto picture, float[] target, int offset) {
    if (settings.channels == 3) {
      picture.toPlanes(target, offset);
    } else {
      picture.toLuma(target, offset);
    }
  }

  private void mark(int label, float[] labels, int sample) {
    if (!labels().isEmpty()) {
      labels[sample * labels().size() + label] = 1;
    }
  }

  private Batch batch(int count, float[] real, float[] labels) {
    Map<String, Batch.Tensor> tensors = new HashMap<>();
    int side = settings.side;
    tensors.put(REAL, Batch.Tensor.of(real, count, settings.channels, side, side));
    if (!labels().isEmpty()) {
      tensors.put(LABEL, Batch.Tensor.of(labels, count, labels().size()));
    }
    return new Batch(tensors);
  }

  /** The pictures that could not be decoded so far although their headers are sound. */
  @Override
  public List<Skipped> undecodable() {
    return draw.unreadable();
  }
}
