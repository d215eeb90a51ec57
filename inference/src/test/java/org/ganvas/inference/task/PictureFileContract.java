package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.DecodedPhoto;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for files, whatever is done to their pictures. */
abstract class PictureFileContract {
  @TempDir private Path folder;

  /** Does it to a file. */
  abstract PictureResult run(
      Path input, Path output, TilePolicy tiles, Progress progress, FileOptions files)
      throws IOException;

  /** Does it to a picture. */
  abstract Picture run(Picture picture) throws IOException;

  private PictureResult run(Path input, Path output, FileOptions files) throws IOException {
    return run(input, output, TilePolicy.AUTO, Progress.NONE, files);
  }

  @ParameterizedTest
  @CsvSource({"GRAY, 8", "GRAY_ALPHA, 16", "RGB, 16", "RGBA, 8", "RGBA, 16"})
  void theFileHoldsWhatThePictureIsMadeInto(PixelLayout layout, int bitDepth) throws IOException {
    Path input = write(TestPictures.photo(70, 30, layout, bitDepth));
    assertSameAsForThePicture(input);
  }

  @ParameterizedTest
  @MethodSource("testPictures")
  void everyKindOfFileIsDoneAsItsUprightPicture(Path input) throws IOException {
    assertSameAsForThePicture(input);
  }

  /** Every file that the tests of the decoder read: turned, interlaced, with a palette, in CMYK. */
  static List<Path> testPictures() throws IOException {
    Path folder = Path.of("src", "test", "resources", "org", "ganvas", "inference", "image");
    return Files.readAllLines(folder.resolve("expected.txt")).stream()
        .map(line -> folder.resolve(line.substring(0, line.indexOf(' '))))
        .toList();
  }

  private void assertSameAsForThePicture(Path input) throws IOException {
    Picture picture = new ImageDecoder().decode(input).picture();
    Picture expected = run(picture);
    Path result = folder.resolve("groß 大.png");
    PictureResult told = run(input, result, FileOptions.DEFAULT);
    DecodedPhoto read = new ImageDecoder().decode(result);
    assertThat(read.picture().layout()).isEqualTo(expected.layout());
    assertThat(read.picture().layout().hasAlpha()).isEqualTo(picture.layout().hasAlpha());
    assertThat(read.picture().bitDepth()).isEqualTo(picture.bitDepth());
    assertThat(read.picture().samples()).isEqualTo(expected.samples());
    assertThat(told.width()).isEqualTo(expected.width()).isEqualTo(read.picture().width());
    assertThat(told.height()).isEqualTo(expected.height()).isEqualTo(read.picture().height());
  }

  @Test
  void aFileThatExistsIsNotReplacedAndNothingIsComputedForIt() throws IOException {
    Path input = write(TestPictures.photo(9, 9, PixelLayout.RGB, 8));
    Path result = Files.writeString(folder.resolve("result.png"), "mine");
    Progress never =
        (done, total) -> {
          throw new AssertionError("nothing should be computed");
        };
    assertThatThrownBy(() -> run(input, result, TilePolicy.AUTO, never, FileOptions.DEFAULT))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(result).hasContent("mine");
  }

  @Test
  void whatTheProgressThrowsComesOutAndLeavesNoFile() throws IOException {
    Path input = write(TestPictures.photo(200, 200, PixelLayout.RGB, 8));
    TilePolicy tiles = new TilePolicy.Size(64);
    for (int last : new int[] {0, 3}) {
      RuntimeException thrown = new UnsupportedOperationException("of the program's");
      Progress progress =
          (done, total) -> {
            if (done == last) {
              throw thrown;
            }
          };
      Path result = folder.resolve("result.png");
      assertThatThrownBy(() -> run(input, result, tiles, progress, FileOptions.DEFAULT))
          .isSameAs(thrown);
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(input);
      }
    }
  }

  @Test
  void aCancelledRunLeavesNoFile() throws IOException {
    Path input = write(TestPictures.photo(200, 200, PixelLayout.RGB, 8));
    boolean[] cancelled = new boolean[1];
    Progress progress =
        new Progress() {
          @Override
          public void advanced(int done, int total) {
            cancelled[0] = done >= 3;
          }

          @Override
          public boolean cancelled() {
            return cancelled[0];
          }
        };
    Path result = folder.resolve("result.png");
    TilePolicy tiles = new TilePolicy.Size(64);
    assertThatThrownBy(() -> run(input, result, tiles, progress, FileOptions.DEFAULT))
        .isInstanceOf(CancellationException.class);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(input);
    }
  }

  @Test
  void anEndingThatNamesNoFormatIsRefused() throws IOException {
    Path input = write(TestPictures.photo(9, 9, PixelLayout.RGB, 8));
    assertThatThrownBy(() -> run(input, folder.resolve("result.gif"), FileOptions.DEFAULT))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining(".png, .jpg, .tif or .webp")
        .hasMessageContaining("result.gif");
  }

  @Test
  void aJpegHoldsNoAlphaAndNothingIsComputedForIt() throws IOException {
    Path input = write(TestPictures.photo(9, 9, PixelLayout.RGBA, 8));
    assertThatThrownBy(() -> run(input, folder.resolve("result.jpg"), FileOptions.DEFAULT))
        .isInstanceOf(ImageRefusedException.class);
    assertThat(folder.resolve("result.jpg")).doesNotExist();
  }

  @Test
  void aPictureAboveTheLimitsIsRefused() throws IOException {
    Path input = write(TestPictures.photo(9, 9, PixelLayout.RGB, 8));
    FileOptions files =
        new FileOptions(DecodeLimits.ofPixels(80), null, ImageEncoder.IfExists.FAIL);
    assertThatThrownBy(() -> run(input, folder.resolve("result.png"), files))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("80");
  }

  private Path write(Picture picture) throws IOException {
    Path file = folder.resolve("input.png");
    new ImageEncoder()
        .write(picture, PhotoMetadata.NONE, OutputFormat.PNG, file, ImageEncoder.IfExists.REPLACE);
    return file;
  }
}
