package org.ganvas.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.ganvas.training.network.SrResNet;
import org.ganvas.training.script.OracleCase;
import org.ganvas.training.script.Program;
import org.ganvas.training.script.StateDict;
import org.ganvas.training.script.TorchScriptArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written can be read; what PyTorch wrote too; what is damaged or dangerous is refused. */
class WeightFileTest {
  private static final String TENSOR =
      "ctorch._utils\n_rebuild_tensor_v2\n((X\7\0\0\0storagectorch\nFloatStorage\n"
          + "X\1\0\0\0000X\3\0\0\0cpuK\4tQK\0";

  @TempDir Path folder;

  @Test
  void readsWhatWasWritten() throws IOException {
    Program program = new SrResNet(2, 2).program();
    StateDict state = program.initialize(5);
    Path file = folder.resolve("net.pt");
    write(file, program, state);
    StateDict read = WeightFile.read(file);
    assertThat(read.names()).containsExactlyInAnyOrderElementsOf(state.names());
    read.requireFits(program);
    for (String name : state.names()) {
      assertThat(read.get(name).data()).isEqualTo(state.get(name).data());
    }
  }

  private static void write(Path file, Program program, StateDict state) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      TorchScriptArchive.write(out, program, state, Map.of("card.json", "{}"));
    }
  }

  @Test
  void theSameNetworkGivesTheSameBytes() throws IOException {
    Program program = new SrResNet(1, 2).program();
    write(folder.resolve("a.pt"), program, program.initialize(5));
    write(folder.resolve("b.pt"), new SrResNet(1, 2).program(), program.initialize(5));
    assertThat(folder.resolve("a.pt")).hasSameBinaryContentAs(folder.resolve("b.pt"));
  }

  @Test
  void theDigestFollowsTheWeightsAndNothingElse() {
    Program program = new SrResNet(1, 2).program();
    StateDict state = program.initialize(5);
    String digest = TorchScriptArchive.weightsSha256(program, state);
    assertThat(digest).hasSize(64);
    assertThat(TorchScriptArchive.weightsSha256(program, program.initialize(5))).isEqualTo(digest);
    state.get("tail.bias").data()[2] += 1e-3f;
    assertThat(TorchScriptArchive.weightsSha256(program, state)).isNotEqualTo(digest);
  }

  @ParameterizedTest
  @CsvSource({
    "state-dict, state-dict.pth",
    "state-dict, old.pth",
    "state-dict, protocol-4.pth",
    "module, module.pt"
  })
  void readsWhatPyTorchSaved(String name, String file) throws Exception {
    OracleCase oracle =
        OracleCase.read("/org/ganvas/training/weights/archives.txt").stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .orElseThrow();
    StateDict state = WeightFile.read(fixture(file));
    assertThat(state.names()).containsExactlyInAnyOrderElementsOf(oracle.tensors().keySet());
    oracle
        .tensors()
        .forEach(
            (tensor, expected) -> {
              assertThat(state.get(tensor).shape()).isEqualTo(expected.shape());
              assertThat(state.get(tensor).data()).isEqualTo(expected.data());
            });
  }

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(WeightFileTest.class.getResource(name).toURI());
  }

  @Test
  void readsWhatTheFirstPyTorchSavedFromPython2() throws Exception {
    StateDict state = WeightFile.read(fixture("ancient.pth"));
    assertThat(state.names()).containsExactly("features.0.weight");
    assertThat(state.get("features.0.weight").shape()).containsExactly(2L, 3L);
    assertThat(state.get("features.0.weight").data()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  /** From protocol 4 on a pickle says first how long it is. */
  @ParameterizedTest
  @ValueSource(strings = {"\u0080\3", "\u0080\4\u0095\15\0\0\0\0\0\0\0"})
  void readsTheOlderFormatInOtherProtocolsOfPickle(String start) throws Exception {
    byte[] old = Files.readAllBytes(fixture("old.pth"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(start.getBytes(StandardCharsets.ISO_8859_1));
    bytes.write(old, 2, old.length - 2);
    Path file = Files.write(folder.resolve("other.pth"), bytes.toByteArray());
    StateDict expected = WeightFile.read(fixture("old.pth"));
    StateDict read = WeightFile.read(file);
    assertThat(read.names()).containsExactlyElementsOf(expected.names());
    for (String name : read.names()) {
      assertThat(read.get(name).data()).isEqualTo(expected.get(name).data());
    }
  }

  @Test
  void readsSafetensors() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    ByteBuffer bytes = ByteBuffer.allocate(12 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8)).putFloat(2.5f);
    Path file = Files.write(folder.resolve("a.safetensors"), bytes.array());
    assertThat(WeightFile.read(file).get("a").data()).containsExactly(2.5f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state-dict.pth", "old.pth"})
  void whatIsNotWantedIsLeftOut(String file) throws Exception {
    StateDict state = WeightFile.read(fixture(file), name -> name.startsWith("body."));
    assertThat(state.names())
        .containsExactlyInAnyOrder("body.0.bias", "body.0.half", "body.1.double");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostile.pth", "hostile-old.pth", "hostile-4.pth"})
  void refusesAPickleThatCallsAnythingElseByName(String name) throws Exception {
    Path hostile = fixture(name);
    assertThatThrownBy(() -> WeightFile.read(hostile))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(hostile.toString())
        .hasMessageContaining("only tensors and plain containers are read from a pickle, found")
        .hasMessageContaining("posix.system");
  }

  @Test
  void refusesWhatIsNoFileOfWeights() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "these are no weights at all");
    assertThatThrownBy(() -> WeightFile.read(text))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(text + " cannot be read: weights are a TorchScript program,");
    Path other = zip(Map.of("readme.txt", new byte[3]));
    assertThatThrownBy(() -> WeightFile.read(other))
        .hasMessage(other + " cannot be read: an archive of PyTorch has a data.pkl, found none");
    Path missing = folder.resolve("missing.pth");
    assertThatThrownBy(() -> WeightFile.read(missing)).isInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state-dict.pth", "old.pth", "ancient.pth"})
  void refusesAFileThatIsCutShortAnywhere(String name) throws Exception {
    byte[] whole = Files.readAllBytes(fixture(name));
    Path file = folder.resolve("cut.pth");
    for (int length = 0; length < whole.length; length += 17) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WeightFile.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + " cannot be read: ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void refusesAnArchiveWithOneBitOfATensorFlipped() throws Exception {
    Program program = new SrResNet(1, 2).program();
    StateDict state = program.initialize(5);
    Path file = folder.resolve("net.pt");
    write(file, program, state);
    byte[] tensor = littleEndian(state.get("head.0.weight").data());
    byte[] bytes = Files.readAllBytes(file);
    bytes[indexOf(bytes, tensor)] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> WeightFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " cannot be read: ")
        .hasMessageContaining("/data/0 has the checksum ")
        .hasMessageEndingWith("it is damaged; get the file once more");
    // As PyTorch writes it with torch.serialization.set_crc32_options(False).
    CRC32 crc = new CRC32();
    crc.update(tensor);
    byte[] checksum =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) crc.getValue()).array();
    for (int copy = 0; copy < 2; copy++) {
      int at = indexOf(bytes, checksum);
      Arrays.fill(bytes, at, at + checksum.length, (byte) 0);
    }
    Files.write(file, bytes);
    assertThat(WeightFile.read(file).names()).containsAll(state.names());
  }

  private static byte[] littleEndian(float[] numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(numbers);
    return bytes.array();
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    return at;
  }

  /** Whatever comes of it, it is an answer in one line and not a crash or a full memory. */
  @ParameterizedTest
  @ValueSource(strings = {"old.pth", "ancient.pth"})
  void aByteThatWasChangedAnywhereIsReadOrRefused(String name) throws Exception {
    byte[] whole = Files.readAllBytes(fixture(name));
    Path file = folder.resolve("flipped.pth");
    int refused = 0;
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] ^= (byte) (1 << i % 8);
      Files.write(file, flipped);
      try {
        assertThat(WeightFile.read(file)).isNotNull();
      } catch (IOException e) {
        assertThat(e).hasMessageStartingWith(file + " cannot be read: ");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(50);
  }

  @Test
  void refusesAnArchiveThatLacksAStorage() throws Exception {
    Map<String, byte[]> entries = entries(fixture("state-dict.pth"));
    assertThat(entries.remove("state-dict/data/0")).isNotNull();
    Path file = zip(entries);
    assertThatThrownBy(() -> WeightFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " cannot be read: the archive lacks data/0");
  }

  @Test
  void refusesAPickleThatIsCutShortAnywhere() throws Exception {
    Map<String, byte[]> entries = entries(fixture("state-dict.pth"));
    byte[] pickle = entries.get("state-dict/data.pkl");
    for (int length = 0; length < pickle.length; length += 7) {
      entries.put("state-dict/data.pkl", Arrays.copyOf(pickle, length));
      Path file = zip(entries);
      assertThatThrownBy(() -> WeightFile.read(file))
          .isInstanceOf(IOException.class)
          .hasMessage(file + " cannot be read: the pickle is damaged or cut short");
    }
  }

  @Test
  void refusesAnOpcodeThatIsNotUnderstood() throws Exception {
    assertRefused("}i.", "the pickle has the opcode 105, which is not understood");
  }

  /** The storage has four numbers. */
  @Test
  void refusesATensorThatReachesBeyondItsStorage() throws Exception {
    String rest = "\u0089ccollections\nOrderedDict\n)RtRs.";
    assertRefused(
        "}X\1\0\0\0w" + TENSOR + "K\5\u0085K\1\u0085" + rest, "reaches beyond its storage");
    assertRefused(
        "}X\1\0\0\0w" + TENSOR + "K\3\u0085K\2\u0085" + rest, "reaches beyond its storage");
    // A billion numbers by a stride of nothing.
    assertRefused(
        "}X\1\0\0\0w" + TENSOR + "J\0\0\0\100\u0085K\0\u0085" + rest, "reaches beyond its storage");
    // So far beyond that its place in bytes, as an int, is that of the first number again.
    assertRefused(
        "}X\1\0\0\0w"
            + TENSOR.substring(0, TENSOR.length() - 2)
            + "J\0\0\0\100K\1\u0085K\1\u0085"
            + rest,
        "reaches beyond its storage");
    // Minus one.
    assertRefused(
        "}X\1\0\0\0w" + TENSOR + "J\u00ff\u00ff\u00ff\u00ff\u0085K\1\u0085" + rest,
        "reaches beyond its storage");
  }

  /** As {@code torch.tensor([1., 2.]).view(2, 1).expand(2, 3)} is saved: each number once. */
  @Test
  void readsAnExpandedTensorWhichHasMoreNumbersThanItsStorage() throws Exception {
    String pickle = "}X\1\0\0\0w" + TENSOR + "K\2K\3\u0086K\1K\0\u0086\u0089NtRs.";
    Map<String, byte[]> entries = entries(pickle, 8);
    ByteBuffer.wrap(entries.get("net/data/0"))
        .order(ByteOrder.LITTLE_ENDIAN)
        .putFloat(1)
        .putFloat(2);
    StateDict.Entry read = WeightFile.read(zip(entries)).get("w");
    assertThat(read.shape()).containsExactly(2L, 3L);
    assertThat(read.data()).containsExactly(1, 1, 1, 2, 2, 2);
  }

  /** Python 2 writes long numbers so, and those of a size were long. */
  @Test
  void readsALongNumberOfNoBytesAsZero() throws Exception {
    String tensor = TENSOR.substring(0, TENSOR.length() - 2) + "\u008a\0";
    Path file = zip(entries("}X\1\0\0\0w" + tensor + "K\4\u0085K\1\u0085\u0089NtRs.", 16));
    assertThat(WeightFile.read(file).get("w").data()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void refusesContainersWithoutEnd() throws Exception {
    assertRefused("}q\0X\1\0\0\0ah\0s.", "containers are at most 64 deep");
    // Each list has the one before it twice: a billion billion values.
    String twice = "]q\0" + "]q\1(h\0h\0eq\0".repeat(60) + ".";
    assertRefused(twice, "containers have at most 1000000 values");
    // A list in itself as a key, whose hash has no end.
    assertRefused("}]q\0h\0aK\1s.", "the keys of a dict are strings or numbers");
    assertRefused("]".repeat(100_000) + "a".repeat(99_999) + ".", "at most 64 deep");
  }

  @Test
  void refusesViewsThatWouldFillTheMemory() throws Exception {
    // Sixteen kilobytes, seen a hundred times.
    String view = TENSOR + "M\0\20\u0085K\1\u0085\u0089NtR";
    StringBuilder pickle = new StringBuilder("](");
    for (int i = 0; i < 100; i++) {
      pickle.append(view);
    }
    Path file = zip(entries(pickle + "e.", 1 << 14));
    assertThatThrownBy(() -> WeightFile.read(file))
        .hasMessageContaining("its tensors have more numbers than the file has bytes");
  }

  @Test
  void refusesAnEntryThatUnpacksToMoreThanTheFile() throws Exception {
    Path file =
        zip(entries("}X\1\0\0\0w" + TENSOR + "K\4\u0085K\1\u0085\u0089NtRs.", 1 << 20), true);
    assertThatThrownBy(() -> WeightFile.read(file))
        .hasMessageContaining("data/0 says that it has 1048576 bytes, more than the whole file");
  }

  private void assertRefused(String pickle, String why) throws IOException {
    Path file = zip(entries(pickle, 16));
    assertThatThrownBy(() -> WeightFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " cannot be read: ")
        .hasMessageContaining(why);
  }

  private static Map<String, byte[]> entries(String pickle, int storageBytes) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("net/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
    entries.put("net/data/0", new byte[storageBytes]);
    return entries;
  }

  private static Map<String, byte[]> entries(Path file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    return entries;
  }

  private Path zip(Map<String, byte[]> entries) throws IOException {
    return zip(entries, false);
  }

  private Path zip(Map<String, byte[]> entries, boolean deflated) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(deflated ? 9 : 0);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return Files.write(folder.resolve("made.pth"), bytes.toByteArray());
  }

  @Test
  void refusesToFetchTheSameStoragesWithoutEnd() throws Exception {
    String one = TENSOR + "K\1\u0085K\1\u0085\u0089NtR";
    String pickle = "](" + (one + one.replace("X\1\0\0\0000X", "X\1\0\0\0001X")).repeat(40) + "e.";
    Map<String, byte[]> entries = entries(pickle, 1 << 14);
    entries.put("net/data/1", new byte[1 << 14]);
    Path file = zip(entries);
    assertThatThrownBy(() -> WeightFile.read(file))
        .hasMessageContaining("its tensors refer to the same storages again and again");
  }

  @Test
  void refusesAVersionThatContainsItself() throws Exception {
    byte[] whole = Files.readAllBytes(fixture("old.pth"));
    // The version's pickle, protocol 2 and 1001, becomes two lists in each other.
    String lists = "\u0080\2]q\0]q\1h\0ah\1a.";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(whole, 0, LegacyTorchFile.magicLength(whole));
    bytes.write(lists.getBytes(StandardCharsets.ISO_8859_1));
    Path file = Files.write(folder.resolve("endless.pth"), bytes.toByteArray());
    assertThatThrownBy(() -> WeightFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " cannot be read: the protocol's version is 1001, found another");
  }
}
