package org.ganvas.inference.task;

import java.util.List;
import org.ganvas.inference.model.ProgramMethod;

/**
 * What was made of a file.
 *
 * @param width pixels per row of the result
 * @param height rows of the result
 * @param method how the model computed
 * @param warnings one line each: what was wrong with the input but did not matter enough to refuse
 *     it
 */
public record PictureResult(int width, int height, ProgramMethod method, List<String> warnings) {}
