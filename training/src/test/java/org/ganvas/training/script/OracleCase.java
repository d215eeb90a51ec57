package org.ganvas.training.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Named tensors that PyTorch computed, as the scripts in {@code src/test/oracle} write them. */
public record OracleCase(String name, Map<String, StateDict.Entry> tensors) {

  public StateDict.Entry tensor(String tensor) {
    StateDict.Entry entry = tensors.get(tensor);
    if (entry == null) {
      throw new IllegalArgumentException(name + " has no tensor " + tensor);
    }
    return entry;
  }

  public static List<OracleCase> read(String resource) {
    List<OracleCase> cases = new ArrayList<>();
    try (InputStream in = OracleCase.class.getResourceAsStream(resource)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
        if (line.startsWith("case ")) {
          cases.add(new OracleCase(line.substring(5), new LinkedHashMap<>()));
        } else {
          cases.get(cases.size() - 1).add(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  private void add(String line) {
    int colon = line.indexOf(':');
    String[] head = line.substring(0, colon).strip().split(" ");
    List<Long> shape = Arrays.stream(head).skip(1).map(Long::valueOf).toList();
    String[] numbers = line.substring(colon + 1).strip().split(" ");
    float[] data = new float[numbers.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = Float.parseFloat(numbers[i].replace("inf", "Infinity"));
    }
    tensors.put(head[0], new StateDict.Entry(shape, data));
  }
}
