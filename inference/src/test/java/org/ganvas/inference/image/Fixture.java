package org.ganvas.inference.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A tiny picture file, and what an independent decoder reads from it. */
record Fixture(
    String name,
    int width,
    int height,
    PixelLayout layout,
    int bitDepth,
    int tolerance,
    int[] samples) {

  static List<Fixture> all() {
    return new String(resource("expected.txt"), StandardCharsets.US_ASCII)
        .lines()
        .map(Fixture::parse)
        .toList();
  }

  /** The bytes of a picture in this package's test resources. */
  static byte[] resource(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no test picture " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes() {
    return resource(name);
  }

  private static Fixture parse(String line) {
    String[] fields = line.split(" ");
    String[] samples = fields[6].split(",");
    int[] values = new int[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Integer.parseInt(samples[i]);
    }
    return new Fixture(
        fields[0],
        Integer.parseInt(fields[1]),
        Integer.parseInt(fields[2]),
        PixelLayout.valueOf(fields[3]),
        Integer.parseInt(fields[4]),
        Integer.parseInt(fields[5]),
        values);
  }
}
