package org.ganvas.cli.option;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What keeps a file from being written; known before anything is computed for it. */
public final class Obstacle {
  private Obstacle() {}

  /** What has the place of a folder that the file lies in, and is none; null if nothing has. */
  public static @Nullable Path before(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    while (folder != null && !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      folder = folder.getParent(); // what is missing will be made
    }
    return folder == null || Files.isDirectory(folder) ? null : folder;
  }
}
