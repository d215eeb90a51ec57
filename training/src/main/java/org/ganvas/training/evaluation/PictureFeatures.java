package org.ganvas.training.evaluation;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.network.FeatureNetwork;
import org.ganvas.training.network.FeatureWeights;

/**
 * What a network that was trained to classify sees in a picture: the mean of each channel of its
 * last layer, as {@link org.ganvas.training.metric.PrecisionRecall} and {@link
 * org.ganvas.training.metric.KernelDistance} compare sets by.
 */
public final class PictureFeatures implements AutoCloseable {
  /** Smaller pictures are enlarged to this side, for such networks were trained on larger ones. */
  private static final int SMALLEST_SIDE = 64;

  /** Pictures that are looked at together. */
  private static final int AT_ONCE = 50;

  private final FeatureNetwork network;

  private PictureFeatures(FeatureNetwork network) {
    this.network = network;
  }

  /**
   * Reads the network.
   *
   * @param weights of VGG19, VGG16, AlexNet or SqueezeNet, as torchvision publishes them
   * @throws IOException if the file cannot be read or is of another network
   */
  public static PictureFeatures open(Path weights) throws IOException {
    FeatureWeights read = FeatureWeights.read(weights);
    List<String> layers = read.architecture().lossLayers();
    List<String> last = layers.subList(layers.size() - 1, layers.size());
    return new PictureFeatures(FeatureNetwork.load(read, last, Device.cpu()));
  }

  /** Such as {@code SqueezeNet}. */
  public String network() {
    return network.architecture().title();
  }

  /**
   * The features of pictures.
   *
   * @param pictures (N, C, H, W) of C 1 or 3, 0 to 1
   * @return N feature vectors
   */
  public float[][] of(Batch.Tensor pictures) {
    int count = side(pictures, 0);
    float[][] features = new float[count][];
    for (int from = 0; from < count; from += AT_ONCE) {
      look(pictures, features, from, Math.min(count, from + AT_ONCE));
    }
    return features;
  }

  private void look(Batch.Tensor pictures, float[][] features, int from, int to) {
    int height = Math.max(SMALLEST_SIDE, side(pictures, 2));
    int width = Math.max(SMALLEST_SIDE, side(pictures, 3));
    float[] values = new float[(to - from) * 3 * height * width];
    for (int i = 0; i < (to - from) * 3; i++) {
      float[] plane = plane(pictures, from + i / 3, i % 3, width, height);
      System.arraycopy(plane, 0, values, i * plane.length, plane.length);
    }
    ProgramMethod method =
        new ProgramMethod(Precision.FLOAT32, network.architecture().fastLayout());
    try (NDManager scope = network.newScope()) {
      NDArray batch = scope.create(values, new Shape(to - from, 3, height, width));
      NDArray maps = network.features(batch, method, false).singletonOrThrow();
      int length = Math.toIntExact(maps.getShape().get(1));
      // DJL takes the mean over one dimension only.
      float[] means = maps.reshape(to - from, length, -1).mean(new int[] {2}).toFloatArray();
      for (int i = from; i < to; i++) {
        features[i] = new float[length];
        System.arraycopy(means, (i - from) * length, features[i], 0, length);
      }
    }
  }

  private static float[] plane(
      Batch.Tensor pictures, int picture, int channel, int width, int height) {
    int channels = side(pictures, 1);
    int length = side(pictures, 2) * side(pictures, 3);
    float[] plane = new float[length];
    int from = (picture * channels + Math.min(channel, channels - 1)) * length;
    System.arraycopy(pictures.values(), from, plane, 0, length);
    boolean large = width == side(pictures, 3) && height == side(pictures, 2);
    return large
        ? plane
        : Bicubic.resize(plane, side(pictures, 3), side(pictures, 2), width, height);
  }

  private static int side(Batch.Tensor tensor, int dimension) {
    return Math.toIntExact(tensor.shape().get(dimension));
  }

  @Override
  public void close() {
    network.close();
  }
}
