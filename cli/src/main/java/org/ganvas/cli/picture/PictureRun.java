package org.ganvas.cli.picture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.ganvas.cli.console.Failures;
import org.ganvas.cli.console.Watched;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.task.FileOptions;
import org.ganvas.inference.task.PictureResult;
import org.ganvas.inference.task.Progress;
import org.jspecify.annotations.Nullable;

/** Photo after photo; one that fails does not keep the others from being done. */
final class PictureRun {
  private final PictureTask task;
  private final FileOptions files;
  private final OutputPlan plan;
  private final Report report;

  /**
   * @param files with format null: each result's is the plan's
   */
  PictureRun(PictureTask task, FileOptions files, OutputPlan plan, Report report) {
    this.task = task;
    this.files = files;
    this.plan = plan;
    this.report = report;
  }

  /**
   * @param cancelled asked before each tile; if true the photo in work is given up
   * @throws ModelException if the model cannot be used at all
   */
  Tally run(PhotoQueue queue, BooleanSupplier cancelled) throws ModelException {
    List<Photo> photos = queue.photos();
    Set<Path> originals = originals(photos);
    Tally tally = Tally.of(photos.size(), queue.results());
    for (Photo photo : photos) {
      if (cancelled.getAsBoolean()) {
        break;
      }
      try {
        Progress progress = new Watched(report.started(photo, tally), cancelled);
        Outcome outcome = process(photo, originals, progress);
        tally = tally.plus(outcome);
        report.ended(photo, outcome);
      } catch (CancellationException e) {
        break;
      }
    }
    report.summary(tally);
    return tally;
  }

  /** What no result may replace: neither its own photo nor one that is still to come. */
  private Set<Path> originals(List<Photo> photos) {
    return files.ifExists() == IfExists.FAIL
        ? Set.of()
        : photos.stream().map(photo -> real(photo.input())).collect(Collectors.toSet());
  }

  /** The file that links lead to; the path itself if there is none. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private Outcome process(Photo photo, Set<Path> originals, Progress progress)
      throws ModelException {
    Outcome certain = certain(photo, originals);
    return certain == null ? compute(photo, progress) : certain;
  }

  /** What comes of a photo that need not be computed; null of others. */
  private @Nullable Outcome certain(Photo photo, Set<Path> originals) {
    if (photo.refusal() != null) {
      return new Outcome.Failed(photo.refusal());
    }
    Path output = photo.output();
    if (Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS)) {
      return new Outcome.Failed(
          "a result is a file, found the folder %s; use another -o or --suffix".formatted(output));
    }
    if (files.ifExists() == IfExists.FAIL && Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
      return new Outcome.Skipped();
    }
    if (originals.contains(real(output))) {
      return new Outcome.Failed("a result must not replace a photo; use -o or --suffix");
    }
    return null;
  }

  private Outcome compute(Photo photo, Progress progress) throws ModelException {
    Path output = photo.output();
    long start = System.nanoTime();
    try {
      createFolderOf(output);
      checkName(output);
      FileOptions written =
          new FileOptions(files.limits(), plan.formatOf(output), files.ifExists());
      PictureResult result = task.run(photo.input(), output, written, progress);
      double seconds = (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
      return new Outcome.Done(result, seconds);
    } catch (CancellationException e) {
      throw e;
    } catch (FileAlreadyExistsException e) {
      return new Outcome.Skipped(); // another process was faster
    } catch (ModelException e) {
      if (e.reason() != ModelException.Reason.FAILED) {
        throw e; // the next photo would fare no better
      }
      return new Outcome.Failed(Failures.message(e));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (progress.cancelled()) {
        // Its temporary file is gone already, and that is what failed.
        throw new CancellationException("stopped");
      }
      return new Outcome.Failed(Failures.message(e));
    }
  }

  /** Asks the file system of the result, which would refuse the name only when all is computed. */
  private static void checkName(Path output) throws IOException {
    try {
      Files.readAttributes(output, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException | AccessDeniedException e) {
      // The first is usual; the second is told by whoever writes.
    } catch (FileSystemException e) {
      throw new IOException(
          "a result needs a name that its folder takes, found %s (%s); choose another with -o or --suffix"
              .formatted(output, e.getReason()),
          e);
    }
  }

  private static void createFolderOf(Path output) throws IOException {
    Path folder = Objects.requireNonNull(output.toAbsolutePath().getParent(), "a root is no file");
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
    } catch (IOException e) {
      throw new IOException(
          ("an output folder must be one that can be written to, found %s (%s);"
                  + " choose another with -o")
              .formatted(folder, reason(e)),
          e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException other) {
      return other.getFile() + " is no folder";
    }
    String said = e instanceof FileSystemException refused ? refused.getReason() : null;
    return Objects.requireNonNullElse(said, Failures.message(e));
  }
}
