package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.image.ImageRefusedException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {
  private static final int MAKE = 0x10F;
  private static final List<OutputFormat> EXACT = List.of(OutputFormat.PNG, OutputFormat.TIFF);
  private static final List<OutputFormat> ALL =
      List.of(OutputFormat.JPEG, OutputFormat.PNG, OutputFormat.TIFF, OutputFormat.WEBP);

  private final ImageEncoder encoder = new ImageEncoder();
  private final ImageDecoder decoder = new ImageDecoder();

  @TempDir Path folder;

  @Property(tries = 100)
  void whatIsExactIsReadAsItWasWritten(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll PixelLayout layout,
      @ForAll boolean deep)
      throws IOException {
    Picture picture = noise(width, height, layout, deep ? 16 : 8);
    for (OutputFormat format : EXACT) {
      Picture read = roundTrip(picture, PhotoMetadata.NONE, format).picture();
      assertThat(read.layout()).isEqualTo(layout);
      assertThat(read.bitDepth()).isEqualTo(picture.bitDepth());
      assertThat(read.samples()).isEqualTo(picture.samples());
    }
  }

  @Test
  void manyChunksOrStripsAreReadAsTheyWereWritten() throws IOException {
    Picture picture = noise(701, 301, PixelLayout.RGB, 8);
    for (OutputFormat format : EXACT) {
      DecodedPhoto photo = roundTrip(picture, PhotoMetadata.NONE, format);
      assertThat(photo.picture().samples()).isEqualTo(picture.samples());
      assertThat(photo.warnings()).isEmpty();
    }
  }

  @Test
  void aTiffIsDeflatedStripByStripWithAPredictor() throws IOException {
    Picture picture = ramp(400, 300, PixelLayout.RGB, 8);
    byte[] file = encode(picture, PhotoMetadata.NONE, OutputFormat.TIFF);
    assertThat(file.length).isLessThan(400 * 300 * 3 / 20);
    TiffDirectory directory = TiffDirectory.first(file);
    assertThat(directory.number(TiffDirectory.COMPRESSION, 0)).isEqualTo(8);
    assertThat(directory.number(TiffDirectory.PREDICTOR, 0)).isEqualTo(2);
    assertThat(directory.numbers(TiffDirectory.STRIP_OFFSETS)).hasSize(2);
  }

  @Test
  void aFileIsTheSameAsAStream() throws IOException {
    Picture picture = noise(33, 20, PixelLayout.GRAY, 16);
    for (OutputFormat format : ALL) {
      Path file = folder.resolve("photo." + format.extension());
      encoder.write(picture, PhotoMetadata.NONE, format, file, IfExists.FAIL);
      assertThat(file).hasBinaryContent(encode(picture, PhotoMetadata.NONE, format));
    }
  }

  @ParameterizedTest
  @CsvSource({"9,20", "7,5", "3,50", "64,33"})
  void aWebpIsReadNearlyAsItWasWritten(int width, int height) throws IOException {
    for (PixelLayout layout : PixelLayout.values()) {
      for (int depth : new int[] {8, 16}) {
        Picture picture = ramp(width, height, layout, depth);
        Picture read = roundTrip(picture, PhotoMetadata.NONE, new OutputFormat.Webp(100)).picture();
        assertThat(read.layout()).isEqualTo(layout.hasAlpha() ? PixelLayout.RGBA : PixelLayout.RGB);
        assertWebp(picture, read);
      }
    }
  }

  /** Alpha is exact; colour is brightness and two differences at half the resolution. */
  private static void assertWebp(Picture written, Picture read) {
    int from = written.layout().channels();
    int colors = written.layout().colorChannels();
    int to = read.layout().channels();
    for (int i = 0; i < written.width() * written.height(); i++) {
      for (int c = 0; c < to; c++) {
        int channel = c < 3 ? Math.min(c, colors - 1) : from - 1;
        int sample = Short.toUnsignedInt(written.samples()[i * from + channel]);
        int expected = sample / (written.bitDepth() == 16 ? 257 : 1);
        int tolerance = c < 3 ? 8 : 0;
        assertThat((int) read.samples()[i * to + c])
            .isBetween(expected - tolerance, expected + tolerance);
      }
    }
  }

  @Test
  void aWebpOfLowQualityIsSmaller() throws IOException {
    Picture picture = noise(200, 100, PixelLayout.RGB, 8);
    int small = encode(picture, PhotoMetadata.NONE, new OutputFormat.Webp(20)).length;
    assertThat(encode(picture, PhotoMetadata.NONE, OutputFormat.WEBP).length)
        .isGreaterThan(2 * small);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,5", "3,50", "64,33"})
  void aJpegIsReadNearlyAsItWasWritten(int width, int height) throws IOException {
    for (PixelLayout layout : new PixelLayout[] {PixelLayout.GRAY, PixelLayout.RGB}) {
      for (int depth : new int[] {8, 16}) {
        Picture picture = ramp(width, height, layout, depth);
        Picture read = roundTrip(picture, PhotoMetadata.NONE, new OutputFormat.Jpeg(100)).picture();
        assertThat(read.layout()).isEqualTo(layout);
        for (int i = 0; i < read.samples().length; i++) {
          int written = Short.toUnsignedInt(picture.samples()[i]) / (depth == 16 ? 257 : 1);
          assertThat((int) read.samples()[i]).isBetween(written - 4, written + 4);
        }
      }
    }
  }

  @Test
  void aJpegKeepsColorInFullResolutionFromQuality90On() throws IOException {
    Picture picture = ramp(40, 30, PixelLayout.RGB, 8);
    byte[] fine = encode(picture, PhotoMetadata.NONE, new OutputFormat.Jpeg(90));
    byte[] coarse = encode(picture, PhotoMetadata.NONE, new OutputFormat.Jpeg(89));
    assertThat(JpegBytes.sampling(fine)).isEqualTo(0x11);
    assertThat(JpegBytes.sampling(coarse)).isEqualTo(0x22);
  }

  @Test
  void aGrayJpegHasOneComponent() throws IOException {
    byte[] file = encode(ramp(9, 9, PixelLayout.GRAY, 8), PhotoMetadata.NONE, OutputFormat.JPEG);
    assertThat(JpegBytes.components(file)).isEqualTo(1);
  }

  @Test
  void refusesTransparencyInAJpegBeforeWriting() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertRefused(
        Reason.UNSUPPORTED,
        () ->
            encoder.write(
                noise(2, 2, PixelLayout.RGBA, 8), PhotoMetadata.NONE, OutputFormat.JPEG, out));
    assertThat(out.size()).isZero();
  }

  @Test
  void refusesAJpegSideThatIsTooLongBeforeAskingForRows() {
    PictureRows rows = new SyntheticRows(65_501, 1, PixelLayout.GRAY);
    assertRefused(
        Reason.TOO_LARGE,
        () ->
            encoder.write(
                rows, PhotoMetadata.NONE, OutputFormat.JPEG, OutputStream.nullOutputStream()));
    assertRefused(
        Reason.TOO_LARGE,
        () -> ImageEncoder.check(1, 65_501, PixelLayout.RGB, 8, OutputFormat.JPEG));
  }

  @Test
  void refusesWhatATiffOrWebpCannotHoldBeforeAskingForRows() throws IOException {
    PixelLayout rgb = PixelLayout.RGB;
    ImageEncoder.check(37_000, 37_000, rgb, 8, OutputFormat.TIFF);
    assertRefused(
        Reason.TOO_LARGE, () -> ImageEncoder.check(37_000, 37_000, rgb, 16, OutputFormat.TIFF));
    assertRefused(
        Reason.TOO_LARGE,
        () -> ImageEncoder.check(66_000, 66_000, PixelLayout.GRAY, 8, OutputFormat.TIFF));
    ImageEncoder.check(16_383, 1, rgb, 8, OutputFormat.WEBP);
    assertRefused(Reason.TOO_LARGE, () -> ImageEncoder.check(16_384, 1, rgb, 8, OutputFormat.WEBP));
    assertRefused(Reason.TOO_LARGE, () -> ImageEncoder.check(1, 16_384, rgb, 8, OutputFormat.WEBP));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 6, 8})
  void exifAndDensityTravelFromThePhotoToTheOutput(int orientation) throws IOException {
    DecodedPhoto photo = decoder.decode(Fixture.resource("orientation" + orientation + ".jpg"));
    for (OutputFormat format : new OutputFormat[] {OutputFormat.JPEG, OutputFormat.PNG}) {
      Picture larger = ramp(92, 76, PixelLayout.RGB, 8);
      DecodedPhoto read = roundTrip(larger, photo.metadata(), format);
      ExifBlock exif = read.metadata().exif();
      assertThat(exif).isNotNull();
      assertThat(exif.orientation()).isEqualTo(Orientation.UPRIGHT);
      assertThat(new String(exif.bytes(), StandardCharsets.ISO_8859_1)).contains("Ganvas");
      TiffDirectory directory = TiffDirectory.first(exif.bytes());
      TiffDirectory details = directory.sub(TiffDirectory.EXIF_DIRECTORY);
      assertThat(details.number(TiffDirectory.PIXEL_X_DIMENSION, 0)).isEqualTo(92);
      assertThat(details.number(TiffDirectory.PIXEL_Y_DIMENSION, 0)).isEqualTo(76);
      Density density = read.metadata().density();
      assertThat(density.x()).isCloseTo(orientation > 4 ? 144 : 72, within(0.02));
      assertThat(density.y()).isCloseTo(orientation > 4 ? 72 : 144, within(0.02));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void exifTravelsIntoAWebp(int orientation) throws IOException {
    DecodedPhoto photo = decoder.decode(Fixture.resource("orientation" + orientation + ".jpg"));
    for (PixelLayout layout : new PixelLayout[] {PixelLayout.RGB, PixelLayout.RGBA}) {
      Picture larger = ramp(92, 76, layout, 8);
      DecodedPhoto read = roundTrip(larger, photo.metadata(), OutputFormat.WEBP);
      assertThat(read.picture().layout()).isEqualTo(layout);
      assertThat(read.metadata().exif()).isEqualTo(photo.metadata().sized(92, 76).exif());
    }
  }

  @Test
  void exifAndDensityTravelIntoATiff() throws IOException {
    PhotoMetadata metadata = decoder.decode(Fixture.resource("orientation6.jpg")).metadata();
    byte[] file = encode(ramp(92, 76, PixelLayout.RGB, 8), metadata, OutputFormat.TIFF);
    TiffDirectory directory = TiffDirectory.first(file);
    TiffDirectory before = TiffDirectory.first(metadata.exif().bytes());
    assertThat(directory.data(MAKE)).isNotNull().isEqualTo(before.data(MAKE));
    TiffDirectory details = directory.sub(TiffDirectory.EXIF_DIRECTORY);
    assertThat(details.number(TiffDirectory.PIXEL_X_DIMENSION, 0)).isEqualTo(92);
    assertThat(details.number(TiffDirectory.PIXEL_Y_DIMENSION, 0)).isEqualTo(76);
    DecodedPhoto read = decoder.decode(file);
    TiffDirectory back = TiffDirectory.first(read.metadata().exif().bytes());
    assertThat(back.data(MAKE)).isEqualTo(before.data(MAKE));
    assertThat(back.sub(TiffDirectory.EXIF_DIRECTORY).tags()).isEqualTo(details.tags());
    assertThat(read.picture().width()).isEqualTo(92);
    assertThat(read.metadata().density().x()).isCloseTo(144, within(0.001));
    assertThat(read.metadata().density().y()).isCloseTo(72, within(0.001));
  }

  @Test
  void exifThatCannotBeReadIsLeftOutOfATiff() throws IOException {
    byte[] odd = new byte[40];
    odd[0] = 'M';
    odd[1] = 'M';
    odd[3] = 42;
    odd[7] = 8;
    odd[8] = 9; // far more entries than there are bytes
    PhotoMetadata metadata = PhotoMetadata.of(ExifBlock.of(odd), null, null);
    Picture picture = noise(9, 9, PixelLayout.RGB, 8);
    assertThat(roundTrip(picture, metadata, OutputFormat.TIFF).picture().samples())
        .isEqualTo(picture.samples());
  }

  @Test
  void xmpTravelsWithItsOrientationReset() throws IOException {
    String xmp = "<x tiff:Orientation=\"6\">Größe</x>";
    PhotoMetadata metadata =
        PhotoMetadata.of((ExifBlock) null, xmp.getBytes(StandardCharsets.UTF_8), null)
            .upright(Orientation.QUARTER_TURN_RIGHT);
    for (OutputFormat format : ALL) {
      assertThat(roundTrip(ramp(5, 5, PixelLayout.RGB, 8), metadata, format).metadata().xmp())
          .isEqualTo("<x tiff:Orientation=\"1\">Größe</x>");
    }
  }

  @Test
  void leavesNothingBehindWhenTheRowsFail() throws IOException {
    for (OutputFormat format : ALL) {
      for (Exception failure :
          new Exception[] {new IOException("out of luck"), new CancellationException("stop")}) {
        Path target = folder.resolve("photo." + format.extension());
        assertThatThrownBy(
                () ->
                    encoder.write(
                        new FailingRows(failure),
                        PhotoMetadata.NONE,
                        format,
                        target,
                        IfExists.REPLACE))
            .isSameAs(failure);
        assertThat(names()).isEmpty();
      }
    }
  }

  @Test
  void keepsTheFileThatWasThereWhenTheRowsFail() throws IOException {
    Path target = Files.writeString(folder.resolve("photo.png"), "before");
    assertThatThrownBy(
            () ->
                encoder.write(
                    new FailingRows(new IOException("no")),
                    PhotoMetadata.NONE,
                    OutputFormat.PNG,
                    target,
                    IfExists.REPLACE))
        .hasMessage("no");
    assertThat(target).hasContent("before");
    assertThat(names()).containsExactly("photo.png");
  }

  @Test
  void replacesAFileOnlyWhenToldTo() throws IOException {
    Path target = Files.writeString(folder.resolve("photo ü.png"), "before");
    Picture picture = noise(3, 2, PixelLayout.RGB, 8);
    assertThatThrownBy(
            () ->
                encoder.write(picture, PhotoMetadata.NONE, OutputFormat.PNG, target, IfExists.FAIL))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("before");
    encoder.write(picture, PhotoMetadata.NONE, OutputFormat.PNG, target, IfExists.REPLACE);
    assertThat(decoder.decode(target).picture().samples()).isEqualTo(picture.samples());
    Path other = folder.resolve("other.png");
    encoder.write(picture, PhotoMetadata.NONE, OutputFormat.PNG, other, IfExists.FAIL);
    assertThat(decoder.decode(other).picture().samples()).isEqualTo(picture.samples());
    assertThat(names()).containsExactlyInAnyOrder("photo ü.png", "other.png");
  }

  @Test
  void saysInOneLineThatAFolderIsMissing() {
    Path target = folder.resolve("none").resolve("photo.png");
    assertThatThrownBy(
            () ->
                encoder.write(
                    noise(1, 1, PixelLayout.GRAY, 8),
                    PhotoMetadata.NONE,
                    OutputFormat.PNG,
                    target,
                    IfExists.FAIL))
        .isInstanceOf(ImageWriteException.class)
        .hasMessageContaining("does not exist")
        .hasMessageContaining(folder.resolve("none").toString());
  }

  @Test
  void saysInOneLineThatADiskIsFull() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    for (OutputFormat format : ALL) {
      try (OutputStream out = Files.newOutputStream(full)) {
        assertThatThrownBy(
                () ->
                    encoder.write(
                        noise(300, 300, PixelLayout.RGB, 8), PhotoMetadata.NONE, format, out))
            .isInstanceOf(ImageWriteException.class)
            .hasMessageContaining("No space left");
      }
    }
  }

  private DecodedPhoto roundTrip(Picture picture, PhotoMetadata metadata, OutputFormat format)
      throws IOException {
    return decoder.decode(encode(picture, metadata, format));
  }

  private byte[] encode(Picture picture, PhotoMetadata metadata, OutputFormat format)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoder.write(picture, metadata, format, out);
    return out.toByteArray();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static void assertRefused(Reason reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ImageRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static Picture noise(int width, int height, PixelLayout layout, int bitDepth) {
    Random random = new Random(width * 31L + height);
    short[] samples = new short[width * height * layout.channels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) random.nextInt(1 << bitDepth);
    }
    return new Picture(width, height, layout, bitDepth, samples);
  }

  private static Picture ramp(int width, int height, PixelLayout layout, int bitDepth) {
    int channels = layout.channels();
    short[] samples = new short[width * height * channels];
    for (int i = 0; i < samples.length; i++) {
      int x = i / channels % width;
      int y = i / channels / width;
      int value = 60 + 90 * x / width + 60 * y / height + 10 * (i % channels);
      samples[i] = (short) (bitDepth == 16 ? value * 257 : value);
    }
    return new Picture(width, height, layout, bitDepth, samples);
  }

  /** Fails in the middle. */
  private record FailingRows(Exception failure) implements PictureRows {
    @Override
    public int width() {
      return 100;
    }

    @Override
    public int height() {
      return 100;
    }

    @Override
    public PixelLayout layout() {
      return PixelLayout.RGB;
    }

    @Override
    public int bitDepth() {
      return 8;
    }

    @Override
    public void readRow(int y, short[] samples) throws IOException {
      if (y == 50 && failure instanceof IOException e) {
        throw e;
      }
      if (y == 50 && failure instanceof RuntimeException e) {
        throw e;
      }
    }
  }
}
