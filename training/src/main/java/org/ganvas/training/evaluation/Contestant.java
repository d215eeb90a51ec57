package org.ganvas.training.evaluation;

import java.util.function.UnaryOperator;
import org.ganvas.inference.image.Picture;

/**
 * An upscaler that is compared with others.
 *
 * @param name for tables
 * @param upscaler makes of an RGB picture of 8 bits one that is as many times as large as the pairs
 *     say
 */
public record Contestant(String name, UnaryOperator<Picture> upscaler) {}
