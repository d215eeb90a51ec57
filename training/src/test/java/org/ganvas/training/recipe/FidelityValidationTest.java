package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.data.UnsharpMask;
import org.ganvas.training.evaluation.PicturePair;
import org.junit.jupiter.api.Test;

class FidelityValidationTest {
  private static PicturePair pair(boolean given) {
    return new PicturePair("a", picture(4), picture(8), 2, given);
  }

  private static Picture picture(int side) {
    return new Picture(side, side, PixelLayout.RGB, 8, new short[3 * side * side]);
  }

  @Test
  void aCardTellsWhereTheSmallPicturesCameFrom() {
    assertThat(FidelityValidation.protocol(List.of(pair(false), pair(false))))
        .startsWith("small pictures by MATLAB's antialiased bicubic; on Y of BT.601")
        .endsWith("; float32");
    assertThat(FidelityValidation.protocol(List.of(pair(true), pair(true))))
        .startsWith("small pictures as the set brings them; on Y of BT.601");
    assertThat(FidelityValidation.protocol(List.of(pair(true), pair(false))))
        .startsWith("small pictures as the set brings them, where missing by MATLAB's antialiased");
  }

  @Test
  void whoLearnsFromSharpenedOriginalsIsJudgedByThem() throws IOException {
    FidelityValidation plain =
        FidelityValidation.in(Path.of("..", "samples"), 4, new Scanned(line -> {}));
    FidelityValidation sharpened = plain.sharpened(new UnsharpMask(1, 1.2));
    assertThat(sharpened.evaluation().bicubic().psnr())
        .isLessThan(plain.evaluation().bicubic().psnr() - 0.5);
    assertThat(sharpened.evaluation().pairs().get(0).low())
        .isSameAs(plain.evaluation().pairs().get(0).low());
    assertThat(plain.sharpened(UnsharpMask.NONE)).isSameAs(plain);
  }
}
