package org.ganvas.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ganvas.training.gan.LiveNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
  @TempDir Path parent;
  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private Path folder = Path.of("");
  private CheckpointStore store = new CheckpointStore(folder);

  @BeforeEach
  void open() {
    folder = parent.resolve("checkpoints");
    store = new CheckpointStore(folder);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private Map<String, NDArray> tensors(float value) {
    return Map.of("w", manager.create(new float[] {value, 2, 3, 4}, new Shape(2, 2)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private Path tensorFile(long step) {
    return folder.resolve("step-%09d".formatted(step)).resolve("tensors.safetensors");
  }

  @Test
  void keepsTheNewestThree() throws IOException {
    for (long step : new long[] {500, 1000, 1500, 2000, 2500}) {
      store.save(step, tensors(step), Map.of());
    }
    assertThat(names()).containsExactly("step-000001500", "step-000002000", "step-000002500");
    FoundCheckpoint found = store.newest().orElseThrow();
    assertThat(found.step()).isEqualTo(2500);
    assertThat(found.tensors().get("w").data()).containsExactly(2500, 2, 3, 4);
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void aFolderThatDoesNotExistHasNone() throws IOException {
    assertThat(store.newest()).isEmpty();
  }

  @Test
  void usesTheOneBeforeOneWithAFlippedBitAndSaysSo() throws IOException {
    store.save(1, tensors(1), Map.of());
    store.save(2, tensors(2), Map.of());
    byte[] bytes = Files.readAllBytes(tensorFile(2));
    bytes[bytes.length - 5] ^= 1;
    Files.write(tensorFile(2), bytes);
    FoundCheckpoint found = store.newest().orElseThrow();
    assertThat(found.step()).isEqualTo(1);
    assertThat(found.warnings())
        .containsExactly(
            "checkpoint step-000000002 is damaged (its tensors are not those that were written);"
                + " using the one before it");
  }

  @Test
  void aFlippedBitOfTheStateIsNoticedOrChangesNothing() throws IOException {
    LiveNumber number = new LiveNumber();
    number.set(0.1);
    store.save(1, tensors(1), Map.of("updates", number));
    store.save(20, tensors(2), Map.of("updates", number));
    Path state = tensorFile(20).resolveSibling("state.json");
    byte[] whole = Files.readAllBytes(state);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(state, flipped);
      FoundCheckpoint found = store.newest().orElseThrow();
      assertThat(found.step()).as("bit " + bit).isEqualTo(found.warnings().isEmpty() ? 20 : 1);
      assertThat(found.numbers()).as("bit " + bit).isEqualTo(Map.of("updates", 0.1));
    }
  }

  @Test
  void aStateOfBeforeItsSumWasRecordedIsRead() throws IOException {
    store.save(1, tensors(1), Map.of());
    Path state = tensorFile(1).resolveSibling("state.json");
    Files.writeString(state, Files.readString(state).replaceFirst(",\"sha256\":\"\\w+\"", ""));
    assertThat(Files.readString(state)).doesNotContain("\"sha256\"");
    assertThat(store.newest().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void usesTheOneBeforeOnesThatAreCutShortOrIncomplete() throws IOException {
    for (long step = 1; step <= 3; step++) {
      store.save(step, tensors(step), Map.of());
    }
    Files.write(tensorFile(3), Arrays.copyOf(Files.readAllBytes(tensorFile(3)), 20));
    Files.write(tensorFile(2).resolveSibling("state.json"), new byte[0]);
    FoundCheckpoint found = store.newest().orElseThrow();
    assertThat(found.step()).isEqualTo(1);
    assertThat(found.warnings()).hasSize(2);
    Files.delete(tensorFile(1).resolveSibling("state.json"));
    Files.delete(tensorFile(2));
    assertThatThrownBy(() -> store.newest())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found 3 damaged in " + folder);
  }

  @Test
  void oneThatIsLargerThanAnArrayOfJavaIsComparedAllTheSame() throws IOException {
    store.save(1, tensors(1), Map.of());
    store.save(2, tensors(2), Map.of());
    try (RandomAccessFile file = new RandomAccessFile(tensorFile(2).toFile(), "rw")) {
      file.setLength(Integer.MAX_VALUE + 1L); // Most disks need no room for a hole.
    }
    assertThat(store.newest().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void aDamagedOneIsReplacedWhenTheRunComesByAgain() throws IOException {
    store.save(1, tensors(1), Map.of());
    store.save(2, tensors(2), Map.of());
    Files.write(tensorFile(2), new byte[9]);
    store.save(2, tensors(2), Map.of());
    assertThat(store.newest().orElseThrow().step()).isEqualTo(2);
    assertThat(names()).containsExactly("step-000000001", "step-000000002");
  }

  @Test
  void aWholeOneOfTheSameStepStays() throws IOException {
    store.save(2, tensors(2), Map.of());
    store.save(2, tensors(7), Map.of());
    assertThat(store.newest().orElseThrow().tensors().get("w").data()).startsWith(2);
  }

  @Test
  void whatAKilledProcessLeftIsIgnoredAndRemoved() throws IOException {
    store.save(1, tensors(1), Map.of());
    Path left = Files.createDirectory(folder.resolve("unfinished-2"));
    Files.write(left.resolve("tensors.safetensors"), new byte[100]);
    assertThat(store.newest().orElseThrow().step()).isEqualTo(1);
    store.save(3, tensors(3), Map.of());
    assertThat(names()).containsExactly("step-000000001", "step-000000003");
  }

  @Test
  void oneThatCannotBeWrittenLeavesTheEarlierOnesAndNothingElse() throws IOException {
    store.save(1, tensors(1), Map.of());
    Map<String, NDArray> unwritable = new LinkedHashMap<>(tensors(2));
    // Doubles are not written: that is found out in the middle of the file.
    unwritable.put("z", manager.create(new double[] {1, 2}).toType(DataType.FLOAT64, false));
    assertThatThrownBy(() -> store.save(2, unwritable, Map.of())).isInstanceOf(Exception.class);
    assertThat(names()).containsExactly("step-000000001");
    assertThat(store.newest().orElseThrow().step()).isEqualTo(1);
  }

  @Test
  void aFolderThatCannotBeMadeIsAnError() throws IOException {
    Path blocked = Files.createFile(parent.resolve("file"));
    CheckpointStore below = new CheckpointStore(blocked.resolve("checkpoints"));
    assertThatThrownBy(() -> below.save(1, tensors(1), Map.of())).isInstanceOf(IOException.class);
    assertThat(blocked).isEmptyFile();
  }

  @Test
  void refusesToKeepWeightsThatAreNoNumbers() throws IOException {
    store.save(1, tensors(1), Map.of());
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> store.save(2, tensors(value), Map.of()))
          .isInstanceOf(DivergedException.class)
          .hasMessage(
              "weights must be finite numbers, found others in w after step 2; resume from the last"
                  + " checkpoint with a lower --lr (try half) or --precision float32");
    }
    assertThat(names()).containsExactly("step-000000001");
  }

  @Test
  void restoresIntoLiveTensorsOfTheSameNamesAndShapesOnly() throws IOException {
    store.save(1, tensors(9), Map.of());
    FoundCheckpoint found = store.newest().orElseThrow();
    Map<String, NDArray> live = tensors(0);
    found.restoreInto(live, Map.of());
    assertThat(live.get("w").toFloatArray()).containsExactly(9, 2, 3, 4);
    assertThatThrownBy(
            () -> found.restoreInto(Map.of("v", manager.zeros(new Shape(2, 2))), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the checkpoint holds other tensors than the plan asks for");
    assertThatThrownBy(
            () -> found.restoreInto(Map.of("w", manager.zeros(new Shape(4, 1))), Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the checkpoint's w is [2, 2] where the plan asks for [4, 1]");
  }

  @Test
  void numbersAreKeptToTheLastBit() throws IOException {
    LiveNumber number = new LiveNumber();
    number.set(0.1 + 0.2);
    store.save(1, tensors(1), Map.of("n", number));
    FoundCheckpoint found = store.newest().orElseThrow();
    LiveNumber restored = new LiveNumber();
    found.restoreInto(tensors(0), Map.of("n", restored));
    assertThat(restored.get()).isEqualTo(0.1 + 0.2);
    assertThatThrownBy(() -> found.restoreInto(tensors(0), Map.of("m", restored)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it holds [n], asked for [m]");
  }

  @Test
  void theBestIsKeptWhateverComesAfterIt() throws IOException {
    assertThat(store.saveIfBest(1, tensors(1), Map.of(), 27.5)).isTrue();
    assertThat(store.saveIfBest(2, tensors(2), Map.of(), 28.25)).isTrue();
    for (long step = 3; step <= 6; step++) {
      store.save(step, tensors(step), Map.of());
    }
    assertThat(new CheckpointStore(folder).saveIfBest(6, tensors(6), Map.of(), 28)).isFalse();
    assertThat(names())
        .containsExactly("best-000000002", "step-000000004", "step-000000005", "step-000000006");
    assertThat(store.best().orElseThrow().tensors().get("w").data()).startsWith(2);
    assertThat(store.newest().orElseThrow().step()).isEqualTo(6);
  }

  @Test
  void theBestIsUsedWhenAllNewerOnesAreDamaged() throws IOException {
    store.saveIfBest(1, tensors(1), Map.of(), 1);
    store.save(2, tensors(2), Map.of());
    Files.write(tensorFile(2), new byte[9]);
    FoundCheckpoint found = store.newest().orElseThrow();
    assertThat(found.step()).isEqualTo(1);
    assertThat(found.warnings()).hasSize(1);
  }

  @Test
  void savingLeavesNothingBehindInMemory() throws IOException {
    Map<String, NDArray> tensors = tensors(1);
    int before = manager.getManagedArrays().size();
    store.save(1, tensors, Map.of());
    assertThat(manager.getManagedArrays()).hasSize(before);
  }
}
