package org.ganvas.server.work;

import java.nio.file.Path;

/**
 * Where pictures are made.
 *
 * @param tasks does what is asked for
 * @param admission says when
 * @param scratch a folder for results that are being made
 */
public record Workshop(PictureTasks tasks, Admission admission, Path scratch) {}
