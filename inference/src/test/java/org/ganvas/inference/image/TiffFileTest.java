package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TIFF files may say of themselves that pictures of other formats cannot. */
class TiffFileTest {
  private static final int UNSPECIFIED = 0;
  private static final int ASSOCIATED_ALPHA = 1;
  private static final int UNASSOCIATED_ALPHA = 2;
  private static final byte[] PIXEL = {40, 60, 80, (byte) 128};

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void colorsThatWereMultipliedByAlphaAreDividedByIt() throws IOException {
    Picture picture = decoder.decode(withExtraSample(PIXEL, ASSOCIATED_ALPHA)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.RGBA);
    assertThat(picture.samples()).containsExactly(80, 120, 159, 128);
  }

  @Test
  void otherAlphaLeavesColorsAsTheyAre() throws IOException {
    Picture picture = decoder.decode(withExtraSample(PIXEL, UNASSOCIATED_ALPHA)).picture();
    assertThat(picture.layout()).isEqualTo(PixelLayout.RGBA);
    assertThat(picture.samples()).containsExactly(40, 60, 80, 128);
  }

  @ParameterizedTest
  @CsvSource({"RGB, 3", "GRAY, 1"})
  void aSampleOfUnknownMeaningIsNoAlpha(PixelLayout layout, int colors) throws IOException {
    byte[] samples = Arrays.copyOf(PIXEL, colors + 1);
    DecodedPhoto photo = decoder.decode(withExtraSample(samples, UNSPECIFIED));
    assertThat(photo.picture().layout()).isEqualTo(layout);
    for (int c = 0; c < colors; c++) {
      assertThat((int) photo.picture().samples()[c]).isEqualTo(PIXEL[c]);
    }
    assertThat(photo.warnings()).isEmpty();
  }

  @Test
  void stripsWithoutCompressionMustHoldAllOfTheirRows() throws IOException {
    // The last strip holds the two rows that are left.
    assertThat(decoder.decode(tenRows(TiffFileTest::fourRowsAStrip)).warnings()).isEmpty();
    assertThat(decoder.decode(tenRows(TiffFileTest::fourRowsAStrip)).picture().samples())
        .startsWith(0, 1, 2)
        .endsWith(97, 98, 99);
    assertTruncated(
        tenRows(entries -> entries.putLongs(TiffDirectory.STRIP_BYTE_COUNTS, 99)), "99", "100");
    assertTruncated(
        tenRows(
            entries -> {
              fourRowsAStrip(entries);
              entries.putLongs(TiffDirectory.STRIP_BYTE_COUNTS, 40, 40, 19);
            }),
        "19",
        "20");
  }

  @Test
  void stripsOfUnknownLengthMustLieWithinTheFileAllTheSame() throws IOException {
    Consumer<TiffEntries> zero = entries -> entries.putLongs(TiffDirectory.STRIP_BYTE_COUNTS, 0);
    assertThat(decoder.decode(tenRows(zero)).picture().height()).isEqualTo(10);
    byte[] longer =
        tenRows(
            entries -> {
              zero.accept(entries);
              entries.putLongs(TiffDirectory.IMAGE_LENGTH, 500);
              entries.putLongs(TiffDirectory.ROWS_PER_STRIP, 500);
            });
    assertTruncated(longer, "5,008");
  }

  @Test
  void tilesWithoutCompressionMustBeWhole() throws IOException {
    assertThat(decoder.decode(tenRows(entries -> oneTile(entries, 16, 6, 96))).picture().width())
        .isEqualTo(10);
    assertTruncated(tenRows(entries -> oneTile(entries, 16, 6, 95)), "95", "96");
  }

  @Test
  void planesWithoutCompressionMustBeWhole() throws IOException {
    byte[] samples = {1, 1, 2, 2, 3, 3};
    assertThat(decoder.decode(TiffBytes.of(2, 1, samples, planes(2))).picture().samples())
        .containsExactly(1, 2, 3, 1, 2, 3);
    assertTruncated(TiffBytes.of(2, 1, samples, planes(1)), "1", "2");
  }

  @ParameterizedTest
  @CsvSource({"2, signed", "3, floating-point"})
  void samplesThatAreNotWholeNumbersFromZeroOnAreRefused(int format, String found) {
    assertUnsupported(
        tenRows(entries -> entries.putShorts(TiffDirectory.SAMPLE_FORMAT, format)), found);
  }

  @Test
  void colorsOfFourBitsAreRefusedSinceTheReaderMakesOthersOfThem() {
    byte[] file =
        TiffBytes.of(
            2,
            1,
            new byte[] {0x12, 0x34, 0x56},
            entries -> {
              entries.putShorts(TiffDirectory.PHOTOMETRIC, 2);
              entries.putShorts(TiffDirectory.SAMPLES_PER_PIXEL, 3);
              entries.putShorts(TiffDirectory.BITS_PER_SAMPLE, 4, 4, 4);
            });
    assertUnsupported(file, "4");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void samplesOfUnknownFormatAreReadAsWholeNumbersFromZeroOn(int format) throws IOException {
    byte[] file = tenRows(entries -> entries.putShorts(TiffDirectory.SAMPLE_FORMAT, format));
    assertThat(decoder.decode(file).picture().samples()).startsWith(0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {34712, 34925, 50000, 50001})
  void aCompressionThatIsNotReadIsNotCalledDamage(int compression) {
    assertUnsupported(
        tenRows(entries -> entries.putShorts(TiffDirectory.COMPRESSION, compression)),
        Integer.toString(compression));
  }

  @Test
  void tablesOfEachJpegTileInItselfAreNoFlaw() throws IOException {
    assertThat(decoder.decode(Fixture.resource("jpeg-tiles.tif")).warnings()).isEmpty();
  }

  @Test
  void aFileThatEndsWithinItsProfileIsCutOff() throws IOException {
    byte[] profile =
        TiffDirectory.first(Fixture.resource("p3.tif")).data(TiffDirectory.ICC_PROFILE);
    byte[] file = tenRows(entries -> entries.putBytes(TiffDirectory.ICC_PROFILE, profile));
    assertTruncated(Arrays.copyOf(file, file.length - 9), "cut off");
  }

  private static void fourRowsAStrip(TiffEntries entries) {
    entries.putLongs(TiffDirectory.ROWS_PER_STRIP, 4);
    entries.putLongs(TiffDirectory.STRIP_OFFSETS, 8, 48, 88);
    entries.putLongs(TiffDirectory.STRIP_BYTE_COUNTS, 40, 40, 20);
  }

  /** For a picture of as many rows as the tile has. */
  private static void oneTile(TiffEntries entries, int width, int height, int bytes) {
    entries.putLongs(TiffDirectory.IMAGE_LENGTH, height);
    entries.putLongs(TiffDirectory.TILE_WIDTH, width);
    entries.putLongs(TiffDirectory.TILE_LENGTH, height);
    entries.putLongs(TiffDirectory.TILE_OFFSETS, 8);
    entries.putLongs(TiffDirectory.TILE_BYTE_COUNTS, bytes);
  }

  @Test
  void thePreviewOfACamerasRawFileIsNotTakenForThePhoto() {
    byte[] raw =
        tenRows(
            entries -> {
              entries.putLongs(TiffDirectory.NEW_SUBFILE_TYPE, 1);
              entries.putLongs(TiffDirectory.SUB_DIRECTORIES, 8);
            });
    assertUnsupported(raw, "preview");
  }

  private static Consumer<TiffEntries> planes(int bytesOfTheLast) {
    return entries -> {
      entries.putShorts(TiffDirectory.PLANAR_CONFIGURATION, 2);
      entries.putLongs(TiffDirectory.STRIP_OFFSETS, 8, 10, 12);
      entries.putLongs(TiffDirectory.STRIP_BYTE_COUNTS, 2, 2, bytesOfTheLast);
    };
  }

  /** Ten by ten grey pixels from 0 to 99. */
  private static byte[] tenRows(Consumer<TiffEntries> more) {
    byte[] samples = new byte[100];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) i;
    }
    return TiffBytes.of(10, 10, samples, more);
  }

  private void assertUnsupported(byte[] file, String found) {
    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOfSatisfying(
            ImageRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(ImageRefusedException.Reason.UNSUPPORTED))
        .hasMessageContaining(found);
  }

  private void assertTruncated(byte[] file, String... found) {
    assertThatThrownBy(() -> decoder.header(file))
        .isInstanceOfSatisfying(
            ImageRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(ImageRefusedException.Reason.TRUNCATED))
        .hasMessageContainingAll(found);
  }

  private static byte[] withExtraSample(byte[] pixel, int meaning) {
    return TiffBytes.of(
        1, 1, pixel, entries -> entries.putShorts(TiffDirectory.EXTRA_SAMPLES, meaning));
  }
}
