package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a file with several pictures the first is taken, and that the others are not is said. */
class SeveralPicturesTest {
  private final ImageDecoder decoder = new ImageDecoder();

  @ParameterizedTest
  @ValueSource(strings = {"gif", "tiff"})
  void ofFramesOrPagesTheFirstIsTakenAndTheOthersAreSpokenOf(String format) throws IOException {
    BufferedImage first = picture(0xFF0000);
    BufferedImage second = picture(0x0000FF);
    DecodedPhoto one = decoder.decode(written(format, first));
    DecodedPhoto two = decoder.decode(written(format, first, second));
    assertThat(one.warnings()).isEmpty();
    assertThat(two.warnings()).singleElement().asString().contains("only the first");
    assertThat(two.picture().samples()).isEqualTo(one.picture().samples());
  }

  @Test
  void ofAnAnimatedPngTheStillIsTakenAndTheOthersAreSpokenOf() throws IOException {
    byte[] still = written("png", picture(0xFF0000));
    assertThat(decoder.decode(still).warnings()).isEmpty();
    assertThat(decoder.decode(withFrames(still, 1)).warnings()).isEmpty();
    DecodedPhoto photo = decoder.decode(withFrames(still, 2));
    assertThat(photo.warnings()).singleElement().asString().contains("only the first");
    assertThat(photo.picture().samples()).isEqualTo(decoder.decode(still).picture().samples());
  }

  @ParameterizedTest
  @ValueSource(strings = {"animated.webp", "animated-alpha.webp", "animated-lossy.webp"})
  void thatAWebpIsAnAnimationIsSaid(String name) throws IOException {
    assertThat(decoder.decode(Fixture.resource(name)).warnings())
        .singleElement()
        .asString()
        .contains("only the first");
  }

  @Test
  void aWebpsFrameThatDoesNotLieOnItsCanvasIsRefused() {
    byte[] file = Fixture.resource("animated-alpha.webp");
    int frame = new String(file, StandardCharsets.ISO_8859_1).indexOf("ANMF") + 8;
    file[frame] = 4;
    assertThatThrownBy(() -> decoder.header(file))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("lies on its canvas, found 7x5 at 8,2 on 13x9");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, false",
    "4, 0, false",
    "5, 0, false",
    "2, 0, true",
    "1, 2, true",
    "4, 1, false"
  })
  void ofATiffOnlyPagesAreFurtherPicturesWhereverTheyStand(int second, int third, boolean told)
      throws IOException {
    byte[] file = third == 0 ? tiffOf(second) : tiffOf(second, third);
    assertThat(decoder.decode(file).warnings()).hasSize(told ? 1 : 0);
  }

  @Test
  void pagesOfATiffThatFollowEachOtherInACircleAreNoFurtherPictures() throws IOException {
    int reduced = 1;
    byte[] file = tiffOf(reduced);
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int second = bytes.getInt(endOf(TiffBytes.directory(file), bytes));
    bytes.putInt(endOf(second, bytes), second);
    assertThat(decoder.decode(file).warnings()).isEmpty();
  }

  @Test
  void aGifsSecondFrameDoesNotSayWhatIsTransparentInTheFirst() throws IOException {
    byte[] opaque = written("gif", picture(0xFF0000), picture(0x0000FF));
    byte[] control = {0x21, (byte) 0xF9, 4, 1, 0, 0, 0, 0};
    int trailer = opaque.length - 1;
    byte[] file = Arrays.copyOf(opaque, opaque.length + control.length);
    System.arraycopy(control, 0, file, trailer, control.length);
    file[file.length - 1] = opaque[trailer];
    assertThat(decoder.decode(file).picture().layout().hasAlpha()).isFalse();
  }

  private static BufferedImage picture(int rgb) {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, rgb);
    return image;
  }

  private static byte[] written(String format, BufferedImage... pictures) throws IOException {
    ImageWriter writer =
        ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(pictures[0]), format)
            .next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      if (pictures.length == 1) {
        writer.write(pictures[0]);
      } else {
        writer.prepareWriteSequence(null);
        for (BufferedImage picture : pictures) {
          writer.writeToSequence(new IIOImage(picture, null, null), null);
        }
        writer.endWriteSequence();
      }
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** A picture, and behind it directories of these kinds. */
  private static byte[] tiffOf(int... kinds) {
    byte[] file = TiffBytes.of(2, 1, new byte[] {7, 9}, entries -> {});
    int last = TiffBytes.directory(file);
    for (int kind : kinds) {
      TiffEntries entries = new TiffEntries(ByteOrder.LITTLE_ENDIAN);
      entries.putLongs(TiffDirectory.NEW_SUBFILE_TYPE, kind);
      entries.putLongs(TiffDirectory.IMAGE_WIDTH, 1);
      int next = file.length;
      byte[] directory = entries.at(next);
      ByteBuffer longer = ByteBuffer.allocate(next + directory.length);
      longer.order(ByteOrder.LITTLE_ENDIAN).put(file).put(directory);
      longer.putInt(endOf(last, longer), next);
      file = longer.array();
      last = next;
    }
    return file;
  }

  /** Where a directory says which one follows. */
  private static int endOf(int directory, ByteBuffer file) {
    return directory + 2 + 12 * file.getShort(directory);
  }

  /** With the chunk that says how many frames an animation has, behind IHDR. */
  private static byte[] withFrames(byte[] png, int frames) {
    int header = PngBytes.SIGNATURE.length + 25;
    byte[] control = PngBytes.chunk("acTL", ByteBuffer.allocate(8).putInt(frames).array());
    return ByteBuffer.allocate(png.length + control.length)
        .put(png, 0, header)
        .put(control)
        .put(png, header, png.length - header)
        .array();
  }
}
