package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A history of generated pictures (Zhu et al. 2017, CycleGAN, section 4, after Shrivastava et al.
 * 2017): the discriminator is shown older ones half of the time, so that it does not forget what
 * the generator did before, and the two do not chase each other in circles.
 */
public final class ImagePool implements Part {
  private final NDManager manager;
  private final NDArray pictures;
  private final int size;
  private final long seed;
  private final LiveNumber asked = new LiveNumber();

  /**
   * @param size pictures that are kept, 50 in the paper; 0 for none
   * @param picture (C, H, W)
   * @param seed of the random choices
   * @param parent manager on the device
   */
  public ImagePool(int size, Shape picture, long seed, NDManager parent) {
    this.manager = parent.newSubManager();
    this.size = size;
    this.seed = seed;
    this.pictures = manager.zeros(new Shape(Math.max(1, size)).addAll(picture));
  }

  /**
   * Takes pictures in, and gives as many: while there is room the same ones, afterwards each one or
   * an older one, which it replaces, with equal chances.
   *
   * @param generated (N, C, H, W)
   * @return of the same shape, with the manager of {@code generated}; a constant
   */
  public NDArray exchange(NDArray generated) {
    // Or else the pool would remember how each picture came about.
    NDArray constant = generated.stopGradient();
    if (size == 0) {
      return constant;
    }
    NDList shown = new NDList();
    for (long i = 0; i < constant.getShape().get(0); i++) {
      shown.add(exchangeOne(constant.get(i)));
    }
    return NDArrays.stack(shown);
  }

  private NDArray exchangeOne(NDArray picture) {
    long number = asked.increment() - 1;
    if (number < size) {
      pictures.set(new NDIndex("{}", number), picture);
      return picture;
    }
    // The choice is a function of the seed and the picture's number, so a resumed run repeats it.
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    if (random.nextBoolean()) {
      return picture;
    }
    NDIndex place = new NDIndex("{}", random.nextInt(size));
    NDArray older;
    try (NDArray kept = pictures.get(place)) {
      older = kept.duplicate();
    }
    older.attach(picture.getManager());
    pictures.set(place, picture);
    return older;
  }

  @Override
  public Map<String, NDArray> tensors(String name) {
    return Map.of(name + "-pool/pictures", pictures);
  }

  @Override
  public Map<String, LiveNumber> numbers(String name) {
    return Map.of(name + "-pool/asked", asked);
  }

  @Override
  public void close() {
    manager.close();
  }
}
