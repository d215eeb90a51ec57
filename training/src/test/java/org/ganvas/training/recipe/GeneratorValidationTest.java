package org.ganvas.training.recipe;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.ganvas.training.data.LabelledPictures;
import org.ganvas.training.data.PictureSet;
import org.ganvas.training.data.PictureSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratorValidationTest {
  @TempDir private Path folder;

  /** And not after a thousand steps, when the first pictures are compared. */
  @Test
  void tooFewPicturesToCompareWithAreRefusedAtOnce() throws IOException {
    for (String name : List.of("a.png", "b.png", "c.png")) {
      BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      ImageIO.write(picture, "png", folder.resolve(name).toFile());
    }
    PictureSet real = PictureSource.open(List.of(folder), PictureSource.NONE, 32).pictures();
    LabelledPictures.Settings squares = new LabelledPictures.Settings(32, 3, false, 1, 1);
    Path weights = folder.resolve("squeezenet.pth");
    assertThatThrownBy(
            () ->
                GeneratorValidation.Comparison.with(
                    weights, real, set -> new LabelledPictures(set, squares)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a validation by features compares with more than 3 pictures, found 3");
  }
}
