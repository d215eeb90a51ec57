package org.ganvas.inference.model;

import java.nio.file.Path;

/** The small model files among the test resources. */
public final class TestModels {
  public static final Path FOLDER = Path.of("src", "test", "resources", "models");

  private TestModels() {}

  /** Twofold or fourfold enlargement by three convolutions, margin 3. */
  public static ModelFile tiny(int scale) throws ModelException {
    return ModelFile.read(FOLDER.resolve("tiny-x" + scale + ".pt"));
  }

  /** A way of computing that is the same on every machine. */
  public static final ComputeChoice EXACT = new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT32);
}
