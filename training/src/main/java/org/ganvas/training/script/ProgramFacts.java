package org.ganvas.training.script;

/**
 * What follows from a network's description.
 *
 * @param inputChannels C of the input
 * @param outputChannels C of the output
 * @param scale output pixels per input pixel along one side
 * @param sizeMultiple H and W of the input must be multiples of this
 * @param radius input pixels around an output pixel that can influence it; infinite if the network
 *     looks at the whole picture
 * @param multiplyAddsPerOutputPixel multiplications with addition per pixel of the output, in
 *     convolutions
 */
public record ProgramFacts(
    int inputChannels,
    int outputChannels,
    double scale,
    int sizeMultiple,
    double radius,
    double multiplyAddsPerOutputPixel) {}
