package org.ganvas.training.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.ganvas.training.network.SrResNet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written can be read; what PyTorch wrote too; what is damaged or dangerous is refused. */
class TorchArchiveTest {
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
    StateDict read = TorchArchiveReader.read(file);
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
  @CsvSource({"state-dict, state-dict.pth", "module, module.pt"})
  void readsWhatPyTorchSaved(String name, String file) throws Exception {
    OracleCase oracle =
        OracleCase.read("archives.txt").stream()
            .filter(c -> c.name().equals(name))
            .findFirst()
            .orElseThrow();
    StateDict state = TorchArchiveReader.read(fixture(file));
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
    return Path.of(TorchArchiveTest.class.getResource(name).toURI());
  }

  @Test
  void refusesAPickleThatCallsAnythingElseByName() throws Exception {
    Path hostile = fixture("hostile.pth");
    assertThatThrownBy(() -> TorchArchiveReader.read(hostile))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(hostile.toString())
        .hasMessageContaining("only tensors and plain containers are read from a pickle, found")
        .hasMessageContaining("posix.system");
  }

  @Test
  void refusesWhatIsNoArchive() throws Exception {
    Path old = fixture("old.pth");
    assertThatThrownBy(() -> TorchArchiveReader.read(old))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(old + " is not a zip archive of PyTorch");
    Path other = zip(Map.of("readme.txt", new byte[3]));
    assertThatThrownBy(() -> TorchArchiveReader.read(other))
        .hasMessage(other + " cannot be read: an archive of PyTorch has a data.pkl, found none");
  }

  @Test
  void refusesAnArchiveThatIsCutShort() throws Exception {
    byte[] whole = Files.readAllBytes(fixture("state-dict.pth"));
    Path file = folder.resolve("cut.pth");
    for (int length : new int[] {0, 10, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> TorchArchiveReader.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(file + " is not a zip archive");
    }
  }

  @Test
  void refusesAnArchiveThatLacksAStorage() throws Exception {
    Map<String, byte[]> entries = entries(fixture("state-dict.pth"));
    assertThat(entries.remove("state-dict/data/0")).isNotNull();
    Path file = zip(entries);
    assertThatThrownBy(() -> TorchArchiveReader.read(file))
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
      assertThatThrownBy(() -> TorchArchiveReader.read(file))
          .isInstanceOf(IOException.class)
          .hasMessage(file + " cannot be read: the pickle is damaged");
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
    // Minus one.
    assertRefused(
        "}X\1\0\0\0w" + TENSOR + "J\u00ff\u00ff\u00ff\u00ff\u0085K\1\u0085" + rest,
        "reaches beyond its storage");
  }

  @Test
  void refusesAModuleThatContainsItself() throws Exception {
    assertRefused("}q\0X\1\0\0\0ah\0s.", "modules are at most 64 deep");
  }

  private void assertRefused(String pickle, String why) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("net/data.pkl", pickle.getBytes(StandardCharsets.ISO_8859_1));
    entries.put("net/data/0", new byte[16]);
    Path file = zip(entries);
    assertThatThrownBy(() -> TorchArchiveReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " cannot be read: ")
        .hasMessageContaining(why);
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return Files.write(folder.resolve("made.pth"), bytes.toByteArray());
  }
}
