package org.ganvas.inference.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ganvas.inference.task.TestPictures.largestDifference;
import static org.ganvas.inference.task.TestPictures.mean;

import org.assertj.core.data.Offset;
import org.ganvas.inference.image.FloatPlanes;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.TestModels;
import org.junit.jupiter.api.Test;

class SelfEnsembleTest {
  private static final UpscaleOptions EIGHT_WAYS = UpscaleOptions.DEFAULT.withSelfEnsemble(true);

  @Test
  void whatMovesToTheRightMovesInAllFourDirections() throws Exception {
    FloatPlanes picture =
        new FloatPlanes(2, 2, 3, new float[] {8, 16, 24, 32, 40, 48, 4, 0, 0, 0, 0, 0});
    FloatPlanes mean = SelfEnsemble.ALL.of(way -> SelfEnsembleTest::movedToTheRight).run(picture);
    assertThat(mean)
        .returns(2, FloatPlanes::channels)
        .returns(2, FloatPlanes::height)
        .returns(3, FloatPlanes::width);
    // A quarter of the sum of the neighbours that there are.
    assertThat(mean.values()).containsExactly(12, 18, 16, 12, 24, 16, 0, 1, 0, 1, 0, 0);
  }

  @Test
  void mirroredItMovesToTheLeftAsOften() throws Exception {
    FloatPlanes picture = new FloatPlanes(1, 2, 3, new float[] {8, 16, 24, 32, 40, 48});
    FloatPlanes mean =
        SelfEnsemble.MIRRORED.of(way -> SelfEnsembleTest::movedToTheRight).run(picture);
    assertThat(mean.values()).containsExactly(8, 16, 8, 20, 40, 20);
    FloatPlanes once = SelfEnsemble.NONE.of(way -> SelfEnsembleTest::movedToTheRight).run(picture);
    assertThat(once.values()).containsExactly(0, 8, 16, 0, 32, 40);
  }

  @Test
  void whatIsTheSameInAllWaysStays() throws Exception {
    float[] values = {0.5f, 0.25f, 1, 0, 0.75f, 0.125f};
    FloatPlanes picture = new FloatPlanes(1, 3, 2, values);
    TileNetwork same =
        seen -> new FloatPlanes(1, seen.height(), seen.width(), seen.values().clone());
    assertThat(SelfEnsemble.ALL.of(way -> same).run(picture).values()).containsExactly(values);
  }

  @Test
  void aTurnedPictureGivesTheTurnedResult() throws Exception {
    Picture picture = TestPictures.photo(23, 14, PixelLayout.RGB, 16);
    try (Upscaler upscaler = Upscaler.open(TestModels.tiny(4), TestModels.EXACT)) {
      Picture result = upscaler.upscale(picture, EIGHT_WAYS);
      Picture turned = upscaler.upscale(transposed(picture), EIGHT_WAYS);
      assertThat(largestDifference(transposed(result), turned)).isLessThanOrEqualTo(1);
      Picture once = upscaler.upscale(picture);
      Picture turnedOnce = upscaler.upscale(transposed(picture));
      assertThat(largestDifference(transposed(once), turnedOnce)).isGreaterThan(100);
      for (int channel = 0; channel < 3; channel++) {
        assertThat(mean(result, channel)).isCloseTo(mean(once, channel), Offset.offset(300.0));
      }
    }
  }

  private static FloatPlanes movedToTheRight(FloatPlanes seen) {
    FloatPlanes moved = FloatPlanes.zeros(seen.channels(), seen.height(), seen.width());
    for (int i = 0; i < seen.values().length; i++) {
      if (i % seen.width() > 0) {
        moved.values()[i] = seen.values()[i - 1];
      }
    }
    return moved;
  }

  private static Picture transposed(Picture picture) {
    int channels = picture.layout().channels();
    short[] samples = new short[picture.samples().length];
    for (int y = 0; y < picture.height(); y++) {
      for (int x = 0; x < picture.width(); x++) {
        System.arraycopy(
            picture.samples(),
            (y * picture.width() + x) * channels,
            samples,
            (x * picture.height() + y) * channels,
            channels);
      }
    }
    return new Picture(
        picture.height(), picture.width(), picture.layout(), picture.bitDepth(), samples);
  }
}
