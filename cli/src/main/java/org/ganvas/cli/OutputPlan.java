package org.ganvas.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ganvas.inference.image.ImageFormat;
import org.ganvas.inference.image.OutputFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where each result goes and in which format.
 *
 * @param output a file or a folder; null for beside each photo
 * @param suffix what is added to a photo's name; may be empty
 * @param format the format of all results; null to go by the photo's
 * @param quality of JPEG, 1 to 100
 */
record OutputPlan(@Nullable Path output, String suffix, @Nullable Format format, int quality) {
  /** What is written. */
  enum Format {
    PNG,
    JPG
  }

  OutputPlan {
    // Checks the quality now, not at the first photo.
    new OutputFormat.Jpeg(quality);
    if (suffix.contains("/") || suffix.contains("\\")) {
      throw new IllegalArgumentException("a suffix is part of a file name, found " + suffix);
    }
  }

  /** Whether a file is called as results are. */
  boolean looksLikeAResult(Path file) {
    return !suffix.isEmpty() && stem(file).endsWith(suffix);
  }

  /** The result's file for a photo that was named itself, alone or among others. */
  Path resultOf(Path photo, boolean alone) {
    if (output == null) {
      return photo.resolveSibling(resultName(photo));
    }
    return alone && isFileName(output) ? output : output.resolve(resultName(photo));
  }

  /** The result's file for a photo that was found in a folder: the folders in it are kept. */
  Path resultOf(Path photo, Path folder) {
    Path below = folder.relativize(photo);
    Path base = output == null ? folder : output;
    return base.resolve(below).resolveSibling(resultName(photo));
  }

  /** How a result is written. */
  OutputFormat formatOf(Path result) {
    return isJpeg(result) ? new OutputFormat.Jpeg(quality) : OutputFormat.PNG;
  }

  /** Why the wishes contradict each other, or null. */
  @Nullable String contradiction(List<Path> inputs) {
    if (output == null || Files.isDirectory(output)) {
      return null;
    }
    if (ImageFormat.isPictureName(output) && !isFileName(output)) {
      return "results are written as PNG or JPEG, found " + output;
    }
    boolean several = inputs.size() > 1 || Files.isDirectory(inputs.get(0));
    if (several && isFileName(output)) {
      return "several results need a folder, found the file name " + output;
    }
    if (format == null || !isFileName(output)) {
      return null;
    }
    return isJpeg(output) != (format == Format.JPG)
        ? "the output's name must end like its format %s, found %s"
            .formatted(format.name().toLowerCase(Locale.ROOT), output)
        : null;
  }

  private String resultName(Path photo) {
    boolean jpeg = format == null ? isJpeg(photo) : format == Format.JPG;
    return stem(photo) + suffix + (jpeg ? ".jpg" : ".png");
  }

  private static boolean isFileName(Path path) {
    return !Files.isDirectory(path) && (isJpeg(path) || extension(path).equals("png"));
  }

  private static boolean isJpeg(Path file) {
    return extension(file).equals("jpg") || extension(file).equals("jpeg");
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
