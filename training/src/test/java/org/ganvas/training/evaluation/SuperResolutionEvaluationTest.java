package org.ganvas.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.data.PhotoFolder.Skipped;
import org.ganvas.training.data.UnreadablePhotoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuperResolutionEvaluationTest {
  @TempDir Path folder;

  @Test
  void takesPairsWherePresentAndMakesTheSmallPictureElsewhere() throws IOException {
    write("b_HR.png", 32, 40, 0);
    write("b_LR.png", 8, 10, 100);
    write("a.png", 33, 30, 0);
    write("c_HR.png", 32, 32, 0);
    write("orphan_LR.png", 8, 8, 0);
    Files.writeString(folder.resolve("NOTICE"), "not a picture");
    List<PairFiles> files = PairFiles.in(folder);
    assertThat(files).extracting(PairFiles::name).containsExactly("a", "b", "c");

    PicturePair made = files.get(0).read(4);
    assertThat(List.of(made.high().width(), made.high().height())).containsExactly(32, 28);
    assertThat(List.of(made.low().width(), made.low().height())).containsExactly(8, 7);
    // The cut picture still begins at the upper left corner.
    assertThat(made.high().samples()[3 * 32]).isEqualTo((short) 3);

    assertThat(made.given()).isFalse();

    PicturePair given = files.get(1).read(4);
    assertThat(given.given()).isTrue();
    assertThat(given.low().samples()[0]).isEqualTo((short) 100);
    assertThat(files.get(2).low()).isNull();
  }

  @Test
  void aPictureThatCannotBeMeasuredIsNamed() throws IOException {
    write("tiny.png", 10, 12, 0);
    assertThatThrownBy(() -> SuperResolutionEvaluation.in(folder, 2, 1))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessage(
            folder.resolve("tiny.png")
                + ": a picture must have at least 17 pixels per side, found 10x12");
  }

  @Test
  void aValidationTellsOfAPictureThatCannotBeMeasuredAndTakesTheNextOne() throws IOException {
    write("a tiny.png", 10, 12, 0);
    List<Skipped> skipped = new ArrayList<>();
    assertThatThrownBy(() -> SuperResolutionEvaluation.readable(folder, 2, 1, skipped::add))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found none in " + folder);
    write("b.png", 32, 28, 0);
    write("c.png", 32, 28, 0);
    skipped.clear();
    SuperResolutionEvaluation evaluation =
        SuperResolutionEvaluation.readable(folder, 2, 1, skipped::add);
    assertThat(evaluation.pairs()).extracting(PicturePair::name).containsExactly("b");
    assertThat(skipped)
        .containsExactly(
            new Skipped(
                folder.resolve("a tiny.png"),
                "a picture must have at least 17 pixels per side, found 10x12"));
  }

  @Test
  void theSmallPictureOfAPairMayHaveAnotherEnding() throws IOException {
    for (String name : List.of("a_HR.png", "a_LR.jpg", "b_HR.png", "b_LR.bmp", "b_LR.png")) {
      write(name, 32, 32, 0);
    }
    assertThat(PairFiles.in(folder))
        .extracting(PairFiles::low)
        .containsExactly(folder.resolve("a_LR.jpg"), folder.resolve("b_LR.png"));
  }

  @Test
  void aGreyPictureIsReplicatedToRgb() throws IOException {
    BufferedImage grey = new BufferedImage(30, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 900; i++) {
      grey.getRaster().setSample(i % 30, i / 30, 0, i % 251);
    }
    ImageIO.write(grey, "png", folder.resolve("grey.png").toFile());
    PicturePair pair = PairFiles.in(folder).get(0).read(2);
    assertThat(pair.low().layout()).isEqualTo(PixelLayout.RGB);
    short[] samples = pair.high().samples();
    for (int i = 0; i < 900; i++) {
      assertThat(new short[] {samples[3 * i], samples[3 * i + 1], samples[3 * i + 2]})
          .containsOnly((short) (i % 251));
    }
  }

  @Test
  void theMeanIsThatOfThePicturesAndBicubicStandsBeside() throws IOException {
    write("a.png", 40, 32, 0);
    write("b.png", 48, 48, 3);
    SuperResolutionEvaluation evaluation = SuperResolutionEvaluation.in(folder, 2, 10);
    Score bicubic =
        evaluation.evaluate(low -> Bicubic.resize(low, 2 * low.width(), 2 * low.height()));
    assertThat(bicubic.psnr()).isEqualTo(evaluation.bicubic().psnr());
    assertThat(bicubic.ssim()).isEqualTo(evaluation.bicubic().ssim());
    double sum = 0;
    for (PicturePair pair : evaluation.pairs()) {
      sum += pair.bicubicScore().psnr();
    }
    assertThat(bicubic.psnr()).isCloseTo(sum / 2, within(1e-9));
    Score black = evaluation.evaluate(low -> black(2 * low.width(), 2 * low.height()));
    assertThat(black.psnr()).isLessThan(bicubic.psnr() - 3);
    assertThat(SuperResolutionEvaluation.in(folder, 2, 1).pairs()).hasSize(1);
  }

  @Test
  void aPerfectUpscalerScoresOneAndTheBorderDoesNotCount() throws IOException {
    write("a.png", 40, 32, 0);
    PicturePair pair = PairFiles.in(folder).get(0).read(2);
    short[] samples = pair.high().samples().clone();
    for (int i = 0; i < 40 * 2 * 3; i++) {
      samples[i] = 0;
    }
    Score score = pair.score(low -> new Picture(40, 32, PixelLayout.RGB, 8, samples));
    assertThat(score.ssim()).isCloseTo(1, within(1e-12));
    assertThat(score.psnr()).isInfinite();
    assertThat(Score.mean(List.of(score, new Score(40, 1, 0))).psnr()).isEqualTo(70);
  }

  @Test
  void refusesFoldersAndPicturesThatCannotBeMeasured() throws IOException {
    assertThatThrownBy(() -> PairFiles.in(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found none in " + folder);
    assertThatThrownBy(() -> PairFiles.in(folder.resolve("missing")))
        .hasMessageContaining("found none at");
    write("a_HR.png", 40, 32, 0);
    write("a_LR.png", 11, 8, 0);
    assertThatThrownBy(() -> PairFiles.in(folder).get(0).read(4))
        .isInstanceOf(UnreadablePhotoException.class)
        .hasMessageContainingAll("a whole number of times", "40x32 for 11x8");
    write("a_HR.png", 40, 20, 0);
    write("a_LR.png", 10, 5, 0);
    assertThatThrownBy(() -> PairFiles.in(folder).get(0).read(4))
        .hasMessageContaining("at least 23 pixels per side, found 40x20");
    Files.writeString(folder.resolve("a_HR.png"), "garbage");
    assertThatThrownBy(() -> PairFiles.in(folder).get(0).read(4))
        .isInstanceOf(UnreadablePhotoException.class);
  }

  @Test
  void aSmallPictureForAnotherScaleIsNotUsed() throws IOException {
    write("a_HR.png", 40, 32, 0);
    write("a_LR.png", 10, 8, 100);
    PicturePair pair = PairFiles.in(folder).get(0).read(2);
    assertThat(pair.given()).isFalse();
    assertThat(List.of(pair.low().width(), pair.low().height())).containsExactly(20, 16);
    assertThat(pair.low().samples()[0]).isLessThan((short) 20);
  }

  private static Picture black(int width, int height) {
    return new Picture(width, height, PixelLayout.RGB, 8, new short[width * height * 3]);
  }

  /** Red is three times the row plus {@code start}; green and blue make waves. */
  private void write(String name, int width, int height, int start) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = (start + 3 * y) & 255;
        int green = (int) (127 + 120 * Math.sin(x * 0.9));
        int blue = (int) (127 + 120 * Math.sin((x + y) * 0.5));
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }
}
