package org.ganvas.training.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.TorchDevice;
import org.ganvas.training.data.UnreadablePhotoException;
import org.ganvas.training.metric.Brisque;
import org.ganvas.training.metric.PerceptualDistance;
import org.jspecify.annotations.Nullable;

/**
 * Measures results by all figures that there are, without {@code scale} pixels at each border.
 *
 * @param distance null if there are no weights for it; closed with this
 * @param brisque null if OpenCV lacks its model on this system; closed with this
 */
public record Judge(@Nullable PerceptualDistance distance, @Nullable Brisque brisque)
    implements AutoCloseable {

  /**
   * A judge by what there is.
   *
   * @param features weights of a feature network; null for no perceptual distance
   * @param linear the weights per channel that belong to it
   * @param warnings takes a sentence if a figure can't be measured here
   * @throws IOException if a file cannot be read, or the two don't belong together
   */
  public static Judge open(
      @Nullable Path features,
      @Nullable Path linear,
      DeviceChoice device,
      Consumer<String> warnings)
      throws IOException {
    Brisque brisque = null;
    try {
      brisque = Brisque.open();
    } catch (IOException e) {
      warnings.accept(String.valueOf(e.getMessage()));
    }
    PerceptualDistance distance =
        features == null || linear == null
            ? null
            : PerceptualDistance.open(features, linear, TorchDevice.of(device));
    return new Judge(distance, brisque);
  }

  /** What the distance is called; null if it is not measured. */
  public @Nullable String distanceName() {
    return distance == null ? null : distance.name();
  }

  /**
   * Makes sure that a pair can be measured.
   *
   * @throws UnreadablePhotoException if it is too small
   */
  public void check(PicturePair pair) throws UnreadablePhotoException {
    int side = Math.min(pair.high().width(), pair.high().height());
    if (distance != null && side - 2 * pair.scale() < distance.smallestSide()) {
      throw new UnreadablePhotoException(
          "for the %s a picture must have at least %d pixels per side, found %dx%d"
              .formatted(
                  distance.name(),
                  distance.smallestSide() + 2 * pair.scale(),
                  pair.high().width(),
                  pair.high().height()));
    }
  }

  /**
   * How good a result is.
   *
   * @param result of the size of the pair's large picture
   * @param seconds that it took
   */
  public Quality judge(PicturePair pair, Picture result, double seconds) {
    return new Quality(
        pair.score(result, seconds),
        distance == null ? null : distance.of(result, pair.high(), pair.scale()),
        brisque == null ? null : brisque.of(result, pair.scale()));
  }

  @Override
  public void close() {
    if (distance != null) {
      distance.close();
    }
    if (brisque != null) {
      brisque.close();
    }
  }
}
