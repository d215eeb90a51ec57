package org.ganvas.training.export;

import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ganvas.training.script.Parameter;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;

/**
 * Brings the tensors of a file from elsewhere under the names that a network here has. The networks
 * of pix2pix and CycleGAN have the names of their reference implementation, so only what was
 * wrapped around them is taken off; the SRGAN generators of a much used reimplementation, in which
 * each part is a {@code blockN}, are renamed.
 */
final class ForeignNames {
  private static final Pattern BLOCK = Pattern.compile("block(\\d{1,9})\\.(.+)");
  private static final Pattern DOUBLING = Pattern.compile("(\\d+)\\.(conv|prelu)\\.(.+)");

  /** How many batches a norm has seen: no weight, even where it was made a fraction. */
  private static final Pattern COUNTERS = Pattern.compile(".*\\.num_batches_tracked");

  /**
   * Instance norm keeps none; old versions of PyTorch saved some all the same, and batch norm that
   * is to be computed as instance norm has them.
   */
  private static final Pattern RUNNING_STATISTICS =
      Pattern.compile(".*\\.(running_mean|running_var|num_batches_tracked)");

  private static final String FIRST_BLOCK = "block1.0.weight";

  /** In the plan on a card: which names the tensors came under. */
  static final String CAME_AS = "names";

  private static final String BLOCKS = "blocks";

  /** The layers of such a block, by our numbers. */
  private static final Map<String, String> LAYERS =
      Map.of("conv1", "0", "bn1", "1", "prelu", "2", "conv2", "3", "bn2", "4");

  private ForeignNames() {}

  /** The options that follow from the names, before those that a user gives. */
  static Map<String, String> impliedOptions(StateDict weights) {
    StateDict bare = bare(weights);
    if (!bare.contains(FIRST_BLOCK) || bare.get(FIRST_BLOCK).shape().isEmpty()) {
      return Map.of();
    }
    long doublings = bare.names().stream().filter(n -> n.endsWith(".conv.weight")).count();
    return Map.of(
        "channels", Long.toString(bare.get(FIRST_BLOCK).shape().get(0)),
        "blocks", Integer.toString(residualBlocks(bare)),
        "scale", Integer.toString(1 << Math.min(doublings, 30)),
        "fusion", "prelu",
        "output", "tanh");
  }

  /** The tensors under the names that the program has; those that it has no place for stay. */
  static StateDict adapted(StateDict weights, Program program) {
    StateDict state = bare(weights);
    if (state.contains(FIRST_BLOCK)) {
      int blocks = residualBlocks(state);
      state = renamed(state, name -> ofBlock(name, blocks));
    }
    return without(
        program.facts().statistics() > 0 ? RUNNING_STATISTICS : COUNTERS, state, program);
  }

  /** What a card says of the names, for {@link #givenBack}; empty if they are the network's own. */
  static Map<String, String> noted(StateDict weights) {
    return bare(weights).contains(FIRST_BLOCK) ? Map.of(CAME_AS, BLOCKS) : Map.of();
  }

  /**
   * The tensors of a model under the names that they came with, but for what was wrapped around
   * them.
   *
   * @param plan of the model's card
   */
  static StateDict givenBack(StateDict state, Map<String, String> plan) {
    if (!BLOCKS.equals(plan.get(CAME_AS))) {
      return state;
    }
    int blocks = count(state, "body\\.\\d+\\.0\\.weight");
    int doublings = count(state, "upsample\\.\\d+\\.0\\.weight");
    return renamed(state, name -> toBlock(name, blocks, doublings));
  }

  /** The inverse of {@link #ofBlock}. */
  private static String toBlock(String name, int blocks, int doublings) {
    int dot = name.indexOf('.');
    String rest = name.substring(dot + 1);
    String[] parts = rest.split("\\.", 3);
    return switch (name.substring(0, dot)) {
      case "head" -> "block1." + rest;
      case "body" -> {
        String layer =
            LAYERS.entrySet().stream()
                .filter(known -> known.getValue().equals(parts[1]))
                .findFirst()
                .orElseThrow()
                .getKey();
        yield "block%d.%s.%s".formatted(Integer.parseInt(parts[0]) + 2, layer, parts[2]);
      }
      case "fuse" -> "block%d.%s".formatted(blocks + 2, rest);
      case "upsample" ->
          "block%d.%s.%s.%s"
              .formatted(blocks + 3, parts[0], parts[1].equals("0") ? "conv" : "prelu", parts[2]);
      default -> "block%d.%d.%s".formatted(blocks + 3, doublings, rest);
    };
  }

  /** Without the first part of all names, such as {@code module.}, that several GPUs leave. */
  private static StateDict bare(StateDict weights) {
    StateDict state = weights;
    for (String part = sharedPart(state); !part.isEmpty(); part = sharedPart(state)) {
      int length = part.length();
      state = renamed(state, name -> name.substring(length));
    }
    return renamed(state, name -> name);
  }

  private static String sharedPart(StateDict state) {
    for (String wrapper : new String[] {"module.", "state_dict.", "params.", "generator."}) {
      if (!state.names().isEmpty()
          && state.names().stream().allMatch(name -> name.startsWith(wrapper))) {
        return wrapper;
      }
    }
    return "";
  }

  private static StateDict renamed(StateDict state, UnaryOperator<String> rule) {
    StateDict renamed = new StateDict();
    for (String name : state.names()) {
      renamed.put(rule.apply(name), state.get(name));
    }
    return renamed;
  }

  /** Without the tensors of such names that the program does not know. */
  private static StateDict without(Pattern names, StateDict state, Program program) {
    Set<String> known =
        program.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    StateDict kept = new StateDict();
    for (String name : state.names()) {
      if (known.contains(name) || !names.matcher(name).matches()) {
        kept.put(name, state.get(name));
      }
    }
    return kept;
  }

  private static int residualBlocks(StateDict state) {
    return count(state, "block\\d+\\.conv1\\.weight");
  }

  private static int count(StateDict state, String names) {
    return (int) state.names().stream().filter(name -> name.matches(names)).count();
  }

  /** The first block is the head; then come the residual blocks, the fusion, and the tail. */
  private static String ofBlock(String name, int blocks) {
    Matcher block = BLOCK.matcher(name);
    if (!block.matches()) {
      return name;
    }
    int number = Integer.parseInt(block.group(1));
    String rest = block.group(2);
    if (number == 1) {
      return "head." + rest;
    }
    if (number <= blocks + 1) {
      String layer = rest.substring(0, Math.max(0, rest.indexOf('.')));
      return "body.%d.%s%s"
          .formatted(number - 2, LAYERS.getOrDefault(layer, layer), rest.substring(layer.length()));
    }
    if (number == blocks + 2) {
      return "fuse." + rest;
    }
    Matcher doubling = DOUBLING.matcher(rest);
    if (doubling.matches()) {
      String layer = doubling.group(2).equals("conv") ? "0" : "2";
      return "upsample.%s.%s.%s".formatted(doubling.group(1), layer, doubling.group(3));
    }
    return "tail." + rest.substring(rest.indexOf('.') + 1);
  }
}
