package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.DecodedPhoto;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpscalerFileTest {
  @TempDir private Path folder;
  private Upscaler upscaler;

  @BeforeEach
  void open() throws IOException {
    upscaler = Upscaler.open(TestModels.tiny(2), TestModels.EXACT);
  }

  @AfterEach
  void close() {
    upscaler.close();
  }

  @ParameterizedTest
  @CsvSource({"GRAY, 8", "GRAY_ALPHA, 16", "RGB, 16", "RGBA, 8", "RGBA, 16"})
  void theFileHoldsWhatThePictureIsEnlargedTo(PixelLayout layout, int bitDepth) throws IOException {
    Picture picture = TestPictures.photo(70, 30, layout, bitDepth);
    Path result = folder.resolve("groß 大.png");
    Upscaled told = upscaler.upscale(write(picture), result);
    DecodedPhoto read = new ImageDecoder().decode(result);
    assertThat(read.picture().layout()).isEqualTo(layout);
    assertThat(read.picture().bitDepth()).isEqualTo(bitDepth);
    assertThat(read.picture().samples()).isEqualTo(upscaler.upscale(picture).samples());
    assertThat(told.width()).isEqualTo(140);
    assertThat(told.height()).isEqualTo(60);
  }

  @Test
  void aFileThatExistsIsNotReplacedAndNothingIsComputedForIt() throws IOException {
    Path input = write(TestPictures.photo(9, 9, PixelLayout.RGB, 8));
    Path result = Files.writeString(folder.resolve("result.png"), "mine");
    Progress never =
        (done, total) -> {
          throw new AssertionError("nothing should be computed");
        };
    assertThatThrownBy(
            () ->
                upscaler.upscale(
                    input, result, UpscaleOptions.DEFAULT.withProgress(never), FileOptions.DEFAULT))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(result).hasContent("mine");
  }

  @Test
  void aCancelledRunLeavesNoFile() throws IOException {
    Path input = write(TestPictures.photo(200, 200, PixelLayout.RGB, 8));
    boolean[] cancelled = new boolean[1];
    Progress progress =
        new Progress() {
          @Override
          public void advanced(int done, int total) {
            cancelled[0] = done >= 10;
          }

          @Override
          public boolean cancelled() {
            return cancelled[0];
          }
        };
    UpscaleOptions options =
        UpscaleOptions.DEFAULT
            .withTiles(new TilePolicy.Size(32), TileMargin.EXACT)
            .withProgress(progress);
    assertThatThrownBy(
            () ->
                upscaler.upscale(input, folder.resolve("result.png"), options, FileOptions.DEFAULT))
        .isInstanceOf(CancellationException.class);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(input);
    }
  }

  @Test
  void anEndingThatNamesNoFormatIsRefused() throws IOException {
    Path input = write(TestPictures.photo(9, 9, PixelLayout.RGB, 8));
    assertThatThrownBy(() -> upscaler.upscale(input, folder.resolve("result.webp")))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining(".png or .jpg")
        .hasMessageContaining("result.webp");
  }

  @Test
  void aJpegHoldsNoAlphaAndNothingIsComputedForIt() throws IOException {
    Path input = write(TestPictures.photo(9, 9, PixelLayout.RGBA, 8));
    assertThatThrownBy(() -> upscaler.upscale(input, folder.resolve("result.jpg")))
        .isInstanceOf(ImageRefusedException.class);
    assertThat(folder.resolve("result.jpg")).doesNotExist();
  }

  @Test
  void aPictureAboveTheLimitsIsRefused() throws IOException {
    Path input = write(TestPictures.photo(9, 9, PixelLayout.RGB, 8));
    FileOptions files =
        new FileOptions(DecodeLimits.ofPixels(80), null, ImageEncoder.IfExists.FAIL);
    assertThatThrownBy(
            () ->
                upscaler.upscale(
                    input, folder.resolve("result.png"), UpscaleOptions.DEFAULT, files))
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
