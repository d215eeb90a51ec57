package org.ganvas.training.recipe;

import java.io.IOException;
import java.util.function.Consumer;
import org.ganvas.training.data.BatchSource;
import org.ganvas.training.data.LowResolutionPairs;
import org.ganvas.training.data.PhotoCache;
import org.ganvas.training.data.PhotoFolder;
import org.ganvas.training.data.UnsharpMask;
import org.ganvas.training.plan.TrainingPlan;

/**
 * The crops that super-resolution is trained on.
 *
 * @param scale large pixels per small pixel along one side
 * @param crop side of a small crop in pixels
 * @param shrinkAbove photos with a longer side than this are halved first
 * @param degradation how the small crops are made
 * @param sharpening of the large ones
 */
record PhotoCrops(
    int scale, int crop, int shrinkAbove, DegradationSettings degradation, UnsharpMask sharpening) {

  /**
   * Checks that the plan names folders.
   *
   * @throws IllegalArgumentException if it does not
   */
  static void requireFolders(TrainingPlan plan) {
    if (plan.data().folders().isEmpty()) {
      throw new IllegalArgumentException(
          "training needs folders of photos, found none; give --data DIR");
    }
  }

  /**
   * Finds the photos of the plan's folders.
   *
   * @throws IOException if none can be used
   */
  BatchSource open(TrainingPlan plan, Consumer<String> reader) throws IOException {
    PhotoFolder photos = new Scanned(reader).photos(plan.data().paths(), crop * scale, shrinkAbove);
    return new LowResolutionPairs(
        photos.photos(),
        PhotoCache.ofHalfTheHeap(),
        new LowResolutionPairs.Settings(scale, crop, plan.data().batch(), plan.seed()),
        degradation.create(),
        sharpening);
  }
}
