package org.ganvas.training.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ganvas.training.data.Batch;
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.plan.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * DCGAN (Radford et al. 2016) and its family: a generator learns to make pictures out of noise that
 * a discriminator takes for real ones. If the pictures have labels, both networks are told them
 * (Mirza and Osindero 2014, "Conditional generative adversarial nets", section 3.2); the generated
 * pictures of a batch have those of its real ones.
 */
public final class Dcgan implements TrainingMethod {
  private final AveragedGenerator generator;
  private final Adversary adversary;
  private final Augmentation augmentation;
  private final LatentSource latents;

  /**
   * @param generator (N, latent + labels, 1, 1) to (N, C, side, side)
   * @param adversary judges (N, C + labels, side, side)
   * @param augmentation of the pictures that it judges
   * @param latents where the latent vectors come from
   */
  public Dcgan(
      AveragedGenerator generator,
      Adversary adversary,
      Augmentation augmentation,
      LatentSource latents) {
    this.generator = generator;
    this.adversary = adversary;
    this.augmentation = augmentation;
    this.latents = latents;
  }

  @Override
  public Map<String, Double> step(Batch batch, double rate, long step) {
    try (Turn turn = generator.begin(batch, rate, step)) {
      NDArray real = turn.tensor(LabelledPictures.REAL);
      Condition condition = Condition.of(turn);
      NDArray latent = condition.behind(latent(turn, real.getShape().get(0)));
      Augmentation.Change change = change(real.getShape(), turn);
      UnaryOperator<NDArray> shown = pictures -> condition.behind(change.of(pictures));
      NDArray generated =
          generator.play(adversary, latent, pictures -> loss(shown.apply(pictures), turn), turn);
      NDIndex picture = new NDIndex(":, :{}", real.getShape().get(1));
      adversary.learn(shown.apply(real), shown.apply(generated), picture, turn);
      turn.watchDiversity(real, generated);
      return turn.figures();
    }
  }

  /** Of other random numbers than the latent vectors. */
  private Augmentation.Change change(Shape pictures, Turn turn) {
    return augmentation.draw(latents.random(turn.step()).split(), pictures, turn.scope());
  }

  private NDArray loss(NDArray shown, Turn turn) {
    NDArray loss = adversary.generatorLoss(shown);
    turn.tell("generatorLoss", loss);
    return loss;
  }

  private NDArray latent(Turn turn, long count) {
    float[] vectors = latents.draw(turn.step(), Math.toIntExact(count));
    return turn.scope().create(vectors, new Shape(count, latents.space().size(), 1, 1));
  }

  /**
   * What both networks are told of the pictures.
   *
   * @param labels (N, labels, 1, 1), one of each row 1, the others 0; null if there are none
   */
  private record Condition(@Nullable NDArray labels) {
    static Condition of(Turn turn) {
      if (!turn.has(LabelledPictures.LABEL)) {
        return new Condition(null);
      }
      NDArray labels = turn.tensor(LabelledPictures.LABEL);
      return new Condition(labels.reshape(labels.getShape().addAll(new Shape(1, 1))));
    }

    /** (N, C, H, W) to (N, C + labels, H, W): a constant plane for each label behind it. */
    NDArray behind(NDArray x) {
      if (labels == null) {
        return x;
      }
      Shape shape = x.getShape();
      Shape planes = new Shape(shape.get(0), labels.getShape().get(1), shape.get(2), shape.get(3));
      return x.concat(labels.broadcast(planes), 1);
    }
  }

  @Override
  public Map<String, Part> parts() {
    return Map.of(TrainingPlan.GENERATOR, generator, TrainingPlan.DISCRIMINATOR, adversary);
  }

  @Override
  public List<ExportedModel> exports() {
    StandingStatistics statistics = new StandingStatistics(latents);
    return List.of(
        generator.exported(statistics.measured(generator.network(), generator.averagedWeights())));
  }
}
