package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ganvas.inference.image.PhotoMetadata.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a photo by the press, and in plain texts, stays with it. */
class CaptionTest {
  private static final int APP13 = 0xED;
  private static final String PHOTOSHOP = "Photoshop 3.0\0";
  private static final Text COMMENT = new Text("Comment", "A comment — with a dash");
  private static final byte[] CAPTION = set(2, 120, "Größe");

  private final ImageDecoder decoder = new ImageDecoder();

  @ParameterizedTest
  @CsvSource({
    "caption.jpg, JPEG",
    "caption.jpg, PNG",
    "caption.jpg, TIFF",
    "caption.png, JPEG",
    "caption.png, PNG",
    "caption.tif, JPEG",
    "caption.tif, TIFF"
  })
  void whatThePressSaysTravels(String name, ImageFormat format) throws IOException {
    IptcBlock block = written(Fixture.resource(name), format).iptc();
    assertThat(new String(block.bytes(), StandardCharsets.UTF_8))
        .contains("Jane Doe", "(c) Agency", "Ein Mann geht über die Straße");
    // Known data sets of 86 bytes, whatever they were padded with.
    assertThat(block.bytes()).hasSize(86);
  }

  @ParameterizedTest
  @CsvSource({"caption.jpg, JPEG", "caption.jpg, PNG", "caption.png, JPEG", "caption.png, PNG"})
  void aCommentTravels(String name, ImageFormat format) throws IOException {
    assertThat(written(Fixture.resource(name), format).texts()).containsExactly(COMMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TIFF", "WEBP"})
  void whatAFormatCannotHoldIsLeftOut(ImageFormat format) throws IOException {
    assertThat(written(Fixture.resource("caption.jpg"), format).texts()).isEmpty();
  }

  @Test
  void ofPhotoshopsResourcesOnlyWhatThePressSaysIsKept() throws IOException {
    byte[] jpeg = Fixture.resource("caption.jpg");
    assertThat(latin(jpeg)).contains("8BIM\4\14").contains("http://example.org");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DecodedPhoto photo = decoder.decode(jpeg);
    new ImageEncoder().write(photo.picture(), photo.metadata(), OutputFormat.JPEG, out);
    assertThat(latin(out.toByteArray()))
        .contains(PHOTOSHOP + "8BIM\4\4")
        .doesNotContain("8BIM\4\14")
        .doesNotContain("http://example.org");
  }

  @Test
  void aPreviewAndWhatIsSaidOfPixelsAreLeftOut() {
    byte[] sets =
        join(CAPTION, set(2, 202, "preview"), set(3, 20, "00"), set(8, 10, "pixels"), new byte[3]);
    assertThat(IptcBlock.of(sets).bytes()).isEqualTo(CAPTION);
    assertThat(IptcBlock.of(set(2, 200, "00"))).isNull();
    assertThat(IptcBlock.of(new byte[0])).isNull();
  }

  @Test
  void resourcesMayBeOverSeveralSegments() throws IOException {
    byte[] path = resource(2000, "a path", new byte[60_001]);
    byte[] all = join(path, resource(0x0404, "", CAPTION));
    int split = path.length + 20;
    byte[] jpeg = Fixture.resource("rgb.jpg");
    jpeg = JpegBytes.withSegment(jpeg, APP13, photoshop(all, split, all.length));
    jpeg = JpegBytes.withSegment(jpeg, APP13, photoshop(all, 0, split));
    assertThat(decoder.decode(jpeg).metadata().iptc()).isEqualTo(IptcBlock.of(CAPTION));
  }

  @Test
  void aCommentOfUnknownEncodingIsUtf8IfItCanBe() throws IOException {
    assertComment(utf8("Größe\0"), "Größe");
    assertComment(latin("Größe"), "Größe");
  }

  private void assertComment(byte[] text, String expected) throws IOException {
    byte[] jpeg = JpegBytes.withSegment(Fixture.resource("rgb.jpg"), 0xFE, text);
    assertThat(decoder.decode(jpeg).metadata().texts())
        .containsExactly(new Text("Comment", expected));
  }

  @Test
  void textsOfAPngTravelButNotWhatProgramsCopiedFromItsFile() throws IOException {
    byte[] png =
        withChunks(
            text("Author", "Jane"),
            text("exif:Orientation", "6"),
            text("Raw profile type exif", "\nexif\n      2\n4949\n"),
            PngBytes.chunk(
                "zTXt", join(latin("parameters\0\0"), PngBytes.deflated(latin("a cat, é")))),
            PngBytes.chunk("iTXt", utf8("Title\0\0\0de\0Titel\0日本")));
    List<Text> texts =
        List.of(
            new Text("Author", "Jane"),
            new Text("parameters", "a cat, é"),
            new Text("Title", "日本"));
    assertThat(written(png, ImageFormat.PNG).texts()).isEqualTo(texts);
    assertThat(written(png, ImageFormat.JPEG).texts())
        .extracting(Text::text)
        .containsExactly("Author: Jane", "parameters: a cat, é", "Title: 日本");
  }

  @Test
  void whatThePressSaysMayStandInAPngWithoutResources() throws IOException {
    String digits = HexFormat.of().formatHex(CAPTION);
    byte[] png = withChunks(text("Raw profile type iptc", "\niptc\n      11\n" + digits + "\n"));
    assertThat(decoder.decode(png).metadata().iptc()).isEqualTo(IptcBlock.of(CAPTION));
    byte[] odd = withChunks(text("Raw profile type iptc", "\niptc\n      11\nnone\n"));
    assertThat(decoder.decode(odd).metadata().iptc()).isNull();
  }

  @Test
  void theCommentOfAGifTravels() throws IOException {
    byte[] gif = Fixture.resource("one.gif");
    int frame = latin(gif).indexOf(",\0\0\0\0");
    byte[] commented =
        join(
            Arrays.copyOf(gif, frame),
            latin("!\u00FE\3abc\0"),
            Arrays.copyOfRange(gif, frame, gif.length));
    assertThat(written(commented, ImageFormat.PNG).texts())
        .containsExactly(new Text("Comment", "abc"));
  }

  @Test
  void textsWithoutEndTakeNeitherTimeNorMemory() throws IOException {
    byte[] huge =
        PngBytes.chunk("zTXt", join(latin("a\0\0"), PngBytes.deflated(new byte[5 << 20])));
    byte[] large =
        PngBytes.chunk("zTXt", join(latin("b\0\0"), PngBytes.deflated(new byte[1 << 20])));
    for (byte[] chunk : List.of(huge, large)) {
      byte[][] chunks = new byte[4000][];
      Arrays.fill(chunks, chunk);
      byte[] png = withChunks(chunks);
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> assertThat(decoder.decode(png).metadata().texts()).hasSizeLessThan(5));
    }
  }

  @Property(tries = 1000)
  void anyBytesAreABlockOrNone(@ForAll @IntRange(max = 1_000_000) int seed) {
    Random random = new Random(seed);
    byte[] bytes = join(resource(1, "name", new byte[5]), resource(0x0404, "", CAPTION));
    for (int i = 0; i < 4; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    }
    IptcBlock block = IptcBlock.ofResources(bytes);
    if (block != null) {
      assertThat(IptcBlock.ofResources(block.resources())).isEqualTo(block);
    }
  }

  /** What is said in the file that a picture is written to with the metadata of another. */
  private PhotoMetadata written(byte[] file, ImageFormat format) throws IOException {
    DecodedPhoto photo = decoder.decode(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PictureRows rows = new SyntheticRows(9, 5, PixelLayout.RGB);
    OutputFormat output = OutputFormat.ofExtension(format.name());
    new ImageEncoder().write(rows, photo.metadata(), output, out);
    return decoder.decode(out.toByteArray()).metadata();
  }

  private static byte[] set(int record, int number, String text) {
    byte[] data = utf8(text);
    return ByteBuffer.allocate(5 + data.length)
        .put(new byte[] {0x1C, (byte) record, (byte) number, 0, (byte) data.length})
        .put(data)
        .array();
  }

  private static byte[] resource(int number, String name, byte[] data) {
    byte[] padded = Arrays.copyOf(latin((char) name.length() + name), (name.length() + 2) / 2 * 2);
    return ByteBuffer.allocate(10 + padded.length + (data.length + 1) / 2 * 2)
        .put(latin("8BIM"))
        .putShort((short) number)
        .put(padded)
        .putInt(data.length)
        .put(data)
        .array();
  }

  private static byte[] photoshop(byte[] resources, int start, int end) {
    return join(latin(PHOTOSHOP), Arrays.copyOfRange(resources, start, end));
  }

  private static byte[] text(String keyword, String text) {
    return PngBytes.chunk("tEXt", latin(keyword + "\0" + text));
  }

  private static byte[] withChunks(byte[]... chunks) {
    byte[] png = Fixture.resource("rgb8.png");
    int header = PngBytes.SIGNATURE.length + 25;
    return join(
        Arrays.copyOf(png, header), join(chunks), Arrays.copyOfRange(png, header, png.length));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String latin(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
