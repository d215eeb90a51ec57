package org.ganvas.inference.task;

import org.ganvas.inference.image.DecodeLimits;
import org.ganvas.inference.image.ImageEncoder.IfExists;
import org.ganvas.inference.image.OutputFormat;
import org.jspecify.annotations.Nullable;

/**
 * How pictures are read from and written to files.
 *
 * @param limits how large an input may be
 * @param format what to write; null to go by the ending of the output's name
 * @param ifExists whether a file may be replaced
 */
public record FileOptions(DecodeLimits limits, @Nullable OutputFormat format, IfExists ifExists) {
  /** The usual limits, a format by the output's name, nothing replaced. */
  public static final FileOptions DEFAULT =
      new FileOptions(DecodeLimits.DEFAULT, null, IfExists.FAIL);
}
