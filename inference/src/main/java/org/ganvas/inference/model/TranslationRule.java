package org.ganvas.inference.model;

import org.jspecify.annotations.Nullable;

/**
 * How a translated picture is made of what the network gives.
 *
 * @param output what is taken of the network's result
 * @param workingSide the network sees the picture reduced until its longer side has at most so many
 *     pixels, and mirrored too; the mean of both results is enlarged to the picture's size; null to
 *     see it once in its own size
 */
public record TranslationRule(Output output, @Nullable Integer workingSide) {
  /** What the network gives, in the picture's own size. */
  public static final TranslationRule AS_IS = new TranslationRule(Output.AS_IS, null);

  /** What is taken of the network's result. */
  public enum Output {
    /** All of it. */
    AS_IS,
    /**
     * Its colours only, on the brightness of the input: the luma (ITU-R BT.601) of every pixel
     * stays what it was, and colours that cannot be that bright or dark are paled until they can.
     * The network sees that luma alone, so colours that the input has count for nothing.
     */
    KEEP_LUMINANCE
  }
}
