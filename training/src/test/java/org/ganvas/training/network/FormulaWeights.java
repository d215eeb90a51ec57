package org.ganvas.training.network;

import org.ganvas.training.script.Parameter;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;

/** Numbers that follow from a formula, the same that features.py has. */
public final class FormulaWeights {
  private FormulaWeights() {}

  /** Uniform numbers in -1 to 1. */
  public static float[] numbers(String name, int size) {
    int salt = 0;
    for (int i = 0; i < name.length(); i++) {
      salt += name.charAt(i) * (i + 1);
    }
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      int h = i * (int) 2654435761L + salt * 40503;
      h = (h ^ (h >>> 15)) * 0x2C1B3C6D;
      h = (h ^ (h >>> 12)) * 0x297A2D39;
      h = h ^ (h >>> 15);
      numbers[i] = (h >>> 8) / (float) (1 << 23) - 1;
    }
    return numbers;
  }

  /** {@code factor} times the numbers plus {@code shift}. */
  public static float[] numbers(String name, int size, float factor, float shift) {
    float[] numbers = numbers(name, size);
    for (int i = 0; i < size; i++) {
      numbers[i] = numbers[i] * factor + shift;
    }
    return numbers;
  }

  /** Weights that keep the magnitude of what passes through, and small biases. */
  public static StateDict of(Program program) {
    StateDict state = new StateDict();
    for (Parameter parameter : program.parameters()) {
      float factor = 0.1f;
      if (parameter.name().endsWith("weight")) {
        factor = (float) Math.sqrt(6.0 * parameter.shape().get(0) / parameter.size());
      }
      float[] numbers = numbers(parameter.name(), parameter.size(), factor, 0);
      state.put(parameter.name(), new StateDict.Entry(parameter.shape(), numbers));
    }
    return state;
  }
}
