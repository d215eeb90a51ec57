package org.ganvas.training.script;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;

/**
 * A discriminator's program with what only training asks of it. For each method M there are two
 * more: {@code M_input_gradient} gives the gradient of the sum of the output by the input, of the
 * input's shape, and can be differentiated itself, for gradient penalties; {@code M_inner_layers}
 * gives the float32 tensor behind every leaky rectifier, for feature matching.
 */
public final class DiscriminatorProgram {
  /** What the names of the methods for gradients end with. */
  public static final String INPUT_GRADIENT = "_input_gradient";

  /** What the names of the methods for inner layers end with. */
  public static final String INNER_LAYERS = "_inner_layers";

  private static final Pattern COMPUTE =
      Pattern.compile("  def compute\\(.*?\n(?=  def )", Pattern.DOTALL);
  private static final Pattern ACTIVATION = Pattern.compile("(\\w+) = torch\\.leaky_relu\\(");
  private static final Pattern RETURN = Pattern.compile("    return .*\n$");

  private DiscriminatorProgram() {}

  /** The program with these methods; its parameters are the same. */
  public static Program of(Program program) {
    String compute =
        COMPUTE
            .matcher(program.code())
            .results()
            .findFirst()
            .map(MatchResult::group)
            .orElseThrow(() -> new IllegalArgumentException(program.name() + " computes nothing"));
    StringBuilder methods = new StringBuilder(compute).append(innerLayers(compute));
    for (Precision precision : Precision.values()) {
      for (MemoryLayout layout : MemoryLayout.values()) {
        methods.append(methods(program.name(), new ProgramMethod(precision, layout)));
      }
    }
    String code = program.code().replace(compute, methods);
    return new Program(program.name(), code, program.root(), program.facts());
  }

  private static String innerLayers(String compute) {
    List<String> layers =
        ACTIVATION
            .matcher(compute)
            .results()
            .map(match -> "torch.to(%s, 6)".formatted(match.group(1)))
            .toList();
    String signature =
        compute.replaceFirst("compute", "inner").replaceFirst("-> Tensor", "-> List[Tensor]");
    return RETURN
        .matcher(signature)
        .replaceFirst("    return [%s]\n".formatted(String.join(", ", layers)));
  }

  private static String methods(String name, ProgramMethod method) {
    String signature = "(self: __torch__.%s,\n    x: Tensor)".formatted(name);
    String arguments =
        "(x%%s, %s, %s, )"
            .formatted(
                ProgramText.scalarType(method.precision()),
                ProgramText.memoryFormat(method.layout()));
    return "  def "
        + method.methodName()
        + INPUT_GRADIENT
        + signature
        + " -> Tensor:\n"
        + "    x0 = torch.requires_grad_(torch.detach(x), True)\n"
        + "    y = (self).compute"
        + arguments.formatted("0")
        + "\n    g = torch.autograd.grad([torch.sum(y)], [x0], None, True, True)\n"
        + "    return unchecked_cast(Tensor, g[0])\n"
        + "  def "
        + method.methodName()
        + INNER_LAYERS
        + signature
        + " -> List[Tensor]:\n    return (self).inner"
        + arguments.formatted("")
        + "\n";
  }
}
