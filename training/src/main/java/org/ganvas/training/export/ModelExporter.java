package org.ganvas.training.export;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.model.ComputeChoice;
import org.ganvas.inference.model.DeviceChoice;
import org.ganvas.inference.model.GeneratorModel;
import org.ganvas.inference.model.ModelCard;
import org.ganvas.inference.model.ModelCardJson;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.PendingModel;
import org.ganvas.inference.model.ProgramMethod;
import org.ganvas.training.network.LoadedNetwork;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.script.TorchScriptArchive;

/**
 * Writes a model file: the program, the weights, the card inside. It gets its name only after it
 * was loaded again, through the library that serves it, and gave what the network gives.
 */
public final class ModelExporter {
  private static final double TOLERANCE = 1e-5;

  /**
   * Side of the picture that both are run on, or more if the network asks for it. Smaller ones
   * {@link GeneratorModel} has computed twice at once, with other last bits and other dropout.
   */
  private static final int SIDE = 160;

  /** Where dropout is the noise of a generator, both drop the same. */
  private static final int SEED = 1;

  private ModelExporter() {}

  /**
   * Writes {@code target}.
   *
   * @param card complete but for the SHA-256 of the weights
   * @return the file, with its card
   * @throws IOException if it cannot be written, a weight is not finite, or it does not give what
   *     the network gives
   */
  public static ModelFile export(Program program, StateDict state, ModelCard card, Path target)
      throws IOException {
    requireFinite(state);
    ModelCard complete = card.withWeights(TorchScriptArchive.weightsSha256(program, state));
    return PendingModel.publish(
        target,
        unfinished -> {
          try (OutputStream out = Files.newOutputStream(unfinished)) {
            Map<String, String> extra = Map.of("card.json", ModelCardJson.write(complete));
            TorchScriptArchive.write(out, program, state, extra);
          }
          prove(unfinished, program, state);
          return new ModelFile(target, complete);
        });
  }

  /** What such a model gives is nowhere near, and the proof could not say why. */
  private static void requireFinite(StateDict state) throws IOException {
    for (String name : state.names()) {
      for (float weight : state.get(name).data()) {
        if (!Float.isFinite(weight)) {
          throw new IOException(
              "a model's weights are finite, found %s in %s; take a file or a checkpoint of before they diverged"
                  .formatted(weight, name));
        }
      }
    }
  }

  private static void prove(Path file, Program program, StateDict state) throws IOException {
    int side = program.facts().sideOfAtLeast(SIDE);
    FloatPlanes picture = noise(program.facts().inputChannels(), side);
    ModelFile written = ModelFile.read(file);
    written.verify();
    ComputeChoice onCpu = new ComputeChoice(DeviceChoice.CPU, ProgramMethod.PLAIN.precision());
    FloatPlanes served;
    try (GeneratorModel model = GeneratorModel.load(written, onCpu)) {
      Engine.getInstance().setRandomSeed(SEED);
      served = model.run(picture, ProgramMethod.PLAIN);
    }
    float[] expected;
    try (LoadedNetwork network = LoadedNetwork.load(program, state, Device.cpu());
        NDManager scope = network.manager().newSubManager()) {
      NDArray x = scope.create(picture.values(), new Shape(1, picture.channels(), side, side));
      Engine.getInstance().setRandomSeed(SEED);
      expected = network.forward(x, ProgramMethod.PLAIN, false).toFloatArray();
    }
    double difference = largestDifference(served.values(), expected);
    if (!(difference <= TOLERANCE)) {
      throw new IOException(
          "an exported model may differ from its network by %s, found %s; nothing was written"
              .formatted(TOLERANCE, difference));
    }
  }

  private static FloatPlanes noise(int channels, int side) {
    SplittableRandom random = new SplittableRandom(SEED);
    FloatPlanes planes = FloatPlanes.zeros(channels, side, side);
    for (int i = 0; i < planes.values().length; i++) {
      planes.values()[i] = (float) random.nextDouble();
    }
    return planes;
  }

  private static double largestDifference(float[] a, float[] b) {
    if (a.length != b.length) {
      return Double.POSITIVE_INFINITY;
    }
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      // Not Math.max alone: a NaN must not get lost.
      double difference = Math.abs((double) a[i] - b[i]);
      largest = difference >= 0 ? Math.max(largest, difference) : Double.NaN;
    }
    return largest;
  }
}
