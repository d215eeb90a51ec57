package org.ganvas.cli.picture;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A photo to make a picture of.
 *
 * @param input its file
 * @param output where the result goes
 * @param refusal why it cannot be done, as known already; or null
 */
record Photo(Path input, Path output, @Nullable String refusal) {}
