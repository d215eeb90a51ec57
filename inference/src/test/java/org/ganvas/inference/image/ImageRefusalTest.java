package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ganvas.inference.image.ImageRefusedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRefusalTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @TempDir Path folder;

  @Test
  void refusesAFileWithoutBytes() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.jpg"));
    assertRefused(Reason.EMPTY, () -> decoder.decode(file));
  }

  @Test
  void refusesWhatIsNoPictureWhateverItsName() throws IOException {
    Path file = Files.writeString(folder.resolve("photo.png"), "Dear all, please find attached");
    assertRefused(Reason.NOT_A_PICTURE, () -> decoder.decode(file));
  }

  @ParameterizedTest
  @CsvSource({
    "000000186674797068656963, HEIC",
    "000000206674797061766966, AVIF",
    "000000186674797063727820, a camera's raw file",
    "FF0A, JPEG XL",
    "0000000C4A584C20, JPEG XL",
    "0000000C6A502020, JPEG 2000",
    "FF4FFF51, JPEG 2000",
    "38425053, a Photoshop",
    "255044462D, PDF"
  })
  void callsWhatItCannotReadByItsName(String start, String name) {
    byte[] file = HexFormat.of().parseHex(start);
    assertThatThrownBy(() -> decoder.decode(file))
        .hasMessageContaining("found " + name)
        .hasMessageEndingWith("convert it first");
  }

  @Test
  void refusesAFileThatDoesNotExistAndAFolder() {
    assertRefused(Reason.UNREADABLE, () -> decoder.decode(folder.resolve("none.png")));
    assertRefused(Reason.UNREADABLE, () -> decoder.header(folder));
  }

  @Test
  void saysWhyAFileMayNotBeReadWithoutNamingIt() throws IOException {
    Path file = Files.createFile(folder.resolve("photo.png"));
    assertThatThrownBy(() -> decoder.decode(file.resolve("photo.png")))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("check its name and")
        .message()
        .doesNotContain(file.toString());
  }

  @Test
  void readsByContentWhateverTheName() throws IOException {
    Path file = Files.write(folder.resolve("photo.gif"), Fixture.resource("rgb.jpg"));
    assertThat(decoder.header(file).format()).isEqualTo(ImageFormat.JPEG);
    assertThat(decoder.decode(file).picture().width()).isEqualTo(7);
  }

  @Test
  void refusesAPictureWhoseHeaderAsksForMorePixelsThanTheLimit() throws IOException {
    byte[] png = Fixture.resource("rgb8.png");
    ByteBuffer.wrap(png).putInt(16, 20_000).putInt(20, 20_000);
    sumAgain(png);
    assertRefused(Reason.TOO_LARGE, () -> decoder.decode(png));
    assertRefused(Reason.TOO_LARGE, () -> decoder.header(png));
  }

  @Test
  void refusesASideLongerThanTheLimit() throws IOException {
    byte[] png = Fixture.resource("rgb8.png");
    ByteBuffer.wrap(png).putInt(16, 70_000).putInt(20, 1);
    sumAgain(png);
    assertRefused(Reason.TOO_LARGE, () -> decoder.header(png));
  }

  @Test
  void refusesAPngWhoseDataAreTooShortForItsSize() {
    byte[] png = Fixture.resource("rgb8.png");
    ByteBuffer.wrap(png).putInt(20, 50);
    sumAgain(png);
    assertThatThrownBy(() -> decoder.decode(png)).isInstanceOf(ImageRefusedException.class);
  }

  @Test
  void refusesAPngWithAWrongChecksum() {
    byte[] png = Fixture.resource("rgb8.png");
    png[png.length - 20] ^= 1;
    assertRefused(Reason.DAMAGED, () -> decoder.decode(png));
  }

  @Test
  void refusesAJpegCutInHalf() {
    byte[] jpeg = Fixture.resource("rgb420.jpg");
    byte[] half = Arrays.copyOf(jpeg, jpeg.length / 2);
    assertRefused(Reason.TRUNCATED, () -> decoder.decode(half));
    byte[] withoutEnd = Arrays.copyOf(jpeg, jpeg.length - 2);
    assertRefused(Reason.TRUNCATED, () -> decoder.decode(withoutEnd));
  }

  @Test
  void refusesAJpegCutInHalfAndClosedByAnEndMarker() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(noise(200, 150), "jpeg", out);
    byte[] half = JpegBytes.halfWithEnd(out.toByteArray());
    assertRefused(Reason.DAMAGED, () -> decoder.decode(half));
  }

  @Test
  void readsAJpegThatHasOtherDataBehindIt() throws IOException {
    byte[] jpeg = Fixture.resource("rgb.jpg");
    byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 1000);
    assertThat(decoder.decode(longer).picture().samples())
        .isEqualTo(decoder.decode(jpeg).picture().samples());
  }

  @Test
  void refusesAProgressiveJpegOfManyScansAtOnce() {
    byte[] jpeg = JpegBytes.withScans(Fixture.resource("progressive.jpg"), 400);
    long start = System.nanoTime();
    assertRefused(Reason.TOO_LARGE, () -> decoder.decode(jpeg));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void refusesAnInterlacedGifWhoseCodesEndEarly() {
    byte[] gif = Fixture.resource("large.gif");
    // Ends the data after their first block.
    int firstBlock = 13 + 3 * 256 + (gif[13 + 3 * 256] == 0x21 ? 8 : 0) + 11;
    byte[] cut = Arrays.copyOf(gif, firstBlock + (gif[firstBlock - 1] & 0xFF) + 1);
    cut[cut.length - 1] = 0;
    assertRefused(Reason.TRUNCATED, () -> decoder.decode(cut));
  }

  @Test
  void refusesABmpAroundAJpegOrPngWhoseSizeItDoesNotTell() {
    for (int compression : new int[] {4, 5}) {
      byte[] bmp = Fixture.resource("rgb.bmp");
      bmp[30] = (byte) compression;
      assertRefused(Reason.UNSUPPORTED, () -> decoder.header(bmp));
      assertRefused(Reason.UNSUPPORTED, () -> decoder.decode(bmp));
    }
  }

  @Test
  void readsPastHugeAndBrokenMetadata() throws IOException {
    byte[] jpeg = Fixture.resource("rgb.jpg");
    byte[] exif = new byte[65_000];
    Arrays.fill(exif, (byte) 0xFF);
    System.arraycopy(
        "Exif\0\0II*\0\10\0\0\0".getBytes(StandardCharsets.ISO_8859_1), 0, exif, 0, 14);
    byte[] file = jpeg;
    for (int i = 0; i < 50; i++) {
      file = JpegBytes.withSegment(file, 0xE1, exif);
    }
    assertThat(decoder.decode(file).picture().samples())
        .isEqualTo(decoder.decode(jpeg).picture().samples());
  }

  @Test
  void ignoresABrokenColorProfileWithAWarning() throws IOException {
    for (String name : List.of("broken-profile.png", "broken-profile.jpg")) {
      assertThat(decoder.decode(Fixture.resource(name)).warnings())
          .singleElement()
          .asString()
          .contains("colour profile")
          .doesNotContain("\n");
    }
  }

  @Test
  void ignoresAColorProfileThatInflatesToGigabytes() throws IOException {
    byte[] png = Fixture.resource("rgb8.png");
    byte[] bomb = deflatedZeros(200 << 20);
    DecodedPhoto photo = decoder.decode(withChunks(chunk("iCCP", "p\0\0", bomb)));
    assertThat(photo.warnings()).hasSize(1);
    assertThat(photo.picture().samples()).isEqualTo(decoder.decode(png).picture().samples());
  }

  @Test
  void inflatesOnlyTheFirstOfManyProfilesAndXmpPackets() throws IOException {
    byte[] bomb = deflatedZeros(5 << 20);
    byte[] profile = chunk("iCCP", "p\0\0", bomb);
    byte[] xmp = chunk("iTXt", "XML:com.adobe.xmp\0\1\0\0\0", bomb);
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int i = 0; i < 500; i++) {
      chunks.writeBytes(profile);
      chunks.writeBytes(xmp);
    }
    long start = System.nanoTime();
    DecodedPhoto photo = decoder.decode(withChunks(chunks.toByteArray()));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(photo.metadata().xmp()).isNull();
  }

  @Test
  void theFirstOfTwoXmpPacketsCounts() throws IOException {
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (String text : List.of("first", "second")) {
      chunks.writeBytes(chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0" + text, new byte[0]));
    }
    assertThat(decoder.decode(withChunks(chunks.toByteArray())).metadata().xmp())
        .isEqualTo("first");
  }

  private static byte[] chunk(String type, String start, byte[] rest) {
    byte[] named = (type + start).getBytes(StandardCharsets.ISO_8859_1);
    int length = named.length - type.length() + rest.length;
    return ByteBuffer.allocate(12 + length).putInt(length).put(named).put(rest).array();
  }

  /** A PNG that has these chunks right after its header. */
  private static byte[] withChunks(byte[] chunks) {
    byte[] png = Fixture.resource("rgb8.png");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(png, 0, 33);
    file.writeBytes(chunks);
    file.write(png, 33, png.length - 33);
    return file.toByteArray();
  }

  private static byte[] deflatedZeros(int count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(out)) {
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < count; i += zeros.length) {
        deflated.write(zeros);
      }
    }
    return out.toByteArray();
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ImageRefusedException.class,
            e -> {
              assertThat(e.reason()).isEqualTo(reason);
              assertThat(e.getMessage()).doesNotContain("\n").contains("found").contains("; ");
            });
  }

  /** Puts the right checksum behind a changed IHDR chunk. */
  private static void sumAgain(byte[] png) {
    CRC32 sum = new CRC32();
    sum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) sum.getValue());
  }

  private static BufferedImage noise(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    Random random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }
}
