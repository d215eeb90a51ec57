package org.ganvas.training.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import org.ganvas.inference.image.ImageFormat;
import org.ganvas.inference.image.PictureHeader;

/**
 * The photos of one or more folders, at any depth. Nothing is decoded here, and files that cannot
 * be used are listed instead of stopping the run.
 *
 * @param photos the usable ones, ordered by their name and then by folder, so that the order
 *     depends neither on the file system nor on where the folders are
 * @param skipped pictures that cannot be used, each with the reason
 */
public record PhotoFolder(List<Photo> photos, List<Skipped> skipped) {

  /**
   * A picture that is not used.
   *
   * @param file where it is
   * @param reason why, in one line
   */
  public record Skipped(Path file, String reason) {}

  public PhotoFolder {
    photos = List.copyOf(photos);
    skipped = List.copyOf(skipped);
  }

  /**
   * Searches folders for photos.
   *
   * @param roots folders, or single files
   * @param minimumSide pixels that the shorter side of a photo must have, at least 1
   * @param shrinkAbove photos with a longer side than this are halved, for they have a camera's
   *     full size and with it traces of JPEG and of the colour filter
   * @throws IOException if a root does not exist, or no photo can be used
   */
  public static PhotoFolder scan(List<Path> roots, int minimumSide, int shrinkAbove)
      throws IOException {
    List<Photo> photos = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Path root : roots) {
      if (!Files.exists(root)) {
        throw new IOException("a folder of photos must exist, found nothing at " + root);
      }
      for (Path file : files(root, skipped)) {
        try {
          photos.add(examine(root, file, minimumSide, shrinkAbove));
        } catch (UnreadablePhotoException e) {
          skipped.add(new Skipped(file, e.reason()));
        }
      }
    }
    photos.sort(Comparator.comparing(Photo::name));
    skipped.sort(Comparator.comparing(Skipped::file));
    if (photos.isEmpty()) {
      throw new IOException(nothingUsable(roots, minimumSide, skipped));
    }
    return new PhotoFolder(photos, skipped);
  }

  private static List<Path> files(Path root, List<Skipped> skipped) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && ImageFormat.isPictureName(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            boolean loops = e instanceof FileSystemLoopException;
            skipped.add(
                new Skipped(file, loops ? "links to a folder that it is in" : "may not be read"));
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static Photo examine(Path root, Path file, int minimumSide, int shrinkAbove)
      throws UnreadablePhotoException {
    PictureHeader header = PhotoReader.header(file);
    int shortSide = Math.min(header.width(), header.height());
    if (shortSide < minimumSide) {
      throw new UnreadablePhotoException(
          "a photo must have at least %d pixels per side, found %dx%d"
              .formatted(minimumSide, header.width(), header.height()));
    }
    boolean halved =
        Math.max(header.width(), header.height()) > shrinkAbove && shortSide / 2 >= minimumSide;
    int divisor = halved ? 2 : 1;
    return new Photo(
        name(root, file), file, header.width() / divisor, header.height() / divisor, halved);
  }

  private static String name(Path root, Path file) {
    Path relative = root.equals(file) ? file.getFileName() : root.relativize(file);
    return relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
  }

  private static String nothingUsable(List<Path> roots, int minimumSide, List<Skipped> skipped) {
    String found =
        skipped.isEmpty()
            ? "no pictures"
            : "%d unusable pictures, such as %s (%s)"
                .formatted(skipped.size(), skipped.get(0).file(), skipped.get(0).reason());
    return ("training needs photos of at least %d pixels per side, found %s in %s;"
            + " name another folder")
        .formatted(minimumSide, found, roots);
  }
}
