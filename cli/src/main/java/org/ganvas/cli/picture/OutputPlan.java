package org.ganvas.cli.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ganvas.inference.image.ImageFormat;
import org.ganvas.inference.image.OutputFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where each result goes and in which format.
 *
 * @param output a file or a folder; null for beside each photo
 * @param suffix what is added to a photo's name
 * @param format the format of all results; null to go by the photo's
 * @param quality of JPEG and WebP, 1 to 100
 */
record OutputPlan(
    @Nullable Path output, Suffix suffix, @Nullable OutputFormat format, int quality) {
  OutputPlan {
    // Checks the quality now, not at the first photo.
    new OutputFormat.Jpeg(quality);
  }

  /** The photos, without ending, that a file may be the result of if one of them lies beside it. */
  Stream<Path> photosOf(Path result) {
    return suffix.photosOf(ImageFormat.stem(result)).map(result::resolveSibling);
  }

  static Path withoutEnding(Path file) {
    return file.resolveSibling(ImageFormat.stem(file));
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
    OutputFormat named = named(result);
    return named == null ? OutputFormat.PNG : named.inQuality(quality);
  }

  /** Why the wishes contradict each other, or null. */
  @Nullable String contradiction(List<Path> inputs) {
    if (output == null || Files.isDirectory(output)) {
      return null;
    }
    if (ImageFormat.isPictureName(output) && !isFileName(output)) {
      return "results are written as PNG, JPEG, TIFF or WebP, found " + output;
    }
    boolean several = inputs.size() > 1 || Files.isDirectory(inputs.get(0));
    if (several && isFileName(output)) {
      return "several results need a folder, found the file name " + output;
    }
    OutputFormat named = named(output);
    if (format == null || named == null || Files.isDirectory(output)) {
      return null;
    }
    return named.equals(format)
        ? null
        : "the output's name must end like its format %s, found %s"
            .formatted(format.extension(), output);
  }

  private String resultName(Path photo) {
    OutputFormat written = format;
    if (written == null) {
      written = isJpeg(photo) ? OutputFormat.JPEG : OutputFormat.PNG;
    }
    return ImageFormat.stem(photo) + suffix.text() + "." + written.extension();
  }

  /** By name and content: many a PNG or WebP is called .jpg, and may have transparency. */
  private static boolean isJpeg(Path photo) {
    if (!OutputFormat.JPEG.equals(named(photo)) || !Files.isRegularFile(photo)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(photo)) {
      byte[] start = in.readNBytes(ImageFormat.SIGNATURE_LENGTH);
      return ImageFormat.of(start) == ImageFormat.JPEG;
    } catch (IOException e) {
      return false; // whoever reads the photo tells
    }
  }

  private static boolean isFileName(Path path) {
    return !Files.isDirectory(path) && named(path) != null;
  }

  /** The format that a file's name says, in the usual quality; null if it is none of ours. */
  private static @Nullable OutputFormat named(Path file) {
    return OutputFormat.ofExtension(ImageFormat.ending(file));
  }
}
