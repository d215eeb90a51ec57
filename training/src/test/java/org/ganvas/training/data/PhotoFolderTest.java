package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PhotoFolderTest {
  @TempDir Path folder;

  @Test
  void photosOfNestedFoldersAreOrderedByTheirRelativePath() throws IOException {
    Path first = folder.resolve("z");
    Path second = folder.resolve("a");
    TestPhotos.write(first.resolve("m/deep/er/2.png"), 10, 12, 1);
    TestPhotos.write(first.resolve("b.png"), 11, 12, 1);
    TestPhotos.write(second.resolve("m/deep/1.jpg"), 12, 12, 1);
    TestPhotos.write(second.resolve("c.BMP"), 13, 12, 1);
    TestPhotos.write(second.resolve("m/deep/er/2.png"), 14, 12, 1);
    PhotoFolder photos = PhotoFolder.scan(List.of(first, second), 1, 9999);
    assertThat(photos.photos())
        .extracting(Photo::name)
        .containsExactly("b.png", "c.BMP", "m/deep/1.jpg", "m/deep/er/2.png", "m/deep/er/2.png");
    assertThat(photos.photos()).extracting(Photo::width).containsExactly(11, 13, 12, 10, 14);
    assertThat(photos.skipped()).isEmpty();
  }

  @Test
  void whatCannotBeUsedIsListedWithItsReason() throws IOException {
    TestPhotos.write(folder.resolve("good.png"), 32, 40, 1);
    TestPhotos.write(folder.resolve("small.png"), 64, 31, 1);
    Files.writeString(folder.resolve("text.jpg"), "this is no picture");
    Files.createFile(folder.resolve("void.png"));
    Files.writeString(folder.resolve("NOTICE"), "neither a picture nor called one");
    Files.writeString(folder.resolve(".hidden.png"), "left behind by a file manager");
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), 32, 9999);
    assertThat(photos.photos()).extracting(Photo::name).containsExactly("good.png");
    assertThat(photos.skipped())
        .extracting(skipped -> skipped.file().getFileName().toString())
        .containsExactly("small.png", "text.jpg", "void.png");
    assertThat(photos.skipped().get(0).reason()).contains("at least 32 pixels", "found 64x31");
    assertThat(photos.skipped()).allSatisfy(s -> assertThat(s.reason()).isNotBlank());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // which lets administrators alone make links
  void aLinkThatLeadsBackIsListedAsOne() throws IOException {
    TestPhotos.write(folder.resolve("photo.png"), 16, 16, 1);
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    PhotoFolder found = PhotoFolder.scan(List.of(folder), 16, 9999);
    assertThat(found.photos()).hasSize(1);
    assertThat(found.skipped())
        .containsExactly(new PhotoFolder.Skipped(link, "links to a folder that it is in"));
  }

  @Test
  void photosCutShortAreListed() throws IOException {
    TestPhotos.write(folder.resolve("whole.jpg"), 64, 64, 1);
    for (String name : List.of("half.jpg", "half.png")) {
      Path file = folder.resolve(name);
      TestPhotos.write(file, 64, 64, 1);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), 32, 9999);
    assertThat(photos.photos()).extracting(Photo::name).containsExactly("whole.jpg");
    assertThat(photos.skipped())
        .extracting(skipped -> skipped.file().getFileName().toString())
        .containsExactly("half.jpg", "half.png");
  }

  @Test
  void findsAndReadsPhotosWhosePathsHaveSpacesAndForeignLetters() throws IOException {
    Path file = folder.resolve("Fotos für später/Ærø 日本 1.png");
    TestPhotos.write(file, 20, 16, 200, 30);
    Photo photo = PhotoFolder.scan(List.of(folder), 1, 9999).photos().get(0);
    assertThat(photo.name()).isEqualTo("Fotos für später/Ærø 日本 1.png");
    RgbPhoto pixels = PhotoReader.read(photo);
    assertThat(pixels.width()).isEqualTo(20);
    assertThat(pixels.samples()[0] & 255).isEqualTo(200);
    assertThat(pixels.samples()[19 * 3] & 255).isEqualTo(30);
  }

  @Test
  void aPhotoIsTurnedUprightAsItsFileSays() throws IOException {
    Path file = folder.resolve("turned.jpg");
    TestPhotos.write(file, 32, 16, 200, 30);
    byte[] jpeg = Files.readAllBytes(file);
    // An EXIF segment with one entry: orientation 6, to be turned clockwise by a quarter.
    byte[] exif =
        HexFormat.of()
            .parseHex("ffe10022457869660000" + "4d4d002a00000008" + "0001011200030000000100060000");
    byte[] turned = new byte[jpeg.length + exif.length + 4];
    System.arraycopy(jpeg, 0, turned, 0, 2);
    System.arraycopy(exif, 0, turned, 2, exif.length);
    System.arraycopy(jpeg, 2, turned, 2 + exif.length + 4, jpeg.length - 2);
    Files.write(file, turned);
    Photo photo = PhotoFolder.scan(List.of(folder), 16, 9999).photos().get(0);
    RgbPhoto pixels = PhotoReader.read(photo);
    assertThat(List.of(photo.width(), photo.height())).containsExactly(16, 32);
    assertThat(List.of(pixels.width(), pixels.height())).containsExactly(16, 32);
    assertThat(pixels.samples()[0] & 255).isCloseTo(200, within(5));
    assertThat(pixels.samples()[pixels.samples().length - 1] & 255).isCloseTo(30, within(5));
  }

  @Test
  void theColorsOfATiffAreThoseThatUpscalingSees() throws IOException {
    Path file = folder.resolve("lab.tif");
    short[] samples = {100, 10, 20, 200, 0, 240, 160, 230, 0, 128, 0, 0};
    Picture picture = new Picture(4, 1, PixelLayout.RGB, 8, samples);
    new ImageEncoder()
        .write(picture, PhotoMetadata.NONE, OutputFormat.TIFF, file, ImageEncoder.IfExists.REPLACE);
    ByteBuffer tiff = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int photometric = tiff.getInt(4) + 2 + 4 * 12; // the fifth entry
    assertThat(tiff.getShort(photometric)).isEqualTo((short) 0x106);
    Files.write(file, tiff.putInt(photometric + 8, 8).array());
    short[] seen = new ImageDecoder().decode(file).picture().samples();
    assertThat(seen).isNotEqualTo(samples);
    byte[] read = PhotoReader.read(new Photo("lab.tif", file, 4, 1, false)).samples();
    for (int i = 0; i < seen.length; i++) {
      assertThat(read[i] & 0xFF).isEqualTo(seen[i]);
    }
  }

  @Test
  void aSingleFileIsAFolderOfOne() throws IOException {
    Path file = folder.resolve("one.png");
    TestPhotos.write(file, 20, 16, 1);
    assertThat(PhotoFolder.scan(List.of(file), 1, 9999).photos())
        .containsExactly(new Photo("one.png", file, 20, 16, false));
  }

  @Test
  void photosAtACamerasFullSizeAreHalvedIfAskedFor() throws IOException {
    TestPhotos.write(folder.resolve("camera.png"), 1901, 400, 240, 20);
    TestPhotos.write(folder.resolve("panorama.png"), 1901, 150, 240, 20);
    TestPhotos.write(folder.resolve("small.png"), 1800, 400, 240, 20);
    PhotoFolder photos = PhotoFolder.scan(List.of(folder), 100, 1800);
    assertThat(photos.photos()).extracting(Photo::halved).containsExactly(true, false, false);
    Photo camera = photos.photos().get(0);
    RgbPhoto pixels = PhotoReader.read(camera);
    assertThat(List.of(pixels.width(), pixels.height())).containsExactly(950, 200);
    assertThat(List.of(camera.width(), camera.height())).containsExactly(950, 200);
    assertThat(pixels.samples()[0] & 255).isEqualTo(240);
    assertThat(pixels.samples()[pixels.samples().length - 1] & 255).isEqualTo(20);
    assertThat(PhotoFolder.scan(List.of(folder), 100, 9999).photos())
        .extracting(Photo::halved)
        .containsOnly(false);
  }

  @Test
  void refusesAFolderWithoutUsablePhotosAndOneThatIsNotThere() throws IOException {
    TestPhotos.write(folder.resolve("small.png"), 8, 8, 1);
    assertThatThrownBy(() -> PhotoFolder.scan(List.of(folder), 32, 9999))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("at least 32 pixels", "1 unusable pictures", "found 8x8");
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> PhotoFolder.scan(List.of(missing), 32, 9999))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found nothing at " + missing);
  }
}
