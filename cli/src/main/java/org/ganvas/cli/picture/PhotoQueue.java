package org.ganvas.cli.picture;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.ganvas.cli.console.Failures;
import org.ganvas.inference.image.ImageFormat;
import org.jspecify.annotations.Nullable;

/** The photos that the command line names, those in folders in alphabetical order. */
final class PhotoQueue {
  private final OutputPlan plan;
  private final List<Photo> photos = new ArrayList<>();
  private final Set<Path> queued = new HashSet<>();
  private final Map<Path, Path> inputOf = new HashMap<>();
  private final Set<Path> named = new HashSet<>();
  private int results;

  private PhotoQueue(OutputPlan plan) {
    this.plan = plan;
  }

  static PhotoQueue of(List<Path> inputs, OutputPlan plan) {
    PhotoQueue queue = new PhotoQueue(plan);
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        queue.addFolder(input);
      } else {
        queue.add(input, plan.resultOf(input, inputs.size() == 1));
        queue.named.add(absolute(input));
      }
    }
    queue.leaveOutResults();
    queue.photos.replaceAll(queue::checked);
    return queue;
  }

  List<Photo> photos() {
    return photos;
  }

  /** How many results were found, of this or of earlier runs; they are left out. */
  int results() {
    return results;
  }

  private void addFolder(Path input) {
    Path folder = input;
    List<Path> found = new ArrayList<>();
    try {
      if (Files.isSymbolicLink(input)) {
        folder = input.toRealPath(); // the walk would take a link for a file
      }
      Path output = plan.output();
      boolean beside = output == null || isSame(folder, output);
      Files.walkFileTree(folder, new Finder(found, beside ? null : output));
    } catch (IOException e) {
      refuse(folder, e);
    }
    found.sort(Comparator.naturalOrder());
    Set<Path> stems = found.stream().map(OutputPlan::withoutEnding).collect(Collectors.toSet());
    for (Path file : found) {
      if (plan.photosOf(file).anyMatch(stems::contains)) {
        results++;
      } else {
        add(file, plan.resultOf(file, folder));
      }
    }
  }

  /** A photo that is named twice, or by itself and by its folder, is one photo. */
  private void add(Path input, Path output) {
    if (queued.add(absolute(input))) {
      photos.add(new Photo(input, output, null));
    }
  }

  /** The folder of the results may be among those that are named, as it is by {@code *}. */
  private void leaveOutResults() {
    Set<Path> enlarged =
        photos.stream()
            .filter(photo -> photo.refusal() == null)
            .map(photo -> photo.output().resolveSibling(photo.input().getFileName()))
            .map(beside -> real(OutputPlan.withoutEnding(beside)))
            .collect(Collectors.toSet());
    int before = photos.size();
    photos.removeIf(photo -> photo.refusal() == null && isResult(photo.input(), enlarged));
    results += before - photos.size();
  }

  /** Of what a folder has; a file that is named itself is meant. */
  private boolean isResult(Path file, Set<Path> enlarged) {
    return !named.contains(absolute(file))
        && plan.photosOf(real(file)).anyMatch(enlarged::contains);
  }

  /** Only now: a result that is left out needs no file. */
  private Photo checked(Photo photo) {
    return photo.refusal() == null
        ? new Photo(photo.input(), photo.output(), refusal(photo.input(), photo.output()))
        : photo;
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

  /** In the folder that links lead to, if it is there already. */
  private static Path real(Path file) {
    Path absolute = absolute(file);
    Path folder = absolute.getParent();
    try {
      return folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      return absolute;
    }
  }

  private static boolean isSame(Path folder, Path output) throws IOException {
    return Files.isDirectory(output) && Files.isSameFile(folder, output);
  }

  private void refuse(Path input, IOException e) {
    photos.add(new Photo(input, input, "it cannot be listed: " + Failures.message(e)));
  }

  /** Collects pictures, but for those in a folder that is for the results. */
  private final class Finder extends SimpleFileVisitor<Path> {
    private final List<Path> found;
    private final @Nullable Path results;

    /**
     * @param results a folder of results, null if they lie beside the photos
     */
    Finder(List<Path> found, @Nullable Path results) {
      this.found = found;
      this.results = results;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
        throws IOException {
      return results != null && isSame(folder, results)
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (ImageFormat.isPictureName(file) && Files.isRegularFile(file)) {
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
