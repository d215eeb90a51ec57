package org.ganvas.training.gan;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.List;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.network.PictureClassifier;
import org.ganvas.training.script.Program;

/**
 * Reads the labels of pictures, so that it can be seen whether a generator obeys them. Trained by
 * the cross-entropy of its answers, in float32 on the processor.
 */
public final class LabelClassifier implements AutoCloseable {
  private static final ResumableAdam.Betas BETAS = new ResumableAdam.Betas(0.9f, 0.999f);
  private static final double LEARNING_RATE = 2e-3;

  /** Pictures that are read at a time. */
  private static final int AT_ONCE = 500;

  private final LoadedNetwork network;
  private final List<String> labels;

  private LabelClassifier(LoadedNetwork network, List<String> labels) {
    this.network = network;
    this.labels = List.copyOf(labels);
  }

  /**
   * Trains a classifier; the learning rate falls linearly to zero.
   *
   * @param pictures squares with labels, of a side that is a multiple of 8
   * @param steps batches to train on; with batches of 100, 1200 make two rounds through MNIST
   * @param seed of the first weights
   * @throws IOException if a picture's file cannot be read
   * @throws IllegalArgumentException if there are fewer than 2 labels
   */
  public static LabelClassifier train(LabelledPictures pictures, int steps, long seed)
      throws IOException {
    List<Long> shape = pictures.batch(0).tensor(LabelledPictures.REAL).shape();
    PictureClassifier architecture =
        new PictureClassifier(
            Math.toIntExact(shape.get(3)), Math.toIntExact(shape.get(1)), pictures.labels().size());
    Program program = architecture.program();
    LoadedNetwork network = LoadedNetwork.load(program, program.initialize(seed), Device.cpu());
    LabelClassifier classifier = new LabelClassifier(network, pictures.labels());
    boolean trained = false;
    try (ResumableAdam adam = new ResumableAdam(network.weights(), BETAS, network.manager())) {
      for (int step = 0; step < steps; step++) {
        double left = 1 - (double) step / steps;
        classifier.step(pictures.batch(step), adam, LEARNING_RATE * left);
      }
      trained = true;
    } finally {
      if (!trained) {
        network.close();
      }
    }
    return classifier;
  }

  private void step(Batch batch, ResumableAdam adam, double learningRate) {
    try (NDManager scope = network.manager().newSubManager()) {
      NDArray pictures = array(scope, batch.tensor(LabelledPictures.REAL));
      NDArray wanted = array(scope, batch.tensor(LabelledPictures.LABEL));
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray logits =
            network.forward(pictures, ProgramMethod.PLAIN, true).reshape(wanted.getShape());
        NDArray crossEntropy = logits.logSoftmax(1).mul(wanted).sum(new int[] {1}).mean().neg();
        gradients.backward(crossEntropy);
      }
      adam.update(learningRate);
    }
  }

  private static NDArray array(NDManager scope, Batch.Tensor tensor) {
    return scope.create(tensor.values(), new Shape(tensor.shape()));
  }

  /** The names of the labels. */
  public List<String> labels() {
    return labels;
  }

  /**
   * Reads pictures.
   *
   * @param pictures (N, channels, side, side), 0 to 1, as it was trained on
   * @return N numbers of labels
   */
  public int[] read(Batch.Tensor pictures) {
    int count = Math.toIntExact(pictures.shape().get(0));
    int[] read = new int[count];
    for (int from = 0; from < count; from += AT_ONCE) {
      read(pictures, read, from, Math.min(count, from + AT_ONCE));
    }
    return read;
  }

  private void read(Batch.Tensor pictures, int[] read, int from, int to) {
    try (NDManager scope = network.manager().newSubManager()) {
      long[] sides = pictures.shape().stream().mapToLong(Long::longValue).toArray();
      sides[0] = (long) to - from;
      Shape shape = new Shape(sides);
      int length = Math.toIntExact(shape.size() / sides[0]);
      float[] part = new float[Math.toIntExact(shape.size())];
      System.arraycopy(pictures.values(), from * length, part, 0, part.length);
      NDArray logits = network.forward(scope.create(part, shape), ProgramMethod.PLAIN, false);
      long[] best = logits.reshape(sides[0], labels.size()).argMax(1).toLongArray();
      for (int i = 0; i < best.length; i++) {
        read[from + i] = (int) best[i];
      }
    }
  }

  /**
   * The share of pictures that are read as their label.
   *
   * @param labelled with the tensors of {@link LabelledPictures}
   * @return 0 to 1
   */
  public double accuracy(Batch labelled) {
    int[] read = read(labelled.tensor(LabelledPictures.REAL));
    float[] wanted = labelled.tensor(LabelledPictures.LABEL).values();
    int right = 0;
    for (int i = 0; i < read.length; i++) {
      right += wanted[i * labels.size() + read[i]] == 1 ? 1 : 0;
    }
    return (double) right / read.length;
  }

  @Override
  public void close() {
    network.close();
  }
}
