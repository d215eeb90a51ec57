package org.ganvas.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoCacheTest {
  private static final int PHOTO_BYTES = 10 * 10 * 3;

  @TempDir Path folder;
  private List<Photo> photos = List.of();

  @BeforeEach
  void writePhotos() throws IOException {
    for (int i = 0; i < 3; i++) {
      TestPhotos.write(folder.resolve(i + ".png"), 10, 10, i);
    }
    photos = PhotoFolder.scan(List.of(folder), 1, 9999).photos();
  }

  @Test
  void keepsPhotosWithinItsBudgetAndForgetsThoseNotUsedForLongest() throws IOException {
    PhotoCache cache = new PhotoCache(2 * PHOTO_BYTES + 1);
    RgbPhoto first = cache.get(photos.get(0));
    RgbPhoto second = cache.get(photos.get(1));
    assertThat(cache.get(photos.get(0))).isSameAs(first);
    cache.get(photos.get(2));
    assertThat(cache.bytes()).isEqualTo(2 * PHOTO_BYTES);
    assertThat(cache.get(photos.get(0))).isSameAs(first);
    RgbPhoto secondAgain = cache.get(photos.get(1));
    assertThat(secondAgain).isNotSameAs(second);
    assertThat(secondAgain.samples()).isEqualTo(second.samples());
  }

  @Test
  void aPhotoLargerThanTheBudgetIsReadEachTime() throws IOException {
    PhotoCache cache = new PhotoCache(PHOTO_BYTES - 1);
    RgbPhoto first = cache.get(photos.get(0));
    assertThat(cache.get(photos.get(0)).samples()).isEqualTo(first.samples());
    assertThat(cache.bytes()).isZero();
  }

  @Test
  void aPhotoThatDisappearedIsAnError() throws IOException {
    Path file = photos.get(0).file();
    Files.delete(file);
    PhotoCache cache = new PhotoCache(PHOTO_BYTES);
    assertThatThrownBy(() -> cache.get(photos.get(0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " gone")
        .hasCauseInstanceOf(NoSuchFileException.class);
  }
}
