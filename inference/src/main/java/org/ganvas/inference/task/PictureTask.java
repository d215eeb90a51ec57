package org.ganvas.inference.task;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.ganvas.inference.image.DecodedPhoto;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;
import org.ganvas.inference.image.PixelLayout;
import org.ganvas.inference.model.ModelException;
import org.ganvas.inference.model.ProgramMethod;

/** A picture in, a picture out: what is done to a file, whatever is done to its picture. */
interface PictureTask {
  /** What the result will be. */
  record Outline(int width, int height, PixelLayout layout) {}

  /** Known before anything is computed. */
  Outline outline(Picture picture);

  /**
   * How the model will compute.
   *
   * @throws ModelException if it cannot be loaded
   */
  ProgramMethod method(Picture picture) throws ModelException;

  /**
   * The result, computed as its rows are read.
   *
   * @param method as {@link #method} said
   */
  PictureRows rows(Picture picture, ProgramMethod method, Progress progress) throws IOException;

  /** As {@link #rows}, for those who need not know how it is computed. */
  default PictureRows rows(Picture picture, Progress progress) throws IOException {
    return rows(picture, method(picture), progress);
  }

  /**
   * Does it to a file. Metadata is carried over; the result appears under its name only when it is
   * whole.
   *
   * @throws IOException as {@link Upscaler#upscale(Path, Path, UpscaleOptions, FileOptions)} says
   */
  default PictureResult run(Path input, Path output, FileOptions files, Progress progress)
      throws IOException {
    OutputFormat format = files.format() == null ? OutputFormat.ofName(output) : files.format();
    if (files.ifExists() == ImageEncoder.IfExists.FAIL
        && Files.exists(output, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(output.toString());
    }
    DecodedPhoto photo = new ImageDecoder(files.limits()).decode(input);
    Picture picture = photo.picture();
    Outline outline = outline(picture);
    ImageEncoder.check(outline.width, outline.height, outline.layout, picture.bitDepth(), format);
    ProgramMethod method = method(picture);
    try (Abandonable abandonable = new Abandonable(progress)) {
      PictureRows rows = rows(picture, method, abandonable);
      new ImageEncoder().write(rows, photo.metadata(), format, output, files.ifExists());
    }
    return new PictureResult(outline.width, outline.height, method, photo.warnings());
  }
}
