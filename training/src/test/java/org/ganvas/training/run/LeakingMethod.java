package org.ganvas.training.run;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import org.ganvas.training.data.Batch;
import org.ganvas.training.gan.ExportedModel;
import org.ganvas.training.gan.Part;
import org.ganvas.training.gan.TrainingMethod;

/** A sound training method made to leak, in one of the ways in which real ones have. */
final class LeakingMethod implements TrainingMethod {
  private static final Shape PICTURE = new Shape(2, 3, 16, 16);

  private final TrainingMethod sound;
  private final Leak leak;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final NDArray weight = manager.ones(PICTURE);
  private NDArray sum = manager.zeros(new Shape());

  /** What it leaves behind in each step. */
  enum Leak {
    /** One picture, which belongs to a manager that lives as long as the method. */
    TENSOR,
    /** One picture's gradient, which nobody closes. */
    GRADIENT,
    /** No tensor that Java knows of: a running sum remembers how it came about. */
    GRAPH
  }

  LeakingMethod(TrainingMethod sound, Leak leak) {
    this.sound = sound;
    this.leak = leak;
    weight.setRequiresGradient(true);
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    switch (leak) {
      case TENSOR -> manager.zeros(PICTURE);
      case GRADIENT -> {
        differentiate();
        weight.getGradient().duplicate();
      }
      case GRAPH -> remember();
    }
    return sound.step(batch, rate, step);
  }

  private void differentiate() {
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector();
        NDArray square = weight.square();
        NDArray total = square.sum()) {
      gradients.backward(total);
    }
  }

  @SuppressWarnings("try") // open while the graph is made, not asked
  private void remember() {
    try (GradientCollector gradients = Engine.getInstance().newGradientCollector();
        NDArray square = weight.square();
        NDArray exponential = square.exp();
        NDArray total = exponential.sum()) {
      NDArray longer = sum.add(total);
      sum.close();
      sum = longer;
    }
  }

  @Override
  public Map<String, Part> parts() {
    return sound.parts();
  }

  @Override
  public List<ExportedModel> exports() {
    return sound.exports();
  }

  /** The sound method is closed by whoever made it. */
  @Override
  public void close() {
    manager.close();
  }
}
