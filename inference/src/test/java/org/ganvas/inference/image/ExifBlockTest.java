package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifBlockTest {
  private static final int THUMBNAIL_START = 64;

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void uprightMeansOrientationOneAndNoThumbnail(String order) {
    ExifBlock block = ExifBlock.of(withThumbnail(order(order), 6, 30));
    assertThat(block.orientation()).isEqualTo(Orientation.QUARTER_TURN_RIGHT);
    ExifBlock upright = block.upright();
    assertThat(upright.orientation()).isEqualTo(Orientation.UPRIGHT);
    assertThat(upright.bytes()).hasSize(THUMBNAIL_START);
    assertThat(TiffDirectory.first(upright.bytes()).next()).isNull();
    assertThat(block.orientation()).isEqualTo(Orientation.QUARTER_TURN_RIGHT);
  }

  @Test
  void aThumbnailInTheMiddleIsWiped() {
    byte[] bytes = withThumbnail(ByteOrder.BIG_ENDIAN, 1, 30);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 5);
    byte[] upright = ExifBlock.of(longer).upright().bytes();
    assertThat(upright).hasSize(longer.length);
    assertThat(Arrays.copyOfRange(upright, THUMBNAIL_START, upright.length)).containsOnly(0);
  }

  @Test
  void aWidthAboveTheRangeOfAShortBecomesALong() {
    byte[] bytes = withThumbnail(ByteOrder.LITTLE_ENDIAN, 1, 30);
    TiffDirectory directory = TiffDirectory.first(bytes);
    directory.replace(TiffDirectory.ORIENTATION, 96_000);
    assertThat(directory(bytes).number(TiffDirectory.ORIENTATION, 0)).isEqualTo(96_000);
  }

  @ParameterizedTest
  @CsvSource({"p3.jpg, 1, R98", "cmyk.jpg, 1, R98", "rgb.jpg, 65535, R03"})
  void whatIsConvertedFromAProfileSaysThatItIsSrgb(String name, int colorSpace, String rule)
      throws IOException {
    assertColors(uncalibrated(Fixture.resource(name)), colorSpace, rule);
  }

  @Test
  void whatIsNotConvertedForABrokenProfileDoesNotSayThatItIsSrgb() throws IOException {
    assertColors(uncalibrated(Fixture.resource("broken-profile.jpg")), 65535, "R03");
  }

  private static void assertColors(byte[] jpeg, int colorSpace, String rule) throws IOException {
    ExifBlock exif = new ImageDecoder().decode(jpeg).metadata().exif();
    TiffDirectory details = directory(exif.bytes()).sub(TiffDirectory.EXIF_DIRECTORY);
    assertThat(details.number(TiffDirectory.COLOR_SPACE, 0)).isEqualTo(colorSpace);
    assertThat(
            details
                .sub(TiffDirectory.INTEROPERABILITY_DIRECTORY)
                .data(TiffDirectory.INTEROPERABILITY_INDEX))
        .isEqualTo((rule + "\0").getBytes(StandardCharsets.US_ASCII));
  }

  /** With what cameras write for Adobe RGB. */
  private static byte[] uncalibrated(byte[] jpeg) {
    TiffEntries rule = new TiffEntries(ByteOrder.BIG_ENDIAN);
    rule.put(
        TiffDirectory.INTEROPERABILITY_INDEX,
        TiffDirectory.ASCII,
        4,
        "R03\0".getBytes(StandardCharsets.US_ASCII));
    TiffEntries details = new TiffEntries(ByteOrder.BIG_ENDIAN);
    details.putShorts(TiffDirectory.COLOR_SPACE, 65535);
    details.putSub(TiffDirectory.INTEROPERABILITY_DIRECTORY, rule);
    TiffEntries entries = new TiffEntries(ByteOrder.BIG_ENDIAN);
    entries.putSub(TiffDirectory.EXIF_DIRECTORY, details);
    byte[] directory = entries.at(8);
    byte[] block =
        ByteBuffer.allocate(14 + directory.length)
            .put("Exif\0\0MM\0*\0\0\0\10".getBytes(StandardCharsets.US_ASCII))
            .put(directory)
            .array();
    return JpegBytes.withSegment(jpeg, 0xE1, block);
  }

  @Property(tries = 500)
  void anyBytesAreABlockOrNone(
      @ForAll @IntRange(max = 1_000_000) int seed, @ForAll @IntRange(max = 120) int length) {
    byte[] bytes = withThumbnail(ByteOrder.BIG_ENDIAN, 5, 60);
    Random random = new Random(seed);
    for (int i = 0; i < 6; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    ExifBlock block = ExifBlock.of(Arrays.copyOf(bytes, length));
    if (block != null) {
      assertThat(block.upright().sized(5, 7).inSrgb().orientation()).isEqualTo(Orientation.UPRIGHT);
    }
  }

  @Test
  void thePrintSizeOfAPhotoThatSaysItNowhereElseIsThatOfItsBlock() throws IOException {
    TiffEntries entries = new TiffEntries(ByteOrder.LITTLE_ENDIAN);
    entries.putShorts(TiffDirectory.ORIENTATION, 6);
    entries.putFraction(TiffDirectory.X_RESOLUTION, 300);
    entries.putFraction(TiffDirectory.Y_RESOLUTION, 150);
    byte[] directory = entries.at(8);
    byte[] block =
        ByteBuffer.allocate(8 + directory.length)
            .put(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0})
            .put(directory)
            .array();
    byte[] jpeg =
        JpegBytes.withSegment(
            Fixture.resource("gray.jpg"), 0xE1, ExifBlock.of(block).prefixedBytes());
    assertThat(new ImageDecoder().decode(jpeg).metadata().density())
        .isEqualTo(new Density(150, 300));
    Density other = new Density(72, 72);
    assertThat(PhotoMetadata.of(block, null, other).density()).isEqualTo(other);
  }

  private static TiffDirectory directory(byte[] bytes) {
    return TiffDirectory.first(bytes);
  }

  private static ByteOrder order(String name) {
    return name.equals("LITTLE_ENDIAN") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }

  /** Header, a directory of one entry, a directory of two, the thumbnail. */
  private static byte[] withThumbnail(ByteOrder order, int orientation, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(THUMBNAIL_START + length).order(order);
    bytes.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
    bytes.putShort((short) 42).putInt(8);
    bytes.putShort((short) 1);
    bytes.putShort((short) TiffDirectory.ORIENTATION).putShort((short) 3).putInt(1);
    bytes.putShort((short) orientation).putShort((short) 0);
    bytes.putInt(26);
    bytes.putShort((short) 2);
    bytes.putShort((short) TiffDirectory.THUMBNAIL_OFFSET).putShort((short) 4).putInt(1);
    bytes.putInt(THUMBNAIL_START);
    bytes.putShort((short) TiffDirectory.THUMBNAIL_LENGTH).putShort((short) 4).putInt(1);
    bytes.putInt(length);
    bytes.position(THUMBNAIL_START);
    bytes.put((byte) 0xFF).put((byte) 0xD8);
    while (bytes.hasRemaining()) {
      bytes.put((byte) 7);
    }
    return bytes.array();
  }
}
