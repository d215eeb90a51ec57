package org.ganvas.training.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A module: submodules by name, and the parameters that it keeps itself. */
public final class ModuleTree {
  private final Map<String, ModuleTree> children = new LinkedHashMap<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  /** Adds a parameter under the submodules that its dotted name asks for. */
  void add(Parameter parameter) {
    String[] path = parameter.name().split("\\.");
    ModuleTree node = this;
    boolean taken = false;
    for (int i = 0; i < path.length - 1; i++) {
      taken |= node.parameters.containsKey(path[i]);
      node = node.children.computeIfAbsent(path[i], name -> new ModuleTree());
    }
    String last = path[path.length - 1];
    taken |= node.children.containsKey(last) || node.parameters.put(last, parameter) != null;
    if (taken) {
      throw new IllegalArgumentException(
          "each parameter and each submodule has a name of its own, found %s twice"
              .formatted(parameter.name()));
    }
  }

  /** The module's own parameters, then those of each submodule. */
  Stream<Parameter> inOrder() {
    return Stream.concat(
        parameters.values().stream(), children.values().stream().flatMap(ModuleTree::inOrder));
  }

  Map<String, ModuleTree> children() {
    return children;
  }

  Map<String, Parameter> parameters() {
    return parameters;
  }
}
