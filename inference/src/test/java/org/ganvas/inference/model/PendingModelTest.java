package org.ganvas.inference.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingModelTest {
  @Test
  void aFileInThePlaceOfAFolderIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> PendingModel.publish(file.resolve("x.pt"), path -> path))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage(
            "a model is written into a folder, found a file at %s; name another place", file);
  }
}
