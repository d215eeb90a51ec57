package org.ganvas.training.gan;

import static org.ganvas.training.plan.SettingRule.require;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Random changes of every picture that a discriminator is shown, real and generated alike, so that
 * it cannot know a few thousand real ones by heart (Zhao et al. 2020, "Differentiable augmentation
 * for data-efficient GAN training", section 3). Gradients go through them, so the generator does
 * not learn to make changed pictures.
 *
 * @param color how much brightness, saturation and contrast change: 0 for not at all, 1 as in the
 *     paper, by up to 0.25 of the range, to 0 to 2 times and to 0.5 to 1.5 times of what they were
 * @param shift share of the sides by which a picture is moved at most, each way; 0.125 in the
 *     paper, where zeros come in from beyond a border and here the picture's mirror image
 * @param cutout share of the sides that a square of grey has that hides what is there; 0.5 in the
 *     paper
 */
public record Augmentation(double color, double shift, double cutout) {
  /** What a cutout shows. */
  private static final float GREY = 0.5f;

  public Augmentation {
    require(color >= 0 && color <= 1, "settings.augmentation.color is 0 to 1", color);
    require(shift >= 0 && shift <= 0.5, "settings.augmentation.shift is 0 to 0.5", shift);
    require(cutout >= 0 && cutout < 1, "settings.augmentation.cutout is 0 to below 1", cutout);
  }

  /** A change of each place in a batch, whichever pictures are there. */
  @FunctionalInterface
  interface Change {
    /**
     * Changes pictures.
     *
     * @param pictures (N, C, H, W), 0 to 1
     * @return of the same shape; beyond 0 to 1 where the colours change
     */
    NDArray of(NDArray pictures);

    /** This one, and then the other. */
    default Change then(Change next) {
      return pictures -> next.of(of(pictures));
    }
  }

  /**
   * Draws a change of a batch.
   *
   * @param random the same numbers give the same change
   * @param shape (N, C, H, W)
   * @param scope what is needed for it is made under this
   */
  Change draw(SplittableRandom random, Shape shape, NDManager scope) {
    Change change = pictures -> pictures;
    if (color > 0) {
      change = colors(random, shape, scope);
    }
    if (shift > 0) {
      change = change.then(shifts(random, shape, scope));
    }
    if (cutout > 0) {
      change = change.then(cutouts(random, shape, scope));
    }
    return change;
  }

  private Change colors(SplittableRandom random, Shape shape, NDManager scope) {
    NDArray brightness = numbers(random, shape, 0.25, scope);
    NDArray saturation = numbers(random, shape, 1, scope);
    NDArray contrast = numbers(random, shape, 0.5, scope);
    return pictures -> {
      NDArray bright = pictures.add(brightness);
      NDArray greys = mean(bright, 1);
      NDArray saturated = bright.add(bright.sub(greys).mul(saturation));
      NDArray means = mean(mean(mean(saturated, 1), 2), 3);
      return saturated.add(saturated.sub(means).mul(contrast));
    };
  }

  private static NDArray mean(NDArray x, int axis) {
    return x.mean(new int[] {axis}, true);
  }

  /** (N, 1, 1, 1), each from {@code -limit} to {@code limit} times {@link #color}. */
  private NDArray numbers(SplittableRandom random, Shape shape, double limit, NDManager scope) {
    float[] numbers = new float[side(shape, 0)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (color * limit * (2 * random.nextDouble() - 1));
    }
    return scope.create(numbers, new Shape(numbers.length, 1, 1, 1));
  }

  /** Products with matrices, for DJL has no other way to move each picture that can be derived. */
  private Change shifts(SplittableRandom random, Shape shape, NDManager scope) {
    NDArray rows = shifts(random, shape, side(shape, 2), scope);
    NDArray columns = shifts(random, shape, side(shape, 3), scope).swapAxes(2, 3);
    return pictures -> rows.matMul(pictures).matMul(columns);
  }

  /** (N, 1, side, side): row y of a product is row y + d of what is moved, mirrored beyond it. */
  private NDArray shifts(SplittableRandom random, Shape shape, int side, NDManager scope) {
    int count = side(shape, 0);
    int limit = (int) Math.round(shift * side);
    float[] matrices = new float[count * side * side];
    for (int i = 0; i < count; i++) {
      int d = random.nextInt(-limit, limit + 1);
      for (int y = 0; y < side; y++) {
        matrices[(i * side + y) * side + mirrored(y + d, side)] = 1;
      }
    }
    return scope.create(matrices, new Shape(count, 1, side, side));
  }

  /** The border itself is not repeated. */
  private static int mirrored(int place, int side) {
    int inside = Math.abs(place);
    return inside < side ? inside : 2 * (side - 1) - inside;
  }

  private Change cutouts(SplittableRandom random, Shape shape, NDManager scope) {
    NDArray kept = kept(random, shape, scope);
    NDArray grey = scope.create(GREY);
    return pictures -> pictures.sub(grey).mul(kept).add(grey);
  }

  /**
   * (N, 1, H, W): 0 where a square hides the picture, whose middle may lie on the border, else 1.
   */
  private NDArray kept(SplittableRandom random, Shape shape, NDManager scope) {
    int count = side(shape, 0);
    int height = side(shape, 2);
    int width = side(shape, 3);
    int rows = (int) Math.round(cutout * height);
    int columns = (int) Math.round(cutout * width);
    float[] kept = new float[count * height * width];
    Arrays.fill(kept, 1);
    for (int i = 0; i < count; i++) {
      int top = random.nextInt(height + 1) - rows / 2;
      int left = random.nextInt(width + 1) - columns / 2;
      int from = Math.max(0, left);
      int to = Math.min(width, left + columns);
      for (int y = Math.max(0, top); y < Math.min(height, top + rows); y++) {
        int row = (i * height + y) * width;
        Arrays.fill(kept, row + from, row + to, 0);
      }
    }
    return scope.create(kept, new Shape(count, 1, height, width));
  }

  private static int side(Shape shape, int dimension) {
    return Math.toIntExact(shape.get(dimension));
  }
}
