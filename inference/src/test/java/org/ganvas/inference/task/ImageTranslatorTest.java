package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ganvas.inference.task.TestPictures.largestDifference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageTranslatorTest {
  private static final Map<String, ImageTranslator> OPEN = new HashMap<>();

  @BeforeAll
  static void open() throws IOException {
    for (String name : List.of("tiny-paint", "tiny-colorize", "tiny-sketch")) {
      OPEN.put(name, ImageTranslator.open(TestModels.named(name), TestModels.EXACT));
    }
  }

  @AfterAll
  static void close() {
    OPEN.values().forEach(ImageTranslator::close);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 5000", "5000, 7", "2, 3", "64, 64", "65, 130"})
  void aPictureOfAnySizeKeepsIt(int width, int height) throws IOException {
    for (ImageTranslator translator : OPEN.values()) {
      Picture result = translator.translate(TestPictures.photo(width, height, PixelLayout.RGB, 8));
      assertThat(List.of(result.width(), result.height())).containsExactly(width, height);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tiny-paint, GRAY, RGB",
    "tiny-paint, RGBA, RGBA",
    "tiny-colorize, GRAY, RGB",
    "tiny-colorize, GRAY_ALPHA, RGBA",
    "tiny-colorize, RGB, RGB",
    "tiny-sketch, RGB, GRAY",
    "tiny-sketch, RGBA, GRAY_ALPHA"
  })
  void theModelSaysWhetherTheResultIsGreyAndThePictureWhetherItHasAlpha(
      String model, PixelLayout layout, PixelLayout expected) throws IOException {
    for (int bitDepth : new int[] {8, 16}) {
      Picture result = translate(model, TestPictures.photo(20, 10, layout, bitDepth));
      assertThat(result.layout()).isEqualTo(expected);
      assertThat(result.bitDepth()).isEqualTo(bitDepth);
    }
  }

  @Test
  void sixteenBitsAreMoreThanEightBitsTimes257() throws IOException {
    for (String model : OPEN.keySet()) {
      Picture result = translate(model, TestPictures.photo(30, 30, PixelLayout.RGB, 16));
      long lowBytes =
          IntStream.range(0, 900).map(i -> result.samples()[i] & 0xFF).distinct().count();
      assertThat(lowBytes).isGreaterThan(100);
    }
  }

  @Test
  void greyIsGivenToANetworkOfThreeChannelsThreeTimes() throws IOException {
    Picture gray = TestPictures.photo(40, 30, PixelLayout.GRAY, 8);
    short[] samples = new short[40 * 30 * 3];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = gray.samples()[i / 3];
    }
    Picture rgb = new Picture(40, 30, PixelLayout.RGB, 8, samples);
    assertThat(translate("tiny-paint", gray).samples())
        .isEqualTo(translate("tiny-paint", rgb).samples());
    assertThat(luma(translate("tiny-colorize", rgb)))
        .usingComparatorWithPrecision(1.0)
        .isEqualTo(luma(translate("tiny-colorize", gray)));
  }

  @Test
  void aPictureIsFilledUpByReflection() throws IOException {
    Picture picture = TestPictures.photo(61, 67, PixelLayout.RGB, 8);
    short[] samples = new short[64 * 68 * 3];
    for (int i = 0; i < samples.length; i++) {
      int x = i / 3 % 64;
      int y = i / 3 / 64;
      int mirroredX = x < 61 ? x : 120 - x;
      int mirroredY = y < 67 ? y : 132 - y;
      samples[i] = picture.samples()[(mirroredY * 61 + mirroredX) * 3 + i % 3];
    }
    Picture filledUp = new Picture(64, 68, PixelLayout.RGB, 8, samples);
    Picture expected = translate("tiny-paint", filledUp);
    Picture found = translate("tiny-paint", picture);
    for (int y = 0; y < 67; y++) {
      for (int x = 0; x < 61 * 3; x++) {
        assertThat(found.samples()[y * 61 * 3 + x]).isEqualTo(expected.samples()[y * 64 * 3 + x]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PixelLayout.class)
  void alphaAndWhatIsHiddenUnderItChangeNothing(PixelLayout layout) throws IOException {
    if (!layout.hasAlpha()) {
      return;
    }
    Picture picture = TestPictures.photo(33, 21, layout, 8);
    Picture result = translate("tiny-paint", picture);
    int from = layout.channels() - 1;
    int to = result.layout().channels() - 1;
    for (int i = 0; i < 33 * 21; i++) {
      assertThat(result.samples()[i * (to + 1) + to])
          .isEqualTo(picture.samples()[i * (from + 1) + from]);
    }
  }

  @Test
  void whatIsHiddenUnderFullTransparencyIsNotSeen() throws IOException {
    short[] black = TestPictures.photo(32, 32, PixelLayout.RGBA, 8).samples();
    short[] white = black.clone();
    for (int i = 0; i < black.length; i += 4) {
      if (i / 4 % 32 >= 16) {
        for (int channel = 0; channel < 4; channel++) {
          black[i + channel] = 0;
          white[i + channel] = (short) (channel < 3 ? 255 : 0);
        }
      }
    }
    Picture fromBlack = new Picture(32, 32, PixelLayout.RGBA, 8, black);
    Picture fromWhite = new Picture(32, 32, PixelLayout.RGBA, 8, white);
    TranslateOptions squeezed = TranslateOptions.DEFAULT.withFit(20);
    ImageTranslator paint = OPEN.get("tiny-paint");
    assertThat(paint.translate(fromBlack).samples())
        .isEqualTo(paint.translate(fromWhite).samples());
    assertThat(paint.translate(fromBlack, squeezed).samples())
        .isEqualTo(paint.translate(fromWhite, squeezed).samples());
  }

  @Test
  void aPictureIsSqueezedOnlyWhereAsked() throws IOException {
    ImageTranslator paint = OPEN.get("tiny-paint");
    Picture wide = TestPictures.photo(160, 40, PixelLayout.RGB, 8);
    Picture square = Bicubic.resize(wide, 64, 64);
    Picture expected = Bicubic.resize(paint.translate(square), 160, 40);
    Picture squeezed = paint.translate(wide, TranslateOptions.DEFAULT.withFit(64));
    assertThat(squeezed.width()).isEqualTo(160);
    assertThat(largestDifference(squeezed, expected)).isLessThanOrEqualTo(1);
    assertThat(largestDifference(squeezed, paint.translate(wide))).isGreaterThan(20);
  }

  @Test
  void severalThreadsGetWhatOneThreadGets() throws IOException {
    Picture picture = TestPictures.photo(90, 70, PixelLayout.RGB, 8);
    short[] expected = translate("tiny-paint", picture).samples();
    List<short[]> results =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(
                i -> {
                  try {
                    return translate("tiny-paint", picture).samples();
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .toList();
    assertThat(results).allSatisfy(samples -> assertThat(samples).isEqualTo(expected));
  }

  @Test
  void aModelForSomethingElseNamesTheCommandForIt() {
    assertThatThrownBy(() -> ImageTranslator.open(TestModels.tiny(2), TestModels.EXACT))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("a model for translation is needed, found one for super-resolution")
        .hasMessageContaining("use ganvas upscale");
    assertThatThrownBy(() -> Upscaler.open(TestModels.named("tiny-paint"), TestModels.EXACT))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("use ganvas translate");
  }

  private static Picture translate(String model, Picture picture) throws IOException {
    return OPEN.get(model).translate(picture);
  }

  private static double[] luma(Picture rgb) {
    return IntStream.range(0, rgb.width() * rgb.height())
        .mapToDouble(
            i ->
                0.299 * rgb.samples()[3 * i]
                    + 0.587 * rgb.samples()[3 * i + 1]
                    + 0.114 * rgb.samples()[3 * i + 2])
        .toArray();
  }
}
