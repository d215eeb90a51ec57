package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a TIFF says of its photo arrives in other files as it does from a JPEG. */
class TiffMetadataTest {
  private static final int DESCRIPTION = 0x10E;
  private static final int MAKE = 0x10F;
  private static final int DATE = 0x132;
  private static final int COPYRIGHT = 0x8298;
  private static final int SUB_FILES = 0x14A;
  private static final int EXPOSURE_TIME = 0x829A;
  private static final int MAKER_NOTE = 0x927C;
  private static final int LATITUDE = 2;
  private static final byte[] SAMPLES = {1, 2, 3, 4, 5, 6};

  private final ImageDecoder decoder = new ImageDecoder();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatATiffSaysOfThePhotoTravelsButNotWhereItsPixelsLie(boolean little) throws IOException {
    TiffEntries entries = new TiffEntries(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    PhotoMetadata metadata =
        decoder.decode(TiffBytes.of(entries, 2, 1, SAMPLES, TiffMetadataTest::ofAPhoto)).metadata();
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    new ImageEncoder()
        .write(new SyntheticRows(8, 4, PixelLayout.RGB), metadata, OutputFormat.JPEG, jpeg);
    ExifBlock exif = decoder.decode(jpeg.toByteArray()).metadata().exif();
    assertThat(exif.orientation()).isEqualTo(Orientation.UPRIGHT);
    TiffDirectory written = TiffDirectory.first(exif.bytes());
    assertThat(written.order()).isEqualTo(entries.order());
    assertThat(written.tags())
        .containsExactlyInAnyOrder(
            MAKE, DATE, COPYRIGHT, TiffDirectory.EXIF_DIRECTORY, TiffDirectory.GPS_DIRECTORY);
    assertThat(written.data(MAKE)).isEqualTo(ascii("Ganvas"));
    assertThat(written.data(COPYRIGHT)).isEqualTo(ascii("me"));
    TiffDirectory details = written.sub(TiffDirectory.EXIF_DIRECTORY);
    assertThat(details.fraction(EXPOSURE_TIME)).isEqualTo(0.008);
    assertThat(details.number(TiffDirectory.PIXEL_X_DIMENSION, 0)).isEqualTo(8);
    assertThat(details.tags()).doesNotContain(MAKER_NOTE);
    assertThat(written.sub(TiffDirectory.GPS_DIRECTORY).fraction(LATITUDE)).isEqualTo(47.5);
  }

  @Test
  void whatABigTiffSaysTravelsToo() throws IOException {
    PhotoMetadata metadata = decoder.decode(Fixture.resource("bigtiff.tif")).metadata();
    assertThat(metadata.density()).isEqualTo(new Density(150, 300)); // it is turned by a quarter
    TiffDirectory exif = TiffDirectory.first(metadata.exif().bytes());
    assertThat(exif.data(DESCRIPTION)).isEqualTo(ascii("of a BigTIFF"));
  }

  @Test
  void stripsOfABigTiffMustLieWithinTheFile() {
    byte[] file = Fixture.resource("bigtiff.tif");
    long[] offsets = TiffDirectory.ofFile(file).numbers(TiffDirectory.STRIP_OFFSETS);
    assertThat(offsets).hasSize(3);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int place = file.length - Long.BYTES;
    while (bytes.getLong(place) != offsets[2]) {
      place--;
    }
    for (long wrong : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, file.length}) {
      bytes.putLong(place, wrong);
      assertThatThrownBy(() -> decoder.header(file))
          .isInstanceOf(ImageRefusedException.class)
          .hasMessageContaining("strips lie within the file");
    }
  }

  @Test
  void aTiffThatSaysNothingOfThePhotoHasNoExif() throws IOException {
    byte[] file =
        TiffBytes.of(2, 1, SAMPLES, entries -> entries.putShorts(TiffDirectory.ORIENTATION, 6));
    assertThat(decoder.decode(file).metadata().exif()).isNull();
  }

  @Test
  void directoriesThatPointToEachOtherAreReadOnce() throws IOException {
    byte[] file = TiffBytes.of(2, 1, SAMPLES, TiffMetadataTest::ofAPhoto);
    TiffDirectory directory = TiffDirectory.first(file);
    int first = TiffBytes.directory(file);
    TiffDirectory details = directory.sub(TiffDirectory.EXIF_DIRECTORY);
    details.replace(TiffDirectory.INTEROPERABILITY_DIRECTORY, first);
    directory.replace(TiffDirectory.GPS_DIRECTORY, first);
    directory.replace(TiffDirectory.EXIF_DIRECTORY, first);
    assertThat(decoder.decode(file).metadata().exif().bytes()).hasSizeLessThan(2_000);
  }

  @Test
  void whatIsTooLongForAJpegIsLeftOut() throws IOException {
    byte[] file =
        TiffBytes.of(
            2,
            1,
            SAMPLES,
            entries -> {
              entries.put(COPYRIGHT, TiffDirectory.ASCII, 70_000, new byte[70_000]);
              entries.put(MAKE, TiffDirectory.ASCII, 7, ascii("Ganvas"));
            });
    TiffDirectory exif = TiffDirectory.first(decoder.decode(file).metadata().exif().bytes());
    assertThat(exif.tags()).containsExactly(MAKE);
  }

  @Test
  void entriesThatShareMegabytesTakeNoTime() {
    byte[] shared = new byte[20 << 20];
    TiffEntries details = new TiffEntries(ByteOrder.LITTLE_ENDIAN);
    for (int tag = 1; tag < 60_000; tag++) {
      details.putShorts(tag, 1, 2, 3);
    }
    byte[] file =
        TiffBytes.of(
            2,
            1,
            SAMPLES,
            entries -> {
              entries.put(SUB_FILES, TiffDirectory.BYTE, shared.length, shared);
              entries.putSub(TiffDirectory.EXIF_DIRECTORY, details);
            });
    TiffBytes.pointAllTo(
        file,
        TiffDirectory.first(file).number(TiffDirectory.EXIF_DIRECTORY, 0),
        TiffDirectory.BYTE,
        shared.length);
    ExifBlock exif =
        assertTimeoutPreemptively(
            Duration.ofSeconds(2), () -> ExifBlock.ofTiff(TiffDirectory.first(file)));
    assertThat(exif).isNull();
  }

  @Property(tries = 500)
  void anyBytesGiveABlockThatAJpegCanHold(@ForAll @IntRange(max = 1_000_000) int seed) {
    byte[] file = TiffBytes.of(2, 1, SAMPLES, TiffMetadataTest::ofAPhoto);
    Random random = new Random(seed);
    int directory = TiffBytes.directory(file);
    for (int i = 0; i < 6; i++) {
      file[directory + random.nextInt(file.length - directory)] = (byte) random.nextInt();
    }
    TiffDirectory damaged = TiffDirectory.first(file);
    ExifBlock block = ExifBlock.ofTiff(damaged);
    if (block != null) {
      assertThat(block.prefixedBytes().length).isLessThan(65_000);
      assertThat(block.upright().sized(5, 7).inSrgb().orientation()).isEqualTo(Orientation.UPRIGHT);
    }
  }

  private static void ofAPhoto(TiffEntries entries) {
    entries.putShorts(TiffDirectory.ORIENTATION, 6);
    entries.putLongs(SUB_FILES, 8);
    entries.put(MAKE, TiffDirectory.ASCII, 7, ascii("Ganvas"));
    entries.put(DATE, TiffDirectory.ASCII, 20, ascii("2026:11:30 09:00:00"));
    entries.put(COPYRIGHT, TiffDirectory.ASCII, 3, ascii("me"));
    TiffEntries rule = new TiffEntries(entries.order());
    rule.put(TiffDirectory.INTEROPERABILITY_INDEX, TiffDirectory.ASCII, 4, ascii("R98"));
    TiffEntries details = new TiffEntries(entries.order());
    details.putFraction(EXPOSURE_TIME, 0.008);
    details.putLongs(TiffDirectory.PIXEL_X_DIMENSION, 2);
    details.putBytes(MAKER_NOTE, new byte[100]);
    details.putSub(TiffDirectory.INTEROPERABILITY_DIRECTORY, rule);
    entries.putSub(TiffDirectory.EXIF_DIRECTORY, details);
    TiffEntries place = new TiffEntries(entries.order());
    place.putFraction(LATITUDE, 47.5);
    entries.putSub(TiffDirectory.GPS_DIRECTORY, place);
  }

  private static byte[] ascii(String text) {
    return (text + "\0").getBytes(StandardCharsets.US_ASCII);
  }
}
