package org.ganvas.training.evaluation;

import java.io.IOException;
import java.util.stream.IntStream;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.data.PictureSet;
import org.ganvas.training.data.PictureSubset;
import org.ganvas.training.gan.LabelClassifier;

/**
 * Whether a generator obeys its labels: a classifier is trained on real pictures, nine of ten, and
 * asked what it reads in the generated ones. How well it reads the tenth says how far it can be
 * trusted.
 *
 * @param classifier trained
 * @param accuracy the share of held-out real pictures that it reads as their label, 0 to 1
 */
public record LabelCheck(LabelClassifier classifier, double accuracy) implements AutoCloseable {
  private static final int BATCH = 100;
  private static final int STEPS = 1200;
  private static final int ONE_OF = 10;
  private static final int MOST_HELD_OUT = 5000;

  /**
   * Trains the classifier, about half a minute for digits of 32 pixels.
   *
   * @param real at least 20 pictures with labels
   * @param side of the squares that are compared, a multiple of 8
   * @param channels 1 or 3
   * @throws IllegalArgumentException if there are too few pictures or labels
   * @throws IOException if a picture's file cannot be read
   */
  public static LabelCheck train(PictureSet real, int side, int channels) throws IOException {
    if (real.size() < 2 * ONE_OF) {
      throw new IllegalArgumentException(
          "a check of labels needs at least %d real pictures, found %d"
              .formatted(2 * ONE_OF, real.size()));
    }
    LabelledPictures.Settings settings =
        new LabelledPictures.Settings(side, channels, false, BATCH, 1);
    LabelledPictures seen = new LabelledPictures(part(real, false), settings);
    LabelledPictures heldOut = new LabelledPictures(heldOut(real), settings);
    LabelClassifier classifier = LabelClassifier.train(seen, STEPS, 1);
    Batch questions = heldOut.inOrder(0, heldOut.size());
    return new LabelCheck(classifier, classifier.accuracy(questions));
  }

  /** Of many every so-manieth: where a set is sorted by label, the first have not all labels. */
  static PictureSet heldOut(PictureSet real) {
    return PictureSubset.spread(part(real, true), MOST_HELD_OUT);
  }

  private static PictureSet part(PictureSet real, boolean heldOut) {
    int[] numbers =
        IntStream.range(0, real.size()).filter(i -> (i % ONE_OF == 0) == heldOut).toArray();
    return new PictureSubset(real, numbers);
  }

  /**
   * The share of generated pictures that are read as the label that they were made for.
   *
   * @param generated as {@link GeneratedPictures} gives them, in the order of the classifier's
   *     labels
   * @return 0 to 1
   */
  public double obeyed(Batch generated) {
    return classifier.accuracy(generated);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
