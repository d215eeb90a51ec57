package org.ganvas.training.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ganvas.inference.image.Bicubic;
import org.ganvas.inference.image.ImageFormat;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.training.data.PhotoReader;
import org.ganvas.training.data.RgbPhoto;
import org.ganvas.training.data.UnreadablePhotoException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a pair: {@code NAME_HR.EXT} and {@code NAME_LR.EXT}, whose ending may be another, as
 * of a PNG and its JPEG; or a single picture whose small one is made from it.
 *
 * @param name without ending
 * @param high the large picture
 * @param low the small picture; null if it is to be made
 */
public record PairFiles(String name, Path high, @Nullable Path low) {
  private static final String HIGH = "_HR";
  private static final String LOW = "_LR";

  /**
   * The pairs directly in a folder, in the order of their names.
   *
   * @throws IOException if it is no folder, or has no pictures
   */
  public static List<PairFiles> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("pictures are evaluated from a folder, found none at " + folder);
    }
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files =
          entries.filter(ImageFormat::isPictureName).filter(Files::isRegularFile).sorted().toList();
    }
    Map<String, List<Path>> lows =
        files.stream()
            .filter(file -> ImageFormat.stem(file).endsWith(LOW))
            .collect(Collectors.groupingBy(file -> withoutMark(ImageFormat.stem(file))));
    List<PairFiles> pairs = new ArrayList<>();
    for (Path file : files) {
      String stem = ImageFormat.stem(file);
      if (stem.endsWith(HIGH)) {
        String name = withoutMark(stem);
        // Of several the one with the same ending.
        Comparator<Path> other =
            Comparator.comparing(low -> !ImageFormat.ending(low).equals(ImageFormat.ending(file)));
        Path low = lows.getOrDefault(name, List.of()).stream().min(other).orElse(null);
        pairs.add(new PairFiles(name, file, low));
      } else if (!stem.endsWith(LOW)) {
        pairs.add(new PairFiles(stem, file, null));
      }
    }
    if (pairs.isEmpty()) {
      throw new IOException("an evaluation needs pictures, found none in " + folder);
    }
    return pairs;
  }

  private static String withoutMark(String stem) {
    return stem.substring(0, stem.length() - HIGH.length());
  }

  /**
   * Reads the pair. A small picture that was made for another scale is not used. Where the small
   * one is made, the large one is cut to a multiple of the scale; grey pictures become RGB.
   *
   * @throws UnreadablePhotoException if a file cannot be decoded, or the two do not belong together
   * @throws IOException if a file cannot be read
   */
  public PicturePair read(int scale) throws IOException {
    Picture whole = picture(high);
    checkSize(whole, scale);
    if (low != null) {
      Picture small = small(low);
      int given = requireScale(whole, small);
      if (given == scale) {
        return new PicturePair(name, small, whole, scale, true);
      }
    }
    int width = whole.width() / scale;
    int height = whole.height() / scale;
    Picture cut = topLeft(whole, width * scale, height * scale);
    return new PicturePair(name, shrunk(cut, width, height), cut, scale, false);
  }

  /** How many times as wide and as high the large picture is. */
  private static int requireScale(Picture whole, Picture small) throws UnreadablePhotoException {
    int scale = whole.width() / small.width();
    if (whole.width() != small.width() * scale || whole.height() != small.height() * scale) {
      throw new UnreadablePhotoException(
          "a large picture is a whole number of times its small one, found %dx%d for %dx%d"
              .formatted(whole.width(), whole.height(), small.width(), small.height()));
    }
    return scale;
  }

  /** Inside the border that is cut off, the similarity's window of 11 pixels must fit. */
  private static void checkSize(Picture picture, int scale) throws UnreadablePhotoException {
    int needed = 11 + 3 * scale;
    if (Math.min(picture.width(), picture.height()) < needed) {
      throw new UnreadablePhotoException(
          "a picture must have at least %d pixels per side, found %dx%d"
              .formatted(needed, picture.width(), picture.height()));
    }
  }

  private static Picture shrunk(Picture picture, int width, int height) {
    float[] samples = new float[picture.samples().length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = picture.samples()[i];
    }
    float[] small =
        Bicubic.resizeEightBits(
            samples,
            3,
            Bicubic.Weights.of(picture.width(), width),
            Bicubic.Weights.of(picture.height(), height));
    return RgbPhoto.of(width, height, small).toPicture();
  }

  /** A pair goes by the name of its large picture, so an error of the small one says which. */
  private static Picture small(Path file) throws IOException {
    try {
      return picture(file);
    } catch (UnreadablePhotoException e) {
      throw new UnreadablePhotoException(file.getFileName() + ": " + e.reason());
    }
  }

  private static Picture picture(Path file) throws IOException {
    // OpenCV takes a JPEG that is cut in half for a whole one.
    PhotoReader.header(file);
    return PhotoReader.decode(Files.readAllBytes(file)).toPicture();
  }

  private static Picture topLeft(Picture picture, int width, int height) {
    short[] samples = new short[3 * width * height];
    for (int y = 0; y < height; y++) {
      System.arraycopy(
          picture.samples(), 3 * y * picture.width(), samples, 3 * y * width, 3 * width);
    }
    return new Picture(width, height, PixelLayout.RGB, 8, samples);
  }
}
