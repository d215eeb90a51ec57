package org.ganvas.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.ganvas.training.data.PictureSet;
import org.ganvas.training.data.RgbPhoto;
import org.junit.jupiter.api.Test;

class LabelCheckTest {

  /** One label after the other, as the pictures of a folder with subfolders are. */
  private record Sorted(int size, List<String> labels) implements PictureSet {
    @Override
    public int label(int index) {
      return index * labels.size() / size;
    }

    @Override
    public RgbPhoto picture(int index) {
      return new RgbPhoto(1, 1, new byte[3]);
    }

    @Override
    public Path file(int index) {
      return Path.of(index + ".png");
    }
  }

  @Test
  void theLastLabelsOfALargeSetAreAmongTheHeldOutPicturesToo() {
    PictureSet real = new Sorted(60_000, List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    PictureSet heldOut = LabelCheck.heldOut(real);
    assertThat(heldOut.size()).isEqualTo(5000);
    for (int label = 0; label < 10; label++) {
      int wanted = label;
      assertThat(IntStream.range(0, 5000).filter(i -> heldOut.label(i) == wanted).count())
          .as("pictures of " + label)
          .isEqualTo(500);
    }
  }

  @Test
  void oneOfTenIsHeldOut() {
    PictureSet heldOut = LabelCheck.heldOut(new Sorted(35, List.of("a", "b")));
    assertThat(IntStream.range(0, heldOut.size()).mapToObj(heldOut::file))
        .containsExactly(Path.of("0.png"), Path.of("10.png"), Path.of("20.png"), Path.of("30.png"));
  }
}
