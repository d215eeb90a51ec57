package org.ganvas.training.script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ganvas.inference.model.MemoryLayout;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;

/** The text of a program: a class for the network, and one for each shape of submodule. */
final class ProgramText {
  /** What a method hands on to the computation that it stands for. */
  static String arguments(ProgramMethod how) {
    return String.join(
        ", ",
        Integer.toString(scalarType(how.precision())),
        Integer.toString(memoryFormat(how.layout())),
        how.winograd() ? "False" : "True");
  }

  /** c10::ScalarType, as a TorchScript program names it. */
  private static int scalarType(Precision precision) {
    return switch (precision) {
      case FLOAT32 -> 6;
      case FLOAT16 -> 5;
      case BFLOAT16 -> 15;
    };
  }

  /** c10::MemoryFormat, as a TorchScript program names it. */
  private static int memoryFormat(MemoryLayout layout) {
    return switch (layout) {
      case CHANNELS_FIRST -> 0;
      case CHANNELS_LAST -> 2;
    };
  }

  private ProgramText() {}

  /**
   * @param result the expression that is returned; a list if it is in brackets
   * @param more methods of the network besides
   */
  static String of(
      String name, ModuleTree root, Statements statements, String result, String more) {
    StringBuilder code = new StringBuilder(declaration(name, root));
    List<ProgramMethod> ways = statements.methods();
    String type = result.startsWith("[") ? "List[Tensor]" : "Tensor";
    Computation compute = new Computation("compute", "", type);
    code.append(computation(name, compute, texts(statements, Statement::plain), result));
    code.append(method(name, "forward", compute, ProgramMethod.PLAIN));
    code.append(methods(name, ways, compute, ""));
    if (!statements.statistics().isEmpty()) {
      String all = "torch.cat([%s], 0)".formatted(String.join(", ", statements.statistics()));
      Computation measure = new Computation("measure", "", "Tensor");
      code.append(computation(name, measure, texts(statements, Statement::measuring), all));
      code.append(methods(name, ways, measure, "_statistics"));
      Computation normalize = new Computation("normalize", Statements.GIVEN, type);
      code.append(computation(name, normalize, texts(statements, Statement::given), result));
      code.append(methods(name, ways, normalize, "_with_statistics"));
    }
    code.append(more).append(buffers(name, root));
    classes(root).forEach((className, node) -> code.append(declaration(className, node)));
    return code.toString();
  }

  /**
   * A method that the others call with a precision, a layout, and whether convolutions are computed
   * directly.
   *
   * @param second its second tensor; empty if it takes one only
   * @param type what it gives
   */
  record Computation(String method, String second, String type) {
    String parameters() {
      return second.isEmpty() ? "x: Tensor" : "x: Tensor,\n    " + second + ": Tensor";
    }

    String arguments() {
      return second.isEmpty() ? "x" : "x, " + second;
    }
  }

  static List<String> texts(Statements statements, Function<Statement, String> form) {
    return statements.inOrder().stream().map(form).filter(text -> !text.isEmpty()).toList();
  }

  static String computation(
      String name, Computation computation, List<String> statements, String result) {
    StringBuilder code = new StringBuilder();
    code.append("  def %s(self: __torch__.%s,\n    ".formatted(computation.method, name));
    code.append(computation.parameters());
    code.append(
        ",\n    dtype: int,\n    layout: int,\n    direct: bool) -> %s:\n"
            .formatted(computation.type));
    statements.forEach(text -> code.append("    ").append(text).append('\n'));
    return code.append("    return ").append(result).append('\n').toString();
  }

  /** The computation once for each way, by the name of it and a suffix. */
  static String methods(
      String name, List<ProgramMethod> ways, Computation computation, String suffix) {
    return ways.stream()
        .map(way -> method(name, way.methodName() + suffix, computation, way))
        .collect(Collectors.joining());
  }

  private static String method(
      String name, String method, Computation computation, ProgramMethod how) {
    return String.format(
        Locale.ROOT,
        "  def %s(self: __torch__.%s,\n    %s) -> %s:\n    return (self).%s(%s, %s, )\n",
        method,
        name,
        computation.parameters(),
        computation.type,
        computation.method,
        computation.arguments(),
        arguments(how));
  }

  /** A method that hands out the live buffers, for libtorch lists the weights only. */
  private static String buffers(String name, ModuleTree root) {
    List<String> references =
        root.inOrder().filter(p -> !p.trained()).map(p -> reference(p.name())).toList();
    return references.isEmpty()
        ? ""
        : "  def %s(self: __torch__.%s) -> List[Tensor]:\n    return [%s]\n"
            .formatted(Program.BUFFERS_METHOD, name, String.join(", ", references));
  }

  /** {@code model.1.weight} as an expression: {@code getattr(self.model, "1").weight}. */
  static String reference(String parameter) {
    String expression = "self";
    for (String part : parameter.split("\\.")) {
      expression =
          isNumber(part)
              ? "getattr(%s, \"%s\")".formatted(expression, part)
              : expression + "." + part;
    }
    return expression;
  }

  private static boolean isNumber(String part) {
    return Character.isDigit(part.charAt(0));
  }

  private static String declaration(String name, ModuleTree node) {
    List<String> weights = new ArrayList<>();
    List<String> buffers = new ArrayList<>();
    StringBuilder attributes = new StringBuilder();
    node.parameters()
        .forEach(
            (attribute, parameter) -> {
              (parameter.trained() ? weights : buffers).add("\"" + attribute + "\", ");
              attributes.append("  ").append(attribute).append(" : Tensor\n");
            });
    attributes.append("  training : bool\n");
    boolean numbered = node.children().keySet().stream().anyMatch(ProgramText::isNumber);
    if (numbered) {
      attributes.append("  __annotations__ = []\n");
    }
    node.children()
        .forEach(
            (child, subtree) -> {
              String type = "__torch__." + className(subtree);
              attributes.append(
                  isNumber(child)
                      ? "  __annotations__[\"%s\"] = %s\n".formatted(child, type)
                      : "  %s : %s\n".formatted(child, type));
            });
    return "class %s(Module):\n  __parameters__ = [%s]\n  __buffers__ = [%s]\n%s"
        .formatted(name, String.join("", weights), String.join("", buffers), attributes);
  }

  /** Every class that the submodules need, each after those that it uses. */
  private static Map<String, ModuleTree> classes(ModuleTree root) {
    Map<String, ModuleTree> found = new LinkedHashMap<>();
    for (ModuleTree child : root.children().values()) {
      found.putAll(classes(child));
      found.putIfAbsent(className(child), child);
    }
    return found;
  }

  /** Submodules with the same attributes share a class, so its name is made of these. */
  static String className(ModuleTree node) {
    List<String> parts = new ArrayList<>(node.parameters().keySet());
    node.children().forEach((name, child) -> parts.add(name + "_" + className(child)));
    String structure = String.join("_", parts);
    return structure.length() <= 40
        ? "Module_" + structure
        : "Module_" + Integer.toHexString(structure.hashCode());
  }
}
