package org.ganvas.training.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ganvas.inference.image.BicubicRows;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.ImageRefusedException;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;

/**
 * The sample pictures of a few points in time, from the first to the last.
 *
 * @param frames oldest first
 */
record SampleStrip(List<Frame> frames) {
  private static final int FRAMES = 8;

  /** The longer side of a frame in pixels: eight frames of the worst content stay below 2 MB. */
  private static final int SIDE = 640;

  private static final OutputFormat FORMAT = new OutputFormat.Jpeg(80);
  private static final Pattern NAME = Pattern.compile("step-(\\d{1,18})\\.png");

  /**
   * One point in time.
   *
   * @param step when the picture was drawn
   * @param width pixels per row
   * @param height rows
   * @param dataUri the picture itself
   */
  record Frame(long step, int width, int height, String dataUri) {}

  private record Sample(long step, Path file) {}

  /**
   * Reads the pictures of a folder; those that are no pictures are left out.
   *
   * @param folder holds {@code step-NUMBER.png}; need not exist
   * @param lastStep later pictures are of a part of the run that is computed anew
   */
  static SampleStrip in(Path folder, long lastStep) throws IOException {
    List<Sample> samples = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          Matcher name = NAME.matcher(file.getFileName().toString());
          if (name.matches() && Long.parseLong(name.group(1)) <= lastStep) {
            samples.add(new Sample(Long.parseLong(name.group(1)), file));
          }
        }
      }
    }
    samples.sort((a, b) -> Long.compare(a.step, b.step));
    List<Frame> frames = new ArrayList<>();
    for (Sample sample : thinned(samples)) {
      try {
        frames.add(frame(sample));
      } catch (ImageRefusedException e) {
        // Damaged, or being removed: the others still tell the story.
      }
    }
    return new SampleStrip(List.copyOf(frames));
  }

  /** Evenly from the first to the last. */
  private static List<Sample> thinned(List<Sample> samples) {
    if (samples.size() <= FRAMES) {
      return samples;
    }
    List<Sample> fewer = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      fewer.add(samples.get((int) Math.round((double) i * (samples.size() - 1) / (FRAMES - 1))));
    }
    return fewer;
  }

  private static Frame frame(Sample sample) throws IOException {
    Picture picture = new ImageDecoder().decode(sample.file).picture();
    double factor = Math.min(1, (double) SIDE / Math.max(picture.width(), picture.height()));
    int width = (int) Math.max(1, Math.round(factor * picture.width()));
    int height = (int) Math.max(1, Math.round(factor * picture.height()));
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    BicubicRows rows = new BicubicRows(picture, width, height);
    new ImageEncoder().write(rows, PhotoMetadata.NONE, FORMAT, jpeg);
    String uri =
        "data:%s;base64,%s"
            .formatted(FORMAT.mediaType(), Base64.getEncoder().encodeToString(jpeg.toByteArray()));
    return new Frame(sample.step, width, height, uri);
  }
}
