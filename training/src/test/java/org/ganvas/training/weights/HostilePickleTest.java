package org.ganvas.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ganvas.training.script.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pickles that say in a few bytes what would take all memory or time, or change the terminal. */
@Timeout(300)
class HostilePickleTest {
  /** Of so many entries each, a few hundred copies are more than is allowed. */
  private static final int ENTRIES = 10_000;

  private static final String NO_ENTRIES_LEFT =
      "the pickle copies more than 1000000 entries of its dicts";

  @TempDir Path folder;

  private Path file(String pickle) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(0);
      zip.putNextEntry(new ZipEntry("net/data.pkl"));
      zip.write(pickle.getBytes(StandardCharsets.ISO_8859_1));
    }
    return Files.write(folder.resolve("made.pth"), bytes.toByteArray());
  }

  private void assertRefused(String pickle, String why) throws IOException {
    Path file = file(pickle);
    assertThatThrownBy(() -> WeightFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage(file + " cannot be read: " + why);
  }

  private static String int32(int number) {
    StringBuilder bytes = new StringBuilder();
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      bytes.append((char) (number >> shift & 0xff));
    }
    return bytes.toString();
  }

  @Test
  void refusesADictThatIsCopiedAgainAndAgain() throws IOException {
    StringBuilder dict = new StringBuilder("}q\0(");
    for (int i = 0; i < ENTRIES; i++) {
      dict.append('J').append(int32(i)).append('N');
    }
    assertRefused(dict + "u" + "}h\0b".repeat(101) + ".", NO_ENTRIES_LEFT);
  }

  @Test
  void refusesPairsOfWhichDictsAreMadeAgainAndAgain() throws IOException {
    StringBuilder pairs = new StringBuilder("]q\0(");
    for (int i = 0; i < ENTRIES; i++) {
      pairs.append('J').append(int32(i)).append("N\u0086");
    }
    assertRefused(
        pairs + "eccollections\nOrderedDict\nq\1" + "h\1h\0\u0085R".repeat(101) + ".",
        NO_ENTRIES_LEFT);
  }

  @Test
  void refusesANameThatWouldBeRepeatedForEachOfAMillionValues() throws IOException {
    String name = "n".repeat(1_000_000);
    assertRefused(
        "}X" + int32(name.length()) + name + "](" + "N".repeat(100_000) + "es.",
        "names of tensors are below 1000 characters that can be seen, found "
            + "n".repeat(100)
            + "…");
  }

  @Test
  void refusesAPickleThatIsAllContainers() throws IOException {
    assertRefused("}".repeat(1 << 24) + ".", "data.pkl has at most 16777216 bytes, found 16777217");
  }

  @Test
  void noNameReachesTheTerminalAsItsCommand() throws IOException {
    assertRefused(
        "c\33[2Jos\nsystem\n.",
        "only tensors and plain containers are read from a pickle, found ?[2Jos.system");
    assertRefused(
        "}X\6\0\0\0a\33[31mNs.",
        "names of tensors are below 1000 characters that can be seen, found a?[31m");
    Path file = folder.resolve("made.safetensors");
    StateDict state = new StateDict();
    state.put("a\33[31m", new StateDict.Entry(List.of(1L), new float[1]));
    Safetensors.write(file, state);
    assertThatThrownBy(() -> WeightFile.read(file)).hasMessageEndingWith("found a?[31m");
  }

  @Test
  void whatOrdinaryProgramsPickleIsReadAsBefore() throws IOException {
    assertThat(WeightFile.read(file("}X\3\0\0\0a.b}X\1\0\0\0cNss.")).names()).isEmpty();
  }
}
