package org.ganvas.training.script;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tensors of a network by name, in the network's order. */
public final class StateDict {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * One tensor.
   *
   * @param shape its dimensions
   * @param data its numbers, the last dimension fastest
   */
  public record Entry(List<Long> shape, float[] data) {
    public Entry {
      long expected = shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
      if (data.length != expected) {
        throw new IllegalArgumentException(
            "a tensor of shape %s has %d numbers, found %d"
                .formatted(shape, expected, data.length));
      }
    }
  }

  public void put(String name, Entry entry) {
    entries.put(name, entry);
  }

  /** The tensor of that name; an unknown name is an error that lists the known ones. */
  public Entry get(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "no tensor is named %s; there are: %s".formatted(name, String.join(", ", names())));
    }
    return entry;
  }

  public boolean contains(String name) {
    return entries.containsKey(name);
  }

  public Set<String> names() {
    return entries.keySet();
  }

  /**
   * Replaces tensors by those of the same name and shape.
   *
   * @return how many were replaced
   */
  public int takeFrom(StateDict other) {
    int taken = 0;
    for (Map.Entry<String, Entry> mine : entries.entrySet()) {
      Entry theirs = other.entries.get(mine.getKey());
      if (theirs != null && theirs.shape().equals(mine.getValue().shape())) {
        mine.setValue(theirs);
        taken++;
      }
    }
    return taken;
  }

  /**
   * Checks that this holds exactly the parameters of a program.
   *
   * @throws IllegalArgumentException naming all that is missing, unexpected or of another shape, a
   *     line for each
   */
  public void requireFits(Program program) {
    List<String> problems = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (Parameter parameter : program.parameters()) {
      Entry entry = entries.get(parameter.name());
      if (entry == null) {
        missing.add("missing " + parameter.name());
      } else if (!entry.shape().equals(parameter.shape())) {
        problems.add(
            "%s is %s where the network has %s"
                .formatted(parameter.name(), entry.shape(), parameter.shape()));
      }
    }
    Collection<String> known =
        program.parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    problems.addAll(missing);
    names().stream().filter(n -> !known.contains(n)).forEach(n -> problems.add("unexpected " + n));
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the weights do not fit %s:\n  %s"
              .formatted(program.name(), String.join("\n  ", problems)));
    }
  }
}
