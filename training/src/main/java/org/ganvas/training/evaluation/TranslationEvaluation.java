package org.ganvas.training.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.PairedPhotos;
import org.ganvas.training.metric.ColorFidelity;
import org.ganvas.training.metric.PerceptualDistance;

/**
 * Held-out pairs to judge a translation by, and what it has to beat: to change nothing, and to
 * change all colours by one map.
 *
 * @param inputs RGB, 8 bits, at least one
 * @param targets what should become of each, of the same size
 */
public record TranslationEvaluation(List<Picture> inputs, List<Picture> targets) {
  public TranslationEvaluation {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
  }

  /**
   * The first samples of a source.
   *
   * @param count how many
   * @throws IOException if a file cannot be read
   */
  public static TranslationEvaluation on(PairedPhotos pairs, int count) throws IOException {
    List<Picture> inputs = new ArrayList<>();
    List<Picture> targets = new ArrayList<>();
    for (int step = 0; inputs.size() < count; step++) {
      Batch batch = pairs.batch(step);
      inputs.addAll(pictures(batch.tensor(PairedPhotos.INPUT)));
      targets.addAll(pictures(batch.tensor(PairedPhotos.TARGET)));
    }
    return new TranslationEvaluation(inputs.subList(0, count), targets.subList(0, count));
  }

  /**
   * The pictures of a tensor.
   *
   * @param tensor (N, 3, H, W), 0 to 1, H and W equal
   * @return N pictures, RGB, 8 bits
   */
  public static List<Picture> pictures(Batch.Tensor tensor) {
    List<Picture> pictures = new ArrayList<>();
    int side = Math.toIntExact(tensor.shape().get(3));
    int area = side * side;
    for (int i = 0; i < tensor.shape().get(0); i++) {
      short[] samples = new short[3 * area];
      for (int j = 0; j < samples.length; j++) {
        samples[j] = (short) Math.round(255 * tensor.values()[(i * 3 + j % 3) * area + j / 3]);
      }
      pictures.add(new Picture(side, side, PixelLayout.RGB, 8, samples));
    }
    return pictures;
  }

  /** The mean fidelity of a translation, which keeps the size. */
  public ColorFidelity evaluate(UnaryOperator<Picture> translation) {
    return fidelity(inputs.stream().map(translation).toList());
  }

  /**
   * The mean fidelity of results.
   *
   * @param results what became of each input, of the same size
   */
  public ColorFidelity fidelity(List<Picture> results) {
    List<ColorFidelity> figures = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      figures.add(ColorFidelity.of(results.get(i), targets.get(i)));
    }
    return ColorFidelity.mean(figures);
  }

  /** The mean perceptual distance of results, 0 if they are the targets. */
  public double distance(List<Picture> results, PerceptualDistance distance) {
    double sum = 0;
    for (int i = 0; i < results.size(); i++) {
      sum += distance.of(results.get(i), targets.get(i), 0);
    }
    return sum / results.size();
  }

  /** The mean fidelity of the inputs as they are. */
  public ColorFidelity unchanged() {
    return fidelity(inputs);
  }

  /** The inputs with their colours matched to those of the targets, of these very pictures. */
  public List<Picture> colorMatched() {
    return inputs.stream().map(ColorMatch.between(inputs, targets)::apply).toList();
  }
}
