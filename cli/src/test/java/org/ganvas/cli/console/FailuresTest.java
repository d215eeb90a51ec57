package org.ganvas.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class FailuresTest {
  @Test
  void aFileThatCannotBeRenamedIsCalledByTheNameThatItShouldHave() {
    FileSystemException e = new FileSystemException("ganvas-1.tmp", "mine.pt", "Is a directory");
    assertThat(Failures.message(e)).isEqualTo("mine.pt: Is a directory");
  }

  @Test
  void whatHasNoReasonIsNamedByItsKind() {
    assertThat(Failures.message(new DirectoryNotEmptyException("set")))
        .isEqualTo("set: DirectoryNotEmptyException");
  }

  @Test
  void aWrappedFailureIsToldAsItself() {
    UncheckedIOException e = new UncheckedIOException(new IOException("the disk is full"));
    assertThat(Failures.message(e)).isEqualTo("the disk is full");
  }
}
