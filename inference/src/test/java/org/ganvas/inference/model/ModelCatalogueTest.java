package org.ganvas.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogueTest {
  @TempDir private Path folder;
  private ModelCatalogue catalogue;

  @BeforeEach
  void copyTheModels() throws IOException {
    for (int scale : new int[] {2, 4}) {
      Files.copy(TestModels.tiny(scale).path(), folder.resolve("tiny-x" + scale + ".pt"));
    }
    catalogue = new ModelCatalogue(List.of(folder.resolve("nowhere"), folder));
  }

  @Test
  void findsAModelByItsNameAndByItsPath() throws ModelException {
    Path file = folder.resolve("tiny-x2.pt");
    assertThat(catalogue.find("tiny-x2").path()).isEqualTo(file);
    assertThat(catalogue.find(file.toString()).card().network().scale()).isEqualTo(2);
  }

  @Test
  void aNameFromAStrangerIsNeverAPath() {
    String path = folder.resolve("tiny-x2.pt").toString();
    for (String name : List.of(path, "tiny-x2.pt", "../tiny-x2", "/etc/passwd", "a\u0000b.pt")) {
      assertThatThrownBy(() -> catalogue.findNamed(name))
          .extracting("reason")
          .isEqualTo(ModelException.Reason.UNKNOWN);
    }
  }

  @Test
  void theFirstFolderWins() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Files.copy(folder.resolve("tiny-x4.pt"), first.resolve("tiny-x2.pt"));
    ModelCatalogue both = new ModelCatalogue(List.of(first, folder));
    assertThat(both.find("tiny-x2").card().network().scale()).isEqualTo(4);
    assertThat(both.list().models()).hasSize(2);
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertThatThrownBy(() -> catalogue.find("photo"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("tiny-x2, tiny-x4")
        .hasMessageContaining(folder.toString())
        .extracting("reason")
        .isEqualTo(ModelException.Reason.UNKNOWN);
  }

  @Test
  void aModelInsideAnArchiveHasToBeCopiedOutOfIt() throws IOException {
    URI archive = URI.create("jar:" + folder.resolve("program.jar").toUri());
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path inside = Files.copy(folder.resolve("tiny-x2.pt"), files.getPath("/tiny-x2.pt"));
      assertThatThrownBy(() -> ModelFile.read(inside))
          .hasMessageContaining("/tiny-x2.pt: a model is read from a folder of the computer, found")
          .hasMessageEndingWith("; copy it to such a folder first")
          .extracting("reason")
          .isEqualTo(ModelException.Reason.UNSUITABLE);
    }
  }

  @Test
  void aPathThatDoesNotExistIsUnknown() {
    assertThatThrownBy(() -> catalogue.find(folder.resolve("no.pt").toString()))
        .extracting("reason")
        .isEqualTo(ModelException.Reason.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "1.5, 2", "2, 2", "2.01, 4", "4, 4", "8, 4"})
  void theNearestModelIsTheSmallestThatIsEnoughElseTheLargest(double scale, int expected)
      throws ModelException {
    assertThat(catalogue.nearest(scale).card().network().scale()).isEqualTo(expected);
  }

  @Test
  void amongEqualsTheShippedOnesComeInTheirOrderAndThenTheFirstByName() throws IOException {
    for (String name : List.of("a-x4", "photo-mine-x4", "photo-x4", "photo-restore-x4")) {
      Files.copy(folder.resolve("tiny-x4.pt"), folder.resolve(name + ".pt"));
    }
    for (String expected : List.of("photo-restore-x4.pt", "photo-x4.pt", "a-x4.pt")) {
      assertThat(catalogue.nearest(3).path()).hasFileName(expected);
      Files.delete(folder.resolve(expected));
    }
    assertThat(catalogue.nearest(2).path()).as("the smaller scale").hasFileName("tiny-x2.pt");
    for (String name : List.of("a-x2", "photo-mine-x2", "photo-x2", "photo-restore-x2")) {
      Files.copy(folder.resolve("tiny-x2.pt"), folder.resolve(name + ".pt"));
    }
    for (String expected : List.of("photo-restore-x2.pt", "photo-x2.pt", "a-x2.pt")) {
      assertThat(catalogue.nearest(2).path()).hasFileName(expected);
      Files.delete(folder.resolve(expected));
    }
  }

  @Test
  void aTruncatedFileIsDamaged() throws IOException {
    Path file = folder.resolve("tiny-x2.pt");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertDamaged("tiny-x2");
  }

  @Test
  void aFileWithOtherWeightsThanItsCardSaysIsDamaged() throws IOException {
    rewrite("tiny-x2/data/2", bytes -> bytes[17] ^= 1);
    assertDamaged("tiny-x2");
    assertThat(catalogue.list().models()).containsKey("tiny-x2");
  }

  @Test
  void aFileWithoutItsCardIsDamaged() throws IOException {
    rewrite("tiny-x2/extra/card.json", bytes -> Arrays.fill(bytes, (byte) ' '));
    assertDamaged("tiny-x2");
  }

  @Test
  void listingGoesOnBehindADamagedFile() throws IOException {
    Files.writeString(folder.resolve("a.pt"), "no zip");
    ModelCatalogue.Listing listing = catalogue.list();
    assertThat(listing.models().keySet()).containsExactly("tiny-x2", "tiny-x4");
    assertThat(listing.damaged()).singleElement().asString().contains("a.pt").contains("damaged");
  }

  private void assertDamaged(String name) {
    assertThatThrownBy(() -> catalogue.find(name))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(folder.resolve(name + ".pt").toString())
        .hasMessageNotContaining("\n")
        .extracting("reason")
        .isEqualTo(ModelException.Reason.DAMAGED);
  }

  private interface Change {
    void to(byte[] bytes);
  }

  /** Writes tiny-x2.pt again, with one entry changed. */
  private void rewrite(String changed, Change change) throws IOException {
    Path file = folder.resolve("tiny-x2.pt");
    Path written = folder.resolve("written.zip");
    try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(written))) {
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        byte[] bytes = zip.getInputStream(entry).readAllBytes();
        if (entry.getName().equals(changed)) {
          change.to(bytes);
        }
        out.putNextEntry(stored(entry.getName(), bytes));
        out.write(bytes);
      }
    }
    Files.move(written, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static ZipEntry stored(String name, byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    return entry;
  }
}
