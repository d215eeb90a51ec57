package org.ganvas.training.recipe;

import java.util.ArrayList;
import java.util.List;
import org.ganvas.inference.image.Picture;
import org.ganvas.training.data.Degradation;
import org.ganvas.training.data.RgbPhoto;
import org.ganvas.training.data.SampleRandom;
import org.ganvas.training.evaluation.PicturePair;

/** Pairs to judge by whose small pictures are made as those of the training. */
final class DegradedPairs {
  private DegradedPairs() {}

  /**
   * The middle square of each large picture, with a small picture that the degradation makes of it.
   *
   * @param pairs whose large pictures are taken
   * @param seed of the random choices; pair i is sample i
   */
  static List<PicturePair> of(List<PicturePair> pairs, Degradation degradation, long seed) {
    List<PicturePair> degraded = new ArrayList<>();
    for (PicturePair pair : pairs) {
      degraded.add(of(pair, degradation, new SampleRandom(seed, degraded.size())));
    }
    return degraded;
  }

  private static PicturePair of(PicturePair pair, Degradation degradation, SampleRandom random) {
    Picture low = pair.low();
    int side = Math.min(low.width(), low.height());
    int x = (low.width() - side) / 2;
    int y = (low.height() - side) / 2;
    RgbPhoto photo = RgbPhoto.of(pair.high());
    float[] small =
        degradation.small(photo, new Degradation.Place(x, y, side, pair.scale()), random);
    return new PicturePair(
        pair.name(),
        RgbPhoto.of(side, side, small).toPicture(),
        photo.square(x * pair.scale(), y * pair.scale(), side * pair.scale()).toPicture(),
        pair.scale(),
        false);
  }
}
