package org.ganvas.training.script;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;
import org.ganvas.inference.model.ProgramMethod;

/** The methods that only training asks of a discriminator, see {@link Script#returnsJudgement}. */
final class DiscriminatorMethods {
  private DiscriminatorMethods() {}

  static String of(String name, Statements statements) {
    StringBuilder code = new StringBuilder();
    List<ProgramMethod> ways = statements.methods();
    ways.forEach(way -> code.append(inputGradient(name, way)));
    String layers =
        statements.innerLayers().stream()
            .map("torch.to(%s, 6)"::formatted)
            .collect(joining(", ", "[", "]"));
    ProgramText.Computation inner = new ProgramText.Computation("inner", "", "List[Tensor]");
    code.append(
        ProgramText.computation(
            name, inner, ProgramText.texts(statements, Statement::plain), layers));
    code.append(ProgramText.methods(name, ways, inner, Program.INNER_LAYERS));
    return code.toString();
  }

  private static String inputGradient(String name, ProgramMethod method) {
    return String.format(
        Locale.ROOT,
        """
          def %s%s(self: __torch__.%s,
            x: Tensor) -> Tensor:
            x0 = torch.requires_grad_(torch.detach(x), True)
            y = (self).compute(x0, %s, )
            g = torch.autograd.grad([torch.sum(torch.mean(y, [1, 2, 3]))], [x0], None, True, True)
            return unchecked_cast(Tensor, g[0])
        """,
        method.methodName(),
        Program.INPUT_GRADIENT,
        name,
        ProgramText.arguments(method));
  }
}
