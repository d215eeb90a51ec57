package org.ganvas.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchFileTest {
  @TempDir private Path folder;

  @Test
  void whatAKilledProcessLeftIsThrownAwayButNotWhatAnotherServerMayBeUsing() throws IOException {
    Path old = aged(ScratchFile.in(folder), Duration.ofDays(2));
    Path recent = aged(ScratchFile.in(folder), Duration.ofMinutes(1));
    Path foreign = Files.createFile(folder.resolve("notes.txt"));
    ScratchFile.clear(folder, true);
    assertThat(folder).isDirectoryNotContaining(file -> file.equals(old));
    assertThat(recent).exists();
    ScratchFile.clear(folder, false);
    assertThat(recent).doesNotExist();
    assertThat(foreign).exists();
  }

  private static Path aged(ScratchFile file, Duration age) throws IOException {
    return Files.setLastModifiedTime(file.path(), FileTime.from(Instant.now().minus(age)));
  }
}
