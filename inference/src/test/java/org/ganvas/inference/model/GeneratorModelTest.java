package org.ganvas.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.ganvas.inference.image.FloatPlanes;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratorModelTest {
  private static final ProgramMethod PLAIN =
      new ProgramMethod(Precision.FLOAT32, MemoryLayout.CHANNELS_FIRST);

  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyPrecisionAndLayoutGivesTheSamePictureWithinItsAccuracy(Precision precision)
      throws ModelException {
    FloatPlanes picture = gradient(40, 30);
    try (GeneratorModel model = GeneratorModel.load(TestModels.tiny(2), TestModels.EXACT)) {
      FloatPlanes expected = model.run(picture, PLAIN);
      assertThat(expected.width()).isEqualTo(80);
      assertThat(expected.height()).isEqualTo(60);
      for (MemoryLayout layout : MemoryLayout.values()) {
        FloatPlanes found = model.run(picture, new ProgramMethod(precision, layout));
        for (int i = 0; i < found.values().length; i++) {
          assertThat(found.values()[i]).isCloseTo(expected.values()[i], Offset.offset(0.01f));
        }
      }
    }
  }

  /** Values that PyTorch 2.7.1 computed from tiny-x2.pt for {@link #gradient}. */
  @Test
  void givesWhatPyTorchGives() throws ModelException {
    try (GeneratorModel model = GeneratorModel.load(TestModels.tiny(2), TestModels.EXACT)) {
      FloatPlanes result = model.run(gradient(8, 6), PLAIN);
      float[] expected = {
        0.293326f, 0.960306f, 0.852357f, 0.911339f, 0.676203f, 0.216750f, 0.348867f, 0.193009f,
        0.131518f
      };
      for (int channel = 0; channel < 3; channel++) {
        for (int i = 0; i < 3; i++) {
          int y = 4 * i + 1;
          int x = 5 * i + 2;
          assertThat(result.values()[(channel * 12 + y) * 16 + x])
              .isCloseTo(expected[channel * 3 + i], Offset.offset(1e-5f));
        }
      }
    }
  }

  @Test
  void refusesAnotherNumberOfChannels() throws ModelException {
    try (GeneratorModel model = GeneratorModel.load(TestModels.tiny(2), TestModels.EXACT)) {
      assertThatThrownBy(() -> model.run(FloatPlanes.zeros(1, 8, 8), PLAIN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes 3 channels, found 1");
    }
  }

  @Test
  void refusesAGpuThatIsNotThere() throws ModelException {
    ComputeChoice choice = new ComputeChoice(new DeviceChoice.Gpu(77), null);
    assertThatThrownBy(() -> GeneratorModel.load(TestModels.tiny(2), choice))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("GPU 77");
  }

  @Test
  void aHiddenFileBesideAFolderIsLoadedToo(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("other"));
    Path hidden = Files.copy(TestModels.tiny(2).path(), folder.resolve(".tiny.pt"));
    try (GeneratorModel model = GeneratorModel.load(ModelFile.read(hidden), TestModels.EXACT)) {
      assertThat(model.run(FloatPlanes.zeros(3, 8, 8), PLAIN).width()).isEqualTo(16);
    }
  }

  @Test
  void theNumberOfAGpuIsAtLeastZero() {
    assertThatThrownBy(() -> new DeviceChoice.Gpu(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("GPUs are numbered from 0, found -1");
  }

  @Test
  void aClosedModelSaysThatItIs() throws ModelException {
    GeneratorModel closed = GeneratorModel.load(TestModels.tiny(2), TestModels.EXACT);
    closed.close();
    closed.close();
    assertThatThrownBy(() -> closed.run(FloatPlanes.zeros(3, 8, 8), PLAIN))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("found it closed; open it again");
  }

  @Test
  void thePrecisionThatTheUserChoseIsTaken() throws ModelException {
    ComputeChoice choice = new ComputeChoice(DeviceChoice.CPU, Precision.FLOAT16);
    try (GeneratorModel model = GeneratorModel.load(TestModels.tiny(2), choice)) {
      assertThat(model.methodFor(1))
          .isEqualTo(new ProgramMethod(Precision.FLOAT16, MemoryLayout.CHANNELS_LAST));
    }
  }

  @Test
  void memoryStaysFlatOverThousandsOfRuns() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.isReadable(status), "only Linux tells the resident size");
    try (GeneratorModel model = GeneratorModel.load(TestModels.tiny(2), TestModels.EXACT)) {
      FloatPlanes tile = gradient(96, 96);
      // So often that the heap, which is resident memory as well, has been filled and emptied.
      run(model, tile, 1500);
      long before = residentKilobytes(status) - heapKilobytes();
      run(model, tile, 2000);
      // Were the input or the output of each run kept, it would be 220 MB or 880 MB.
      assertThat(residentKilobytes(status) - heapKilobytes() - before).isLessThan(100_000);
    }
  }

  private static long heapKilobytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() / 1024;
  }

  private static void run(GeneratorModel model, FloatPlanes tile, int times) throws ModelException {
    for (int i = 0; i < times; i++) {
      model.run(tile, PLAIN);
    }
  }

  private static long residentKilobytes(Path status) throws IOException {
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static FloatPlanes gradient(int width, int height) {
    FloatPlanes planes = FloatPlanes.zeros(3, height, width);
    for (int i = 0; i < planes.values().length; i++) {
      planes.values()[i] = (i * 37 % 101) / 100f;
    }
    return planes;
  }
}
