package org.ganvas.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("tensors.safetensors");
  }

  @Test
  void readsWhatWasWrittenToTheLastBit() throws IOException {
    float[] values = {1, -0.0f, Float.MIN_VALUE, 3e38f, 0.1f, -7};
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      tensors.put("body.0/weight", manager.create(values, new Shape(2, 1, 3)));
      tensors.put("Größe", manager.create(4.5f));
      tensors.put("empty", manager.create(new float[0], new Shape(0, 2)));
      Safetensors.write(file, tensors);
    }
    Map<String, StateDict.Entry> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactlyInAnyOrder("body.0/weight", "Größe", "empty");
    assertThat(read.get("body.0/weight").shape()).containsExactly(2L, 1L, 3L);
    assertThat(read.get("body.0/weight").data()).isEqualTo(values);
    assertThat(read.get("Größe").shape()).isEmpty();
    assertThat(read.get("Größe").data()).containsExactly(4.5f);
    assertThat(read.get("empty").shape()).containsExactly(0L, 2L);
  }

  /** The format's own example, written out by hand. */
  @Test
  void readsAFileOfTheFormatsDescription() throws IOException {
    write(
        "{\"__metadata__\":{\"by\":\"hand\"},\"b\":"
            + place("F32", "[1,2]", 4, 12)
            + ",\"a\":"
            + place("F32", "[1]", 0, 4)
            + "}   ",
        1,
        2,
        3);
    Map<String, StateDict.Entry> read = Safetensors.read(file);
    assertThat(read.get("a").data()).containsExactly(1);
    assertThat(read.get("b").data()).containsExactly(2, 3);
    assertThat(read.get("b").shape()).isEqualTo(List.of(1L, 2L));
  }

  private static String place(String type, String shape, long begin, long end) {
    return "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(type, shape, begin, end);
  }

  private void write(String header, float... numbers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    out.writeBytes(little(8).putLong(text.length).array());
    out.writeBytes(text);
    for (float number : numbers) {
      out.writeBytes(little(4).putFloat(number).array());
    }
    Files.write(file, out.toByteArray());
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void convertsOtherNumberFormats() throws IOException {
    // binary16 has 1.5 as 3e00 and -2 as c000, bfloat16 has 1 as 3f80 and -2 as c000.
    write(
        "{\"half\":" + place("F16", "[2]", 0, 4) + ",\"brain\":" + place("BF16", "[2]", 4, 8) + "}",
        Float.intBitsToFloat(0xc0003e00),
        Float.intBitsToFloat(0xc0003f80));
    Map<String, StateDict.Entry> read = Safetensors.read(file);
    assertThat(read.get("half").data()).containsExactly(1.5f, -2);
    assertThat(read.get("brain").data()).containsExactly(1, -2);
  }

  /** Such as the {@code num_batches_tracked} of a batch norm; as of a pickle. */
  @Test
  void leavesCountersOut() throws IOException {
    write(
        "{\"count\":"
            + place("I32", "[]", 0, 4)
            + ",\"whole\":"
            + place("I32", "[1]", 4, 8)
            + ",\"real\":"
            + place("F32", "[]", 8, 12)
            + "}",
        Float.intBitsToFloat(7),
        Float.intBitsToFloat(-7),
        2.5f);
    Map<String, StateDict.Entry> read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("whole", "real");
    assertThat(read.get("whole").data()).containsExactly(-7);
    assertThat(read.get("real").data()).containsExactly(2.5f);
  }

  @Test
  void refusesAFileThatIsCutShortAnywhereOrTooLong() throws IOException {
    write("{\"a\":" + place("F32", "[2]", 0, 8) + "}", 1, 2);
    byte[] whole = Files.readAllBytes(file);
    assertThat(Safetensors.read(file)).hasSize(1);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused();
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> Safetensors.read(file))
        .hasMessage("the file is longer than its tensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a\":null}",
        "{\"a\":{}}",
        "{\"a\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,5]},"
            + "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[5,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"x\"],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296],\"data_offsets\":[0,17179869184]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}",
      })
  void refusesADamagedHeader(String header) throws IOException {
    write(header, 1, 2);
    assertRefused();
  }

  @Test
  void refusesAHeaderOfImpossibleLength() throws IOException {
    for (long length : new long[] {-1, 0, 1, 100_000_001, Long.MAX_VALUE}) {
      Files.write(file, little(16).putLong(length).array());
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("2 to 100000000 bytes, found " + length);
    }
  }

  private void assertRefused() {
    assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(IOException.class);
  }
}
