package org.ganvas.server.work;

import org.ganvas.inference.image.OutputFormat;
import org.ganvas.inference.model.ModelFile;

/**
 * A task that has been found to be possible; nothing is decoded yet.
 *
 * @param request what was asked for
 * @param body the picture as it was sent; empty if the task takes none
 * @param model the model that will do it
 * @param format what will be written
 * @param footprint the memory that it will take, as estimated
 */
public record PreparedTask(
    TaskRequest request, byte[] body, ModelFile model, OutputFormat format, Footprint footprint) {
  /** The model's name in the API. */
  public String modelName() {
    String file = model.path().getFileName().toString();
    return file.substring(0, file.lastIndexOf('.'));
  }
}
