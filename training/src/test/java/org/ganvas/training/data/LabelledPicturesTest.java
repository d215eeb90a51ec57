package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledPicturesTest {
  @TempDir private Path folder;

  @Test
  void subfoldersAreLabels() throws IOException {
    TestPhotos.write(folder.resolve("dog/deep/one.png"), 30, 20, 100, 100);
    TestPhotos.write(folder.resolve("cat/two.jpg"), 20, 50, 200, 200);
    TestPhotos.write(folder.resolve("astray.png"), 20, 20, 1);
    LabelledFolder labelled = LabelledFolder.bySubfolder(scan(), 16);
    LabelledPictures pictures = new LabelledPictures(labelled, settings(16, 3, 40));
    assertThat(pictures.labels()).containsExactly("cat", "dog");
    Batch batch = pictures.batch(0);
    assertThat(batch.tensor("real").shape()).containsExactly(40L, 3L, 16L, 16L);
    assertThat(batch.tensor("label").shape()).containsExactly(40L, 2L);
    int dogs = 0;
    for (int i = 0; i < 40; i++) {
      float cat = batch.tensor("label").values()[2 * i];
      assertThat(batch.tensor("label").values()[2 * i + 1]).isEqualTo(1 - cat);
      assertThat(batch.tensor("real").values()[i * 768]).isEqualTo((cat == 1 ? 200 : 100) / 255f);
      dogs += cat == 1 ? 0 : 1;
    }
    assertThat(dogs).isBetween(8, 32);
    assertThat(labelled.skipped())
        .extracting(PhotoFolder.Skipped::file)
        .containsExactly(folder.resolve("astray.png"));
  }

  @Test
  void aFlatFolderHasNoLabels() throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 9, 9, 1);
    LabelledPictures pictures =
        new LabelledPictures(LabelledFolder.bySubfolder(scan(), 8), settings(8, 1, 2));
    assertThat(pictures.labels()).isEmpty();
    assertThat(pictures.batch(0).tensors()).containsOnlyKeys("real");
    assertThat(pictures.batch(0).tensor("real").shape()).containsExactly(2L, 1L, 8L, 8L);
  }

  @Test
  void withoutLabelsPicturesBesideSubfoldersAreUsedToo() throws IOException {
    TestPhotos.write(folder.resolve("dog/one.png"), 9, 9, 1);
    TestPhotos.write(folder.resolve("astray.png"), 9, 9, 2);
    PictureSource source = PictureSource.open(List.of(folder), PictureSource.NONE, 8);
    assertThat(source.skipped()).isEmpty();
    assertThat(source.pictures().size()).isEqualTo(2);
    assertThat(source.pictures().labels()).isEmpty();
  }

  @Test
  void aListGivesLabelsAndWhatItLacksIsListed() throws IOException {
    TestPhotos.write(folder.resolve("a, b.png"), 10, 10, 1);
    TestPhotos.write(folder.resolve("sub/c.png"), 10, 10, 2);
    TestPhotos.write(folder.resolve("unlisted.png"), 10, 10, 3);
    Path list = folder.resolve("labels.csv");
    Files.writeString(list, "file,label\n\"a, b.png\",10\r\nsub/c.png, 9\n\nmissing.png,9\n");
    LabelledFolder labelled = LabelledFolder.byList(scan(), list, 8);
    assertThat(labelled.labels()).containsExactly("9", "10");
    assertThat(labelled.label(0)).isEqualTo(1);
    assertThat(labelled.label(1)).isZero();
    assertThat(labelled.skipped())
        .extracting(skipped -> skipped.file().getFileName() + ": " + skipped.reason())
        .containsExactly(
            "unlisted.png: a label is a line in the list, found none",
            "labels.csv: a line names a picture that is whole, found none named missing.png");
  }

  @Test
  void aLabelInQuotesMayHaveACommaAndQuotes() throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 10, 10, 1);
    TestPhotos.write(folder.resolve("b, c.png"), 10, 10, 2);
    Path list = folder.resolve("labels.csv");
    Files.writeString(list, "a.png,\"big, \"\"red\"\"\"\n\"b, c.png\", \"small, red\"\n");
    LabelledFolder labelled = LabelledFolder.byList(scan(), list, 8);
    assertThat(labelled.skipped()).isEmpty();
    assertThat(labelled.labels()).containsExactly("big, \"red\"", "small, red");
  }

  @Test
  void aLineWithoutALabelIsRefusedByItsNumber() throws IOException {
    assertListIsRefused("a.png,1\na.png\n", "line 2: a line is file,label, found a.png");
  }

  @Test
  void aPictureWithTwoLabelsIsRefusedByItsNumber() throws IOException {
    assertListIsRefused(
        "a.png,1\na.png,1\na.png,2\n", "line 3: a picture has one label, found 1 and 2 for a.png");
  }

  private void assertListIsRefused(String lines, String message) throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 10, 10, 1);
    Path list = folder.resolve("labels.csv");
    Files.writeString(list, lines);
    assertThatThrownBy(() -> LabelledFolder.byList(scan(), list, 8))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  @Test
  void theMiddleOfAPictureIsTakenAndHalfAreMirrored() throws IOException {
    TestPhotos.write(folder.resolve("wide.png"), 64, 16, 0, 255);
    PictureSet set = LabelledFolder.bySubfolder(scan(), 16);
    LabelledPictures.Settings mirrored = new LabelledPictures.Settings(16, 1, true, 200, 3);
    float[] real = new LabelledPictures(set, mirrored).batch(0).tensor("real").values();
    int turned = 0;
    for (int i = 0; i < 200; i++) {
      // The border between black and white lies in the middle.
      assertThat(real[i * 256] + real[i * 256 + 15]).isEqualTo(1);
      assertThat(real[i * 256 + 7] + real[i * 256 + 8]).isEqualTo(1);
      turned += real[i * 256] == 1 ? 1 : 0;
    }
    assertThat(turned).isCloseTo(100, within(28));
  }

  @Test
  void aSampleIsDecidedByItsNumberAndTheSeed() throws IOException {
    for (int i = 0; i < 5; i++) {
      TestPhotos.write(folder.resolve(i + ".png"), 20 + i, 30, i);
    }
    PictureSet set = LabelledFolder.bySubfolder(scan(), 8);
    float[] five = new LabelledPictures(set, settings(8, 3, 5)).batch(1).tensor("real").values();
    float[] one = new LabelledPictures(set, settings(8, 3, 1)).batch(7).tensor("real").values();
    assertThat(one).isEqualTo(Arrays.copyOfRange(five, 2 * 192, 3 * 192));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void picturesAndLabelsOfIdxFilesAreRead(boolean zipped) throws IOException {
    writeIdx("train-images-idx3-ubyte", zipped, new int[] {3, 2, 4}, 24, 0x803);
    writeIdx("train-labels-idx1-ubyte", zipped, new int[] {3}, 3, 0x801);
    assertThat(IdxPictures.areIn(folder, "train")).isTrue();
    assertThat(IdxPictures.areIn(folder, "t10k")).isFalse();
    IdxPictures pictures = IdxPictures.in(folder, "train");
    assertThat(pictures.size()).isEqualTo(3);
    assertThat(pictures.labels()).containsExactly("0", "1", "2");
    assertThat(pictures.label(2)).isEqualTo(2);
    RgbPhoto second = pictures.picture(1);
    assertThat(List.of(second.width(), second.height())).containsExactly(4, 2);
    assertThat(second.samples()).hasSize(24).startsWith(8, 8, 8, 9, 9, 9).endsWith(15, 15, 15);
  }

  @Test
  void idxFilesAreGivenAlone() throws IOException {
    writeIdx("train-images-idx3-ubyte", false, new int[] {3, 2, 4}, 24, 0x803);
    writeIdx("train-labels-idx1-ubyte", false, new int[] {3}, 3, 0x801);
    Path photos = folder.resolve("photos");
    TestPhotos.write(photos.resolve("a.png"), 10, 10, 1);
    for (List<Path> roots : List.of(List.of(folder, photos), List.of(photos, folder))) {
      assertThatThrownBy(() -> PictureSource.open(roots, PictureSource.AUTOMATIC, 8))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("MNIST's format are given alone");
    }
  }

  @Test
  void picturesOfIdxFilesGetABlackMarginWhereTheyAreTooSmall() throws IOException {
    writeIdx("t10k-images-idx3-ubyte", false, new int[] {2, 2, 2}, 8, 0x803);
    writeIdx("t10k-labels-idx1-ubyte", false, new int[] {2}, 2, 0x801);
    Path file = folder.resolve("t10k-images-idx3-ubyte");
    PictureSet set = PictureSource.open(List.of(file), PictureSource.AUTOMATIC, 4).pictures();
    assertThat(set.labels()).containsExactly("0", "1");
    float[] second =
        new LabelledPictures(set, settings(4, 1, 1)).inOrder(1, 2).tensor("real").values();
    for (int i = 0; i < 16; i++) {
      second[i] = Math.round(255 * second[i]);
    }
    assertThat(second).containsExactly(0, 0, 0, 0, 0, 4, 5, 0, 0, 6, 7, 0, 0, 0, 0, 0);
    assertThat(PictureSource.open(List.of(file), PictureSource.NONE, 4).pictures().labels())
        .isEmpty();
    assertThatThrownBy(() -> PictureSource.open(List.of(file, folder), "list.csv", 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("pictures in MNIST's format are given alone");
  }

  @Test
  void aSubsetIsSpreadOverTheWholeSet() throws IOException {
    for (int i = 0; i < 7; i++) {
      TestPhotos.write(folder.resolve(i + ".png"), 8, 8, i);
    }
    PictureSet set = LabelledFolder.bySubfolder(scan(), 8);
    PictureSet three = PictureSubset.spread(set, 3);
    assertThat(List.of(three.file(0), three.file(1), three.file(2)))
        .containsExactly(folder.resolve("0.png"), folder.resolve("2.png"), folder.resolve("4.png"));
    assertThat(PictureSubset.spread(set, 9).size()).isEqualTo(7);
  }

  @Test
  void anIdxFileThatLiesIsRefused() throws IOException {
    writeIdx("train-labels-idx1-ubyte", false, new int[] {3}, 3, 0x801);
    writeIdx("train-images-idx3-ubyte", false, new int[] {1 << 20, 1 << 20, 1 << 20}, 9, 0x803);
    refusedBecause("holds 1 to 1073741824 bytes, found dimensions of [1048576]");
    writeIdx("train-images-idx3-ubyte", false, new int[] {3, 28, 28}, 9, 0x803);
    refusedBecause("is there whole");
    writeIdx("train-images-idx3-ubyte", true, new int[] {30000, 150, 200}, 9, 0x803);
    Files.deleteIfExists(folder.resolve("train-images-idx3-ubyte"));
    refusedBecause("is there whole");
    Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
    writeIdx("train-images-idx3-ubyte", false, new int[] {-1, 2, 2}, 9, 0x803);
    refusedBecause("found dimensions of [] and -1");
    writeIdx("train-images-idx3-ubyte", false, new int[] {2, 2, 2}, 9, 0x803);
    refusedBecause("ends after its last byte");
    writeIdx("train-images-idx3-ubyte", false, new int[] {3, 2, 2}, 12, 0xd03);
    refusedBecause("begins with 00000803, found 00000d03");
    writeIdx("train-images-idx3-ubyte", false, new int[] {2, 2, 2}, 8, 0x803);
    refusedBecause("as many labels as pictures, found 3 and 2");
  }

  private void refusedBecause(String reason) {
    assertThatThrownBy(() -> IdxPictures.in(folder, "train"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("train-images-idx3-ubyte")
        .hasMessageContaining(reason);
  }

  private void writeIdx(String name, boolean zipped, int[] shape, int bytes, int magic)
      throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(zipped ? new GZIPOutputStream(file) : file)) {
      out.writeInt(magic);
      for (int side : shape) {
        out.writeInt(side);
      }
      for (int i = 0; i < bytes; i++) {
        out.writeByte(i);
      }
    }
    Files.write(folder.resolve(name + (zipped ? ".gz" : "")), file.toByteArray());
  }

  private PhotoFolder scan() throws IOException {
    return PhotoFolder.scan(List.of(folder), 1, 9999);
  }

  private static LabelledPictures.Settings settings(int side, int channels, int batchSize) {
    return new LabelledPictures.Settings(side, channels, false, batchSize, 3);
  }

  @Test
  void aListMayBeginWithAMarkAndNameWhatIsNoFilesName() throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 10, 10, 1);
    Path list = folder.resolve("labels.csv");
    Files.writeString(list, "\uFEFFfile,label\na.png,1\nb\0.png,2\n");
    LabelledFolder labelled = LabelledFolder.byList(scan(), list, 8);
    assertThat(labelled.labels()).containsExactly("1");
    assertThat(labelled.skipped()).hasSize(1);
  }

  @Test
  void aListInAnotherEncodingIsRefused() throws IOException {
    TestPhotos.write(folder.resolve("a.png"), 10, 10, 1);
    Path list = Files.write(folder.resolve("labels.csv"), new byte[] {'a', ',', (byte) 0xe4});
    assertThatThrownBy(() -> LabelledFolder.byList(scan(), list, 8))
        .hasMessage(list + ": a list is UTF-8, found other bytes; save it as UTF-8");
  }
}
