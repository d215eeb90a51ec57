package org.ganvas.training.script;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A network as TorchScript: its statements, its parameters, and what follows from both.
 *
 * <p>The program's methods take a float32 tensor (N, inputChannels, H, W) and give a float32 tensor
 * (N, outputChannels, scale H, scale W). {@code forward} computes in float32, channels first; each
 * other method is named after the precision and the layout that it computes in, such as {@code
 * bfloat16_channels_last}. If the network has instance norms, each such method M has two companions
 * that make tiles of one picture agree: {@code M_statistics} gives a float32 vector with the mean
 * and the variance of the picture in every instance norm, in the program's order; {@code
 * M_with_statistics} takes such a vector as a second tensor and uses it instead of the picture's
 * own statistics.
 *
 * @param name the class of the program
 * @param code the text of {@code code/__torch__.py}
 * @param root the tree of submodules with the parameters as leaves
 * @param facts what the description says about the network
 */
public record Program(String name, String code, ModuleTree root, ProgramFacts facts) {
  /** What the names of a discriminator's methods for gradients end with. */
  public static final String INPUT_GRADIENT = "_input_gradient";

  /** What the names of a discriminator's methods for inner layers end with. */
  public static final String INNER_LAYERS = "_inner_layers";

  /** The method that gives the live buffers, in the order of {@link #parameters()}. */
  public static final String BUFFERS_METHOD = "live_buffers";

  /** Every parameter, in the order of the tree, which is the order of the archive's storages. */
  public List<Parameter> parameters() {
    return root.inOrder().toList();
  }

  /** Fresh values for every parameter, drawn from {@code seed}. */
  public StateDict initialize(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StateDict state = new StateDict();
    for (Parameter parameter : parameters()) {
      float[] data = new float[parameter.size()];
      parameter.initializer().fill(data, random);
      state.put(parameter.name(), new StateDict.Entry(parameter.shape(), data));
    }
    return state;
  }

  /** How many numbers are trained. */
  public long trainedNumbers() {
    return root.inOrder().filter(Parameter::trained).mapToLong(Parameter::size).sum();
  }
}
