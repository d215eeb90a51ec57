package org.ganvas.inference.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodingPlaceTest {
  private static final Picture PICTURE =
      new Picture(2, 1, PixelLayout.RGB, 8, new short[] {1, 20, 99, 200, 100, 0});

  private final ImageEncoder encoder = new ImageEncoder();

  @TempDir private Path folder;

  @Test
  void aFolderThatIsCalledSoIsNotReplacedAndNoRowIsAskedFor() throws IOException {
    Path target = Files.createDirectory(folder.resolve("photo.png"));
    PictureRows never = new BicubicRows(PICTURE, 4, 4);
    assertThatThrownBy(
            () ->
                encoder.write(
                    never, PhotoMetadata.NONE, OutputFormat.PNG, target, IfExists.REPLACE))
        .isInstanceOf(ImageWriteException.class)
        .hasMessage(
            "a picture is written as a file, found the folder %s; choose another name"
                .formatted(target));
    assertThat(never).extracting("rowsRead").isEqualTo(0);
  }

  @Test
  void everyFormatIsWrittenIntoAnArchiveToo() throws IOException {
    URI archive = URI.create("jar:" + folder.resolve("photos.zip").toUri());
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      for (OutputFormat format :
          List.of(OutputFormat.JPEG, OutputFormat.PNG, OutputFormat.TIFF, OutputFormat.WEBP)) {
        Path file = files.getPath("photo." + format.extension());
        encoder.write(PICTURE, PhotoMetadata.NONE, format, file, IfExists.FAIL);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        encoder.write(PICTURE, PhotoMetadata.NONE, format, expected);
        assertThat(Files.readAllBytes(file)).isEqualTo(expected.toByteArray());
      }
    }
  }
}
