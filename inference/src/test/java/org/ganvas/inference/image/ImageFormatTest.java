package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFormatTest {

  @ParameterizedTest
  @CsvSource({
    "a.png, true",
    "a.b.JPG, true",
    ".a.png, false",
    "png, false",
    "png/a, false",
    "a.HEIC, true"
  })
  void aPictureIsKnownByTheEndingOfAFileThatIsNotHidden(Path file, boolean expected) {
    assertThat(ImageFormat.isPictureName(file)).isEqualTo(expected);
  }

  /** Such as a drive that is not there. */
  @Test
  void aRootIsCalledLikeNoPicture() {
    Path root = Path.of("").toAbsolutePath().getRoot();
    assertThat(ImageFormat.ending(root)).isEmpty();
    assertThat(ImageFormat.isPictureName(root)).isFalse();
  }
}
