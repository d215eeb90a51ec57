package org.ganvas.training.script;

/**
 * What follows from a network's description.
 *
 * @param inputChannels C of the input
 * @param outputChannels C of the output
 * @param scale output pixels per input pixel along one side
 * @param extraPixels the output's side is that of the input times the scale, plus this
 * @param sizeMultiple H and W of the input must be multiples of this
 * @param inputSide the only H and W that the input may have; 0 if there are others
 * @param smallestSide H and W of the input must be at least this for any pixel to come out
 * @param radius input pixels around an output pixel that can influence it; infinite if the network
 *     looks at the whole picture; instance norm alone does not count, see {@code statistics}
 * @param statistics how many numbers the moments of a picture in all instance norms are; 0 if there
 *     are no instance norms, and no methods that take or give such numbers
 * @param multiplyAddsPerOutputPixel multiplications with addition per pixel of the output, in
 *     convolutions and linear layers
 */
public record ProgramFacts(
    int inputChannels,
    int outputChannels,
    double scale,
    int extraPixels,
    int sizeMultiple,
    int inputSide,
    int smallestSide,
    double radius,
    int statistics,
    double multiplyAddsPerOutputPixel) {

  /** The smallest height and width that the input may have, but at least that if it may. */
  public int sideOfAtLeast(int wanted) {
    if (inputSide > 0) {
      return inputSide;
    }
    int least = Math.max(wanted, smallestSide);
    return (least + sizeMultiple - 1) / sizeMultiple * sizeMultiple;
  }
}
