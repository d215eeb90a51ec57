package org.ganvas.training.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ganvas.inference.model.Precision;
import org.ganvas.inference.model.ProgramMethod;

/** The statements of a program that is being written, and what its measuring methods give. */
final class Statements {
  /** The argument in which statistics come from outside. */
  static final String GIVEN = "statistics";

  private final List<Statement> statements = new ArrayList<>();
  private final List<String> statistics = new ArrayList<>();
  private final List<String> innerLayers = new ArrayList<>();
  private int statisticsSize;
  private boolean winograd;
  private int variables;

  List<Statement> inOrder() {
    return statements;
  }

  /** The variables that the measuring forms set, one vector each. */
  List<String> statistics() {
    return statistics;
  }

  /** Numbers in all these vectors together. */
  int statisticsSize() {
    return statisticsSize;
  }

  /** The variables behind the leaky rectifiers. */
  List<String> innerLayers() {
    return innerLayers;
  }

  /**
   * Convolutions that follow can be computed by NNPACK, which has to be asked before whether it is
   * there.
   */
  void offerWinograd() {
    if (!winograd) {
      winograd = true;
      statements.add(
          Statement.of(
              """
              if direct:
                    pass
                  else:
                    if torch._nnpack_available():
                      pass
                    else:
                      ops.prim.RaiseException("this libtorch comes without NNPACK")"""));
    }
  }

  /** The ways in which the program can compute. */
  List<ProgramMethod> methods() {
    return ProgramMethod.in(List.of(Precision.values()), winograd);
  }

  /** Assigns an expression to a variable, whose name is returned. */
  String assign(Statement expression) {
    String variable = "v" + variables++;
    statements.add(expression.assignedTo(variable));
    return variable;
  }

  String assign(String format, Object... arguments) {
    return assign(Statement.of(String.format(Locale.ROOT, format, arguments)));
  }

  /** A call for what it does, made in training only. */
  void inTraining(String call) {
    String variable = "done" + variables++;
    statements.add(
        Statement.of(
            "if self.training:\n      %s = %s\n    else:\n      pass".formatted(variable, call)));
  }

  /** The mean and the variance of each channel, as expressions. */
  record Moments(String means, String variances) {}

  /**
   * Has the measuring methods give the moments of a tensor over N, H and W.
   *
   * @return those that come from outside, for the given form of a statement
   */
  Moments measure(Value x) {
    String all = "torch.to(%s, 6)".formatted(x.variable());
    return new Moments(
        measure("torch.mean(%s, [0, 2, 3])".formatted(all), x.channels()),
        measure("torch.var(%s, [0, 2, 3], False)".formatted(all), x.channels()));
  }

  private String measure(String expression, int size) {
    String variable = "measured" + statistics.size();
    statements.add(new Statement("", variable + " = " + expression, ""));
    statistics.add(variable);
    int start = statisticsSize;
    statisticsSize += size;
    return "torch.slice(%s, 0, %s, %s, 1)".formatted(GIVEN, start, statisticsSize);
  }
}
