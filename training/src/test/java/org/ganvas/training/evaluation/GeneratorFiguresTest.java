package org.ganvas.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.data.Batch;
import org.junit.jupiter.api.Test;

class GeneratorFiguresTest {
  @Test
  void picturesBecomePlanes() {
    Picture first = new Picture(2, 1, PixelLayout.RGB, 8, new short[] {0, 51, 102, 153, 204, 255});
    Picture second = new Picture(2, 1, PixelLayout.RGB, 8, new short[] {255, 0, 0, 0, 255, 0});
    Batch.Tensor tensor = GeneratedPictures.tensor(List.of(first, second));
    assertThat(tensor.shape()).containsExactly(2L, 3L, 1L, 2L);
    assertThat(tensor.values()).containsExactly(0, .6f, .2f, .8f, .4f, 1, 1, 0, 0, 1, 0, 0);
  }
}
