package org.ganvas.inference.model;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the description of a network says about it; all of it is derived from the same description
 * that the program was written from.
 *
 * @param architecture the network class's registered name, such as {@code srresnet}
 * @param options the options it was built with, such as {@code {"channels": "64", "blocks": "16"}}
 * @param inputChannels C of the input (N, C, H, W)
 * @param outputChannels C of the output
 * @param scale output pixels per input pixel along one side
 * @param sizeMultiple height and width of the input must be multiples of this
 * @param margin input pixels around an output pixel that can influence it (the receptive field's
 *     radius): a tile with this margin gives exactly what the whole picture gives; null if the
 *     network looks at the whole picture
 * @param statistics how many numbers a picture's statistics are, such as the means and deviations
 *     that instance normalization takes of it; null if the network has none. With such numbers the
 *     program has for each method M two more: {@code M_statistics(x)}, which gives them as one
 *     float32 vector, and {@code M_with_statistics(x, s)}, which computes with them in place of
 *     those of {@code x}; {@code margin} is the margin with given statistics then
 * @param parameters number of trained numbers
 * @param multiplyAddsPerOutputPixel multiplications and additions per pixel of the output
 * @param fastLayout the memory layout that was the faster one for networks of its kind
 */
public record NetworkFacts(
    String architecture,
    Map<String, String> options,
    int inputChannels,
    int outputChannels,
    int scale,
    int sizeMultiple,
    @Nullable Integer margin,
    @Nullable Integer statistics,
    long parameters,
    double multiplyAddsPerOutputPixel,
    MemoryLayout fastLayout) {

  /** The architecture and its options, such as {@code compact-sr {blocks=16, scale=4}}. */
  public String choice() {
    return architecture + " " + new TreeMap<>(options);
  }

  /** The smallest multiple of the size multiple that is at least so many pixels. */
  public int filledUp(int side) {
    return Math.multiplyExact((side - 1) / sizeMultiple + 1, sizeMultiple);
  }
}
