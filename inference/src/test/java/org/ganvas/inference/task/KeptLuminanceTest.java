package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ganvas.inference.task.TestPictures.largestDifference;

import java.io.IOException;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ModelFile;
import org.ganvas.inference.model.TestModels;
import org.ganvas.inference.model.TranslationRule;
import org.ganvas.inference.model.TranslationRule.Output;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptLuminanceTest {
  @ParameterizedTest
  @CsvSource({
    "GRAY, 8, , ",
    "GRAY, 8, 32, ",
    "GRAY_ALPHA, 8, 32, ",
    "RGB, 8, , ",
    "RGB, 8, 32, ",
    "RGBA, 16, 32, ",
    "GRAY, 16, , ",
    "RGB, 8, , 48"
  })
  void everyPixelIsAsBrightAsItWas(
      PixelLayout layout, int bitDepth, @Nullable Integer side, @Nullable Integer fit)
      throws IOException {
    Picture picture = extremes(TestPictures.photo(131, 77, layout, bitDepth));
    TranslateOptions options =
        fit == null ? TranslateOptions.DEFAULT : TranslateOptions.DEFAULT.withFit(fit);
    try (ImageTranslator colorize = ImageTranslator.open(seeing(side), TestModels.EXACT)) {
      Picture result = colorize.translate(picture, options);
      for (int pixel = 0; pixel < 131 * 77; pixel++) {
        assertThat(luma(result, pixel)).isCloseTo(luma(picture, pixel), Offset.offset(1.0));
      }
      assertThat(meanChroma(result)).isGreaterThan((1 << bitDepth) * 0.02);
    }
  }

  @Test
  void onlyTheColorsAreThoseOfTheReducedPicture() throws IOException {
    Picture picture = TestPictures.photo(160, 80, PixelLayout.GRAY, 8);
    try (ImageTranslator reducing = ImageTranslator.open(seeing(40), TestModels.EXACT);
        ImageTranslator own = ImageTranslator.open(seeing(160), TestModels.EXACT)) {
      Picture reduced = reducing.translate(picture);
      Picture full = own.translate(picture);
      assertThat(reduced.samples()).isNotEqualTo(full.samples());
      // Edges and noise are in the brightness, and that comes from the picture itself.
      assertThat(luma(reduced, 160 * 40 + 80))
          .isCloseTo(luma(full, 160 * 40 + 80), Offset.offset(1.0));
      assertThat(chromaSteps(reduced)).isLessThan(0.7 * chromaSteps(full));
    }
  }

  @Test
  void aMirroredPictureGetsTheMirroredColorsFromWhatSeesItReduced() throws IOException {
    Picture picture = TestPictures.photo(160, 80, PixelLayout.GRAY, 8);
    Picture mirrored = mirrored(picture);
    try (ImageTranslator reducing = ImageTranslator.open(seeing(160), TestModels.EXACT);
        ImageTranslator own = ImageTranslator.open(seeing(null), TestModels.EXACT)) {
      assertThat(
              largestDifference(
                  mirrored(reducing.translate(picture)), reducing.translate(mirrored)))
          .isLessThanOrEqualTo(1);
      assertThat(largestDifference(mirrored(own.translate(picture)), own.translate(mirrored)))
          .isGreaterThan(10);
    }
  }

  @ParameterizedTest
  @CsvSource({"RGB, ", "RGB, 32", "RGBA, 32"})
  void aColorPhotoOrAYellowedPrintGetsTheColorsOfItsGreyOne(
      PixelLayout layout, @Nullable Integer side) throws IOException {
    Picture colored = TestPictures.photo(131, 77, layout, 8);
    try (ImageTranslator colorize = ImageTranslator.open(seeing(side), TestModels.EXACT)) {
      Picture expected = colorize.translate(grey(colored));
      // The grey one's luma is rounded, and so is what comes out.
      assertThat(largestDifference(colorize.translate(colored), expected)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void aGreyModelCannotKeepTheLuminance() throws IOException {
    ModelFile sketch = TestModels.named("tiny-sketch");
    TranslationRule rule = new TranslationRule(Output.KEEP_LUMINANCE, null);
    assertThatThrownBy(
            () -> ImageTranslator.open(TestModels.withRule(sketch, rule), TestModels.EXACT))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("3 where the luminance is kept");
  }

  private static ModelFile seeing(@Nullable Integer side) throws IOException {
    TranslationRule rule = new TranslationRule(Output.KEEP_LUMINANCE, side);
    return TestModels.withRule(TestModels.named("tiny-colorize"), rule);
  }

  /** Black, white and pure colours in the first rows: no chroma fits there, or little. */
  private static Picture extremes(Picture picture) {
    int channels = picture.layout().channels();
    int largest = (1 << picture.bitDepth()) - 1;
    for (int x = 0; x < picture.width(); x++) {
      for (int channel = 0; channel < picture.layout().colorChannels(); channel++) {
        picture.samples()[x * channels + channel] = 0;
        picture.samples()[(picture.width() + x) * channels + channel] = (short) largest;
        int pure = (x >> channel) % 2 == 0 ? 0 : largest;
        picture.samples()[(2 * picture.width() + x) * channels + channel] = (short) pure;
      }
    }
    return picture;
  }

  private static Picture mirrored(Picture picture) {
    int channels = picture.layout().channels();
    short[] samples = new short[picture.samples().length];
    for (int i = 0; i < samples.length; i += channels) {
      int x = i / channels % picture.width();
      int to = i + (picture.width() - 1 - 2 * x) * channels;
      System.arraycopy(picture.samples(), i, samples, to, channels);
    }
    return new Picture(
        picture.width(), picture.height(), picture.layout(), picture.bitDepth(), samples);
  }

  /** The same picture in grey, its alpha kept. */
  private static Picture grey(Picture picture) {
    short[] samples = picture.samples().clone();
    int channels = picture.layout().channels();
    for (int pixel = 0; pixel < picture.width() * picture.height(); pixel++) {
      short luma = (short) Math.round(luma(picture, pixel));
      Arrays.fill(samples, pixel * channels, pixel * channels + 3, luma);
    }
    return new Picture(
        picture.width(), picture.height(), picture.layout(), picture.bitDepth(), samples);
  }

  private static double luma(Picture picture, int pixel) {
    int index = pixel * picture.layout().channels();
    return picture.layout().colorChannels() == 1
        ? sample(picture, index)
        : 0.299 * sample(picture, index)
            + 0.587 * sample(picture, index + 1)
            + 0.114 * sample(picture, index + 2);
  }

  private static double redness(Picture picture, int pixel) {
    return sample(picture, pixel * picture.layout().channels()) - luma(picture, pixel);
  }

  private static double meanChroma(Picture picture) {
    double sum = 0;
    int pixels = picture.width() * picture.height();
    for (int pixel = 0; pixel < pixels; pixel++) {
      sum += Math.abs(redness(picture, pixel));
    }
    return sum / pixels;
  }

  /** How much the colour changes from one pixel to the next. */
  private static double chromaSteps(Picture picture) {
    double sum = 0;
    for (int pixel = 1; pixel < picture.width() * picture.height(); pixel++) {
      sum += Math.abs(redness(picture, pixel) - redness(picture, pixel - 1));
    }
    return sum;
  }

  private static int sample(Picture picture, int index) {
    return Short.toUnsignedInt(picture.samples()[index]);
  }
}
