package org.ganvas.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ganvas.inference.image.ImageFormat;
import org.jspecify.annotations.Nullable;

/** The photos that the command line names, those in folders in alphabetical order. */
final class PhotoQueue {
  private final OutputPlan plan;
  private final List<Photo> photos = new ArrayList<>();
  private final Map<Path, Path> inputOf = new HashMap<>();

  private PhotoQueue(OutputPlan plan) {
    this.plan = plan;
  }

  static List<Photo> of(List<Path> inputs, OutputPlan plan) {
    PhotoQueue queue = new PhotoQueue(plan);
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        queue.addFolder(input);
      } else {
        queue.add(input, plan.resultOf(input, inputs.size() == 1));
      }
    }
    return queue.photos;
  }

  private void addFolder(Path named) {
    Path folder = named;
    List<Path> found = new ArrayList<>();
    try {
      if (Files.isSymbolicLink(named)) {
        folder = named.toRealPath(); // the walk would take a link for a file
      }
      Path output = plan.output();
      boolean beside = output == null || isSame(folder, output);
      Files.walkFileTree(folder, new Finder(found, beside));
    } catch (IOException e) {
      refuse(folder, e);
    }
    found.sort(Comparator.naturalOrder());
    for (Path photo : found) {
      add(photo, plan.resultOf(photo, folder));
    }
  }

  private void add(Path input, Path output) {
    photos.add(new Photo(input, output, refusal(input, output)));
  }

  private @Nullable String refusal(Path input, Path output) {
    if (absolute(input).equals(absolute(output))) {
      return "a result must not replace its photo; use -o or --suffix";
    }
    Path other = inputOf.putIfAbsent(absolute(output), input);
    return other == null
        ? null
        : "each result needs a file of its own, %s is that of %s; use another -o or -f"
            .formatted(output, other);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static boolean isSame(Path folder, Path output) throws IOException {
    return Files.isDirectory(output) && Files.isSameFile(folder, output);
  }

  private void refuse(Path input, IOException e) {
    photos.add(new Photo(input, input, "it cannot be listed: " + Failures.message(e)));
  }

  /** Collects photos; results, of this or an earlier run, are none. */
  private final class Finder extends SimpleFileVisitor<Path> {
    private final List<Path> found;
    private final boolean beside;

    /**
     * @param beside whether results lie beside the photos
     */
    Finder(List<Path> found, boolean beside) {
      this.found = found;
      this.beside = beside;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      Path output = plan.output();
      boolean results = !beside && output != null && isSame(folder, output);
      return results ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      boolean result = beside && plan.looksLikeAResult(file);
      if (ImageFormat.isPictureName(file) && !result && Files.isRegularFile(file)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      refuse(file, e);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      if (e != null) {
        refuse(folder, e);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
