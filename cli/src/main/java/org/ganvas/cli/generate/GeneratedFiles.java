package org.ganvas.cli.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ganvas.cli.option.Obstacle;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.task.PictureGrid;
import org.ganvas.inference.task.Sample;
import org.ganvas.inference.task.SampleGrid;
import org.jspecify.annotations.Nullable;

/** The files that generated pictures go to. */
final class GeneratedFiles {
  /** In bytes of UTF-8: most file systems allow 255, with a number and an ending. */
  private static final int LONGEST = 240;

  private final SampleGrid wanted;
  private final IfExists ifExists;
  private final List<Target> targets = new ArrayList<>();

  /**
   * A file to be written.
   *
   * @param shown the indices of the samples that it shows
   * @param columns how many of them are side by side
   */
  private record Target(Path file, List<Integer> shown, int columns) {}

  /** What tells one sample from another. */
  private record Named(String name, @Nullable String label) {}

  /** A file that was written. */
  record Written(Path file, int width, int height, List<Sample> samples) {}

  GeneratedFiles(SampleGrid wanted, IfExists ifExists) {
    this.wanted = wanted;
    this.ifExists = ifExists;
  }

  /** All pictures as one. */
  void addGrid(Path file) {
    List<Integer> all = IntStream.range(0, wanted.samples().size()).boxed().toList();
    targets.add(new Target(file, all, wanted.columns()));
  }

  /** All pictures as one, in the working folder under a name that nothing has. */
  void addNewGrid(String model, String title) {
    String stem = fileName(model + "-" + title);
    Path file = Path.of(stem + ".png");
    for (int i = 2; ifExists == IfExists.FAIL && exists(file); i++) {
      file = Path.of(stem + "-" + i + ".png");
    }
    addGrid(file);
  }

  /** Each picture in a file of its own. */
  void addSingles(Path folder, String model) {
    Set<Named> seen = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < wanted.samples().size(); i++) {
      Sample sample = wanted.samples().get(i);
      if (!seen.add(new Named(sample.name(), sample.label()))) {
        continue; // such as 7 in 7-3+7
      }
      String label = sample.label() == null ? "" : "-" + sample.label();
      String stem = fileName(model + "-" + sample.name() + label);
      String name = stem;
      for (int k = 2; !names.add(name); k++) {
        name = stem + "-" + k; // two labels that differ in what no file name may hold
      }
      targets.add(new Target(folder.resolve(name + ".png"), List.of(i), 1));
    }
  }

  /**
   * Refuses before anything is computed what could not be written then.
   *
   * @throws FileAlreadyExistsException if a file exists and may not be replaced
   * @throws IllegalArgumentException if two are the same file, one is a folder, or a file is in the
   *     place of a folder
   */
  void check() throws FileAlreadyExistsException {
    Set<Path> files = new HashSet<>();
    for (Target target : targets) {
      Path file = target.file.toAbsolutePath().normalize();
      if (!files.add(file)) {
        throw new IllegalArgumentException(
            "the grid needs a file of its own, found %s, which is a single picture's; name another with --grid"
                .formatted(target.file));
      }
      checkPlace(target.file, file);
      if (ifExists == IfExists.FAIL && exists(file)) {
        throw new FileAlreadyExistsException(target.file.toString());
      }
    }
  }

  private static void checkPlace(Path named, Path file) {
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IllegalArgumentException(
          "a picture is a file, found the folder %s; name another file".formatted(named));
    }
    Path obstacle = Obstacle.before(file);
    if (obstacle != null) {
      throw new IllegalArgumentException(
          "a picture is written into a folder, found %s, which is none; name another with -o or --grid"
              .formatted(obstacle));
    }
  }

  /**
   * Writes all files.
   *
   * @param pictures one for each sample
   */
  List<Written> write(List<Picture> pictures) throws IOException {
    List<Written> written = new ArrayList<>();
    for (Target target : targets) {
      Picture picture =
          PictureGrid.of(target.shown.stream().map(pictures::get).toList(), target.columns);
      Path folder = target.file.toAbsolutePath().getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      OutputFormat format = OutputFormat.ofName(target.file);
      new ImageEncoder().write(picture, PhotoMetadata.NONE, format, target.file, ifExists);
      List<Sample> shown = target.shown.stream().map(wanted.samples()::get).toList();
      written.add(new Written(target.file, picture.width(), picture.height(), shown));
    }
    return written;
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** Without what some system allows in no file name, and no longer than all of them allow. */
  private static String fileName(String text) {
    String name = text.replaceAll("[^\\p{L}\\p{N}.+_-]", "_");
    while (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
    }
    return name;
  }
}
