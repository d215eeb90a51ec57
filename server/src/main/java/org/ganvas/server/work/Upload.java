package org.ganvas.server.work;

import java.io.IOException;
import java.nio.file.Path;
import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.DecodedPhoto;
import org.ganvas.inference.image.ImageDecoder;
import org.ganvas.inference.image.ImageEncoder;
import org.ganvas.inference.image.PhotoMetadata;
import org.ganvas.inference.image.Picture;
import org.ganvas.inference.image.PictureRows;

/** The picture that was sent with a task, decoded, and the way to write what becomes of it. */
record Upload(PreparedTask task, DecodedPhoto photo) {
  /** Its header has been checked against the server's own limits. */
  private static final DecodeLimits CHECKED = new DecodeLimits(Long.MAX_VALUE, Integer.MAX_VALUE);

  /**
   * Decodes it; its header has been checked by then.
   *
   * @throws org.ganvas.inference.image.ImageRefusedException if it is damaged
   */
  static Upload decode(PreparedTask task) throws IOException {
    return new Upload(task, new ImageDecoder(CHECKED).decode(task.body()));
  }

  Picture picture() {
    return photo.picture();
  }

  /** Writes a result, with the metadata only if they were asked for. */
  ResultSize write(PictureRows rows, Path file) throws IOException {
    boolean keeps = task.request().output().keepsMetadata();
    PhotoMetadata metadata = keeps ? photo.metadata() : PhotoMetadata.NONE;
    new ImageEncoder().writeInto(file, rows, metadata, task.format());
    return new ResultSize(rows.width(), rows.height());
  }
}
