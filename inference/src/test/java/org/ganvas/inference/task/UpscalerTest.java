package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ganvas.inference.task.TestPictures.mean;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.ganvas.inference.image.BufferedImages;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpscalerTest {
  private static Upscaler twice;
  private static Upscaler fourTimes;

  @BeforeAll
  static void open() throws Exception {
    twice = Upscaler.open(TestModels.tiny(2), TestModels.EXACT);
    fourTimes = Upscaler.open(TestModels.tiny(4), TestModels.EXACT);
  }

  @AfterAll
  static void close() {
    twice.close();
    fourTimes.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5000", "5000, 1", "7, 3", "64, 65"})
  void pictureOfAnyShapeComesOutScaleTimesAsWideAndHigh(int width, int height) throws Exception {
    Picture result = fourTimes.upscale(TestPictures.photo(width, height, PixelLayout.RGB, 8));
    assertThat(result.width()).isEqualTo(4 * width);
    assertThat(result.height()).isEqualTo(4 * height);
  }

  @ParameterizedTest
  @EnumSource(PixelLayout.class)
  void theLayoutAndTheBitDepthStay(PixelLayout layout) throws Exception {
    for (int bitDepth : new int[] {8, 16}) {
      Picture result = twice.upscale(TestPictures.photo(9, 8, layout, bitDepth));
      assertThat(result.layout()).isEqualTo(layout);
      assertThat(result.bitDepth()).isEqualTo(bitDepth);
    }
  }

  @Test
  void anImageOfJavaGoesInAndOut() throws Exception {
    Picture picture = TestPictures.photo(30, 20, PixelLayout.RGBA, 8);
    BufferedImage image = BufferedImages.image(picture);
    BufferedImage enlarged =
        BufferedImages.image(fourTimes.rows(BufferedImages.picture(image), UpscaleOptions.DEFAULT));
    assertThat(enlarged.getType()).isEqualTo(BufferedImage.TYPE_4BYTE_ABGR);
    assertThat(BufferedImages.picture(enlarged).samples())
        .isEqualTo(fourTimes.upscale(picture).samples());
  }

  @Test
  void sixteenBitsAreMoreThanEightBitsTimes257() throws Exception {
    Picture result = twice.upscale(TestPictures.photo(20, 20, PixelLayout.RGB, 16));
    assertThat(distinctLowBytes(result)).isGreaterThan(100);
  }

  @ParameterizedTest
  @EnumSource(PixelLayout.class)
  void theMeanColorDoesNotShift(PixelLayout layout) throws Exception {
    Picture picture = TestPictures.photo(96, 80, layout, 8);
    Picture result = fourTimes.upscale(picture);
    for (int channel = 0; channel < layout.channels(); channel++) {
      assertThat(mean(result, channel)).isCloseTo(mean(picture, channel), Offset.offset(0.5));
    }
  }

  @Test
  void aFlatPictureKeepsItsColorWithinRounding() throws Exception {
    short[] samples = new short[30 * 20 * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) new int[] {200, 30, 117}[i % 3];
    }
    Picture result = twice.upscale(new Picture(30, 20, PixelLayout.RGB, 8, samples));
    int center = (20 * 60 + 30) * 3;
    assertThat(result.samples()[center]).isEqualTo((short) 200);
    assertThat(result.samples()[center + 1]).isEqualTo((short) 30);
    assertThat(result.samples()[center + 2]).isEqualTo((short) 117);
  }

  @ParameterizedTest
  @CsvSource({"1.5, 15, 11", "3, 30, 21", "2, 20, 14", "1, 10, 7", "8, 80, 56"})
  void anyScaleIsReachedByResampling(double scale, int width, int height) throws Exception {
    Picture picture = TestPictures.photo(10, 7, PixelLayout.RGBA, 8);
    Picture result = fourTimes.upscale(picture, UpscaleOptions.DEFAULT.withScale(scale));
    assertThat(result.width()).isEqualTo(width);
    assertThat(result.height()).isEqualTo(height);
    assertThat(result.bitDepth()).isEqualTo(8);
  }

  @Test
  void whatIsHiddenUnderFullTransparencyDoesNotReachTheVisibleEdge() throws Exception {
    Picture black = halfTransparent((short) 0);
    Picture white = halfTransparent((short) 255);
    Picture fromBlack = twice.upscale(black);
    Picture fromWhite = twice.upscale(white);
    assertThat(fromBlack.samples()).isEqualTo(fromWhite.samples());
    int middleRow = 32 * 64 * 4;
    for (int x = 10; x < 34; x++) {
      assertThat((int) fromBlack.samples()[middleRow + 4 * x]).isBetween(99, 101);
    }
  }

  @Test
  void alphaIsEnlargedWithoutTheNetwork() throws Exception {
    Picture result = twice.upscale(halfTransparent((short) 0));
    int row = 16 * 64 * 4;
    assertThat(result.samples()[row + 3]).isEqualTo((short) 255);
    assertThat(result.samples()[row + 63 * 4 + 3]).isEqualTo((short) 0);
  }

  @Test
  void progressCountsTheTilesAndCanCancel() throws Exception {
    Picture picture = TestPictures.photo(70, 70, PixelLayout.RGB, 8);
    int[] last = new int[2];
    Progress cancelling =
        new Progress() {
          @Override
          public void advanced(int done, int total) {
            last[0] = done;
            last[1] = total;
          }

          @Override
          public boolean cancelled() {
            return last[0] == 2;
          }
        };
    UpscaleOptions options =
        tiles(new TilePolicy.Size(40), TileMargin.EXACT).withProgress(cancelling);
    assertThatThrownBy(() -> twice.upscale(picture, options))
        .isInstanceOf(CancellationException.class);
    assertThat(last).containsExactly(2, 4);
  }

  @Test
  void aResultThatIsTooLargeForOneBufferNeedsTiles() {
    Picture wide = TestPictures.photo(12_000, 1_000, PixelLayout.GRAY, 8);
    assertThatThrownBy(() -> fourTimes.rows(wide, tiles(TilePolicy.OFF, TileMargin.EXACT)))
        .hasMessageContaining("at most 178956970 pixels, found 192000000; use tiles");
  }

  @Test
  void aResultOfMoreSamplesThanAnArrayHoldsIsRefusedBeforeItIsComputed() {
    Picture picture = TestPictures.photo(2_900, 2_900, PixelLayout.GRAY, 8);
    Progress never = (done, total) -> assertThat(done).isZero();
    assertThatThrownBy(
            () ->
                fourTimes.upscale(
                    picture, UpscaleOptions.DEFAULT.withScale(16).withProgress(never)))
        .isInstanceOf(ImageRefusedException.class)
        .hasMessageContaining("fewer than 2^31 samples, found 2,152,960,000; take it row by row");
  }

  @Test
  void severalThreadsGetWhatOneThreadGets() throws Exception {
    Picture picture = TestPictures.photo(60, 50, PixelLayout.RGB, 8);
    short[] expected = twice.upscale(picture).samples();
    List<short[]> results =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    return twice.upscale(picture).samples();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .toList();
    assertThat(results).allSatisfy(samples -> assertThat(samples).isEqualTo(expected));
  }

  @Test
  void aClosedUpscalerSaysThatItIs() throws Exception {
    Picture picture = TestPictures.photo(70, 70, PixelLayout.RGB, 8);
    Upscaler closed = Upscaler.open(TestModels.tiny(2), TestModels.EXACT);
    PictureRows begun =
        closed.rows(picture, tiles(new TilePolicy.Size(16), new TileMargin.Pixels(0)));
    begun.readRow(0, new short[3 * begun.width()]);
    closed.close();
    short[] row = new short[3 * begun.width()];
    for (ThrowingCallable late :
        List.<ThrowingCallable>of(
            () -> closed.upscale(picture), () -> begun.readRow(begun.height() - 1, row))) {
      assertThatThrownBy(late)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("found it closed; open it again");
    }
  }

  private static UpscaleOptions tiles(TilePolicy tiles, TileMargin margin) {
    return UpscaleOptions.DEFAULT.withTiles(tiles, margin);
  }

  /** Opaque grey 100 on the left, transparent with some colour on the right. */
  private static Picture halfTransparent(short hidden) {
    short[] samples = new short[32 * 32 * 4];
    for (int i = 0; i < samples.length; i += 4) {
      boolean visible = i / 4 % 32 < 16;
      Arrays.fill(samples, i, i + 3, visible ? (short) 100 : hidden);
      samples[i + 3] = (short) (visible ? 255 : 0);
    }
    return new Picture(32, 32, PixelLayout.RGBA, 8, samples);
  }

  private static long distinctLowBytes(Picture picture) {
    Set<Integer> bytes = new HashSet<>();
    for (short sample : picture.samples()) {
      bytes.add(sample & 0xFF);
    }
    return bytes.size();
  }
}
